using Attractor.Models;

namespace Attractor.Storage;

/// <summary>A trained model as a safetensors file with the papers' tensor names; one from elsewhere is read as well.</summary>
public static class ModelFile
{
    /// <summary>The kinds of models that files hold: what metadata <c>model</c> says.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. RecurrentModel.Kinds, EchoStateNetwork.KindName, NonlinearVectorAutoregression.KindName, VariationalAutoencoder.KindName, SequentialVariationalAutoencoder.KindName, Mixture.KindName];

    /// <summary>Writes the model: its tensors, and metadata <c>model</c>, <c>observed</c> and what else its kind needs.</summary>
    /// <exception cref="ArgumentException">The model is of a kind that has no file format.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ILearntModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        (IReadOnlyList<SafeTensor> tensors, Dictionary<string, string> metadata) = model switch
        {
            RecurrentModel recurrent => RecurrentModelFile.Write(recurrent),
            EchoStateNetwork network => EchoStateNetworkFile.Write(network),
            NonlinearVectorAutoregression autoregression => VectorAutoregressionFile.Write(autoregression),
            VariationalAutoencoder autoencoder => AutoencoderFile.Write(autoencoder),
            SequentialVariationalAutoencoder sequential => SequentialAutoencoderFile.Write(sequential),
            Mixture mixture => MixtureFile.Write(mixture),
            _ => throw new ArgumentException($"There is no file format for a model of the kind '{model.Kind}'.", nameof(model)),
        };
        metadata["model"] = model.Kind;
        SafeTensors.Write(path, tensors, metadata);
    }

    /// <summary>Reads a model; metadata <c>model</c> names its kind.</summary>
    /// <exception cref="InvalidDataException">The file is not safetensors, or not of a known model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ILearntModel Load(string path)
    {
        SafeTensorsFile file = SafeTensors.Read(path);
        string name = Path.GetFileName(path);
        if (!file.Metadata.TryGetValue("model", out string? kind))
            throw new InvalidDataException($"{name} does not say which model it holds: expected metadata 'model', one of {string.Join(", ", Kinds)}.");
        if (!Kinds.Contains(kind))
            throw new InvalidDataException($"{name} holds a model '{kind}'; known are {string.Join(", ", Kinds)}.");
        return kind switch
        {
            EchoStateNetwork.KindName => EchoStateNetworkFile.Read(new(file, name)),
            NonlinearVectorAutoregression.KindName => VectorAutoregressionFile.Read(new(file, name)),
            VariationalAutoencoder.KindName => AutoencoderFile.Read(new(file, name)),
            SequentialVariationalAutoencoder.KindName => SequentialAutoencoderFile.Read(new(file, name)),
            Mixture.KindName => MixtureFile.Read(new(file, name)),
            _ => RecurrentModelFile.Read(file, kind, name),
        };
    }

    /// <summary>Reads a model that is expected to be of one class.</summary>
    /// <exception cref="InvalidDataException">It is another one.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static T Load<T>(string path)
        where T : class, ILearntModel
    {
        ILearntModel model = Load(path);
        return model as T ?? throw new InvalidDataException($"{Path.GetFileName(path)} holds a model '{model.Kind}', not a {typeof(T).Name}.");
    }
}
