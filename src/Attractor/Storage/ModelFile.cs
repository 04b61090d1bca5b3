using Attractor.Models;

namespace Attractor.Storage;

/// <summary>A trained model as a safetensors file with the papers' tensor names; one from elsewhere is read as well.</summary>
public static class ModelFile
{
    private static readonly Lock s_lock = new();

    private static IReadOnlyList<ModelFormat> s_formats =
    [
        EchoStateNetworkFile.Format,
        VectorAutoregressionFile.Format,
        AutoencoderFile.Format,
        SequentialAutoencoderFile.Format,
        MixtureFile.Format,
        DrivenNetworkFile.Format,
    ];

    /// <summary>The kinds of models that files hold: what metadata <c>model</c> says.</summary>
    public static IReadOnlyList<string> Kinds => [.. RecurrentModel.Kinds, .. s_formats.Select(f => f.Kind)];

    /// <summary>
    /// Makes the format of a kind of one's own known. A recurrent cell needs none: <see cref="RecurrentModel.Register"/>.
    /// </summary>
    /// <param name="format">The format; to register it again does nothing.</param>
    /// <exception cref="ArgumentException">There is another for its kind.</exception>
    public static void Register(ModelFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        lock (s_lock)
        {
            if (s_formats.Contains(format))
                return;
            if (Kinds.Contains(format.Kind))
                throw new ArgumentException(
                    $"There is a file format for the kind '{format.Kind}' already; a model needs a kind of its own.", nameof(format));
            s_formats = [.. s_formats, format];
        }
    }

    /// <summary>Writes the model: its tensors, and metadata <c>model</c>, <c>observed</c> and what else its kind needs.</summary>
    /// <exception cref="ArgumentException">The model is of a kind that has no file format.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ILearntModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelFormat format = (model is RecurrentModel recurrent ? RecurrentModelFile.FormatOf(recurrent.Definition) : Find(model.Kind))
            ?? throw new ArgumentException($"There is no file format for a model of the kind '{model.Kind}'.", nameof(model));
        SafeTensorsFile file = format.Write(model);
        SafeTensors.Write(path, file.Tensors, file.Metadata);
    }

    /// <summary>Reads a model; metadata <c>model</c> names its kind.</summary>
    /// <exception cref="InvalidDataException">The file is not safetensors, or not of a known model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ILearntModel Load(string path)
    {
        SafeTensorsFile file = SafeTensors.Read(path);
        string name = Path.GetFileName(path);
        if (!file.Metadata.TryGetValue("model", out string? kind))
            throw new InvalidDataException(
                $"{name} does not say which model it holds: expected metadata 'model', one of {string.Join(", ", Kinds)}.");
        ModelFormat format = Find(kind)
            ?? throw new InvalidDataException($"{name} holds a model '{kind}'; known are {string.Join(", ", Kinds)}.");
        return format.Read(new(file, name));
    }

    /// <summary>Reads a model that is expected to be of one class.</summary>
    /// <exception cref="InvalidDataException">It is another one.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static T Load<T>(string path)
        where T : class, ILearntModel
    {
        ILearntModel model = Load(path);
        return model as T
            ?? throw new InvalidDataException($"{Path.GetFileName(path)} holds a model '{model.Kind}', not a {typeof(T).Name}.");
    }

    private static ModelFormat? Find(string kind)
        => s_formats.FirstOrDefault(f => f.Kind == kind)
            ?? (RecurrentKinds.Find(kind) is { } cell ? RecurrentModelFile.FormatOf(cell) : null);
}
