using Attractor.Data;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>A trained model as a safetensors file with the papers' tensor names; one from elsewhere is read as well.</summary>
public static class ModelFile
{
    // Of the units of the data, where the model is of standardised variables.
    private const string Mean = "standardization.mean", Scale = "standardization.scale";

    private static readonly Lock s_lock = new();

    private static IReadOnlyList<ModelFormat> s_formats =
    [
        EchoStateNetworkFile.Format,
        VectorAutoregressionFile.Format,
        AutoencoderFile.Format,
        SequentialAutoencoderFile.Format,
        MixtureFile.Format,
        DrivenNetworkFile.Format,
        HierarchicalPlrnnFile.Format,
        ZeroShotFile.Format,
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

    /// <summary>
    /// Writes the model: its tensors, and metadata <c>model</c>, <c>observed</c> and what else its kind needs; where it is of standardised
    /// variables, <c>standardization.mean</c> and <c>standardization.scale</c> (N) besides.
    /// </summary>
    /// <exception cref="ArgumentException">The model is of a kind that has no file format.</exception>
    /// <exception cref="ArithmeticException">A parameter is not finite: no reader would take the file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ILearntModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Standardization? units = (model as StandardizedModel)?.Standardization ?? (model as IStandardizable)?.Standardization;
        model = (model as StandardizedModel)?.Model ?? model;
        ModelFormat format = (model is RecurrentModel recurrent ? RecurrentModelFile.FormatOf(recurrent.Definition) : Find(model.Kind))
            ?? throw new ArgumentException($"There is no file format for a model of the kind '{model.Kind}'.", nameof(model));
        SafeTensorsFile file = format.Write(model);
        IReadOnlyList<SafeTensor> tensors = units is null
            ? file.Tensors
            : [.. file.Tensors, Vector(Mean, units.Mean), Vector(Scale, units.Scale)];
        if (tensors.FirstOrDefault(t => !Array.TrueForAll(t.Values, double.IsFinite)) is { } tensor)
            throw new ArithmeticException(
                $"the model is of no use: {tensor.Name} holds values that are not finite, as settings or data are too large; nothing was "
                + "written");
        SafeTensors.Write(path, tensors, file.Metadata, isChecked: true);
    }

    /// <summary>
    /// Reads a model; metadata <c>model</c> names its kind. One of standardised variables comes as a
    /// <see cref="StandardizedModel"/>, or has its <see cref="IStandardizable.Standardization"/> set.
    /// </summary>
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
        TensorReader reader = new(file with { Tensors = [.. file.Tensors.Where(t => t.Name is not (Mean or Scale))] }, name);
        ILearntModel model = format.Read(reader);
        return file.Find(Mean) is null && file.Find(Scale) is null ? model : InUnits(model, new(file, name));
    }

    /// <summary>Reads a model that is expected to be of one class.</summary>
    /// <exception cref="InvalidDataException">It is another one.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static T Load<T>(string path)
        where T : class, ILearntModel
    {
        ILearntModel model = Load(path);
        return model as T
            ?? throw new InvalidDataException($"{Path.GetFileName(path)} holds a model '{model.Kind}'"
                + $"{(model is StandardizedModel ? " of standardised variables, a StandardizedModel" : "")}, not a {typeof(T).Name}.");
    }

    private static ILearntModel InUnits(ILearntModel model, TensorReader reader)
    {
        try
        {
            int variables = reader.Tensor(Mean, 1).Shape[0];
            Standardization units = new(reader.Values(Mean, variables), reader.Values(Scale, variables));
            if (model is IGenerativeModel generative)
                return StandardizedModel.Of(generative, units);
            IStandardizable standardizable = model as IStandardizable
                ?? throw reader.Bad($"a model '{model.Kind}' is not of standardised variables");
            standardizable.Standardization = units;
            return model;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw reader.Bad($"its units are none: {Excerpt.Reason(e)}");
        }
    }

    private static SafeTensor Vector(string name, IReadOnlyList<double> values) => new(name, [values.Count], [.. values]);

    private static ModelFormat? Find(string kind)
        => s_formats.FirstOrDefault(f => f.Kind == kind)
            ?? (RecurrentKinds.Find(kind) is { } cell ? RecurrentModelFile.FormatOf(cell) : null);
}
