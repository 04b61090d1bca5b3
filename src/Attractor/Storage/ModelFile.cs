using Attractor.Models.Recurrent;

namespace Attractor.Storage;

/// <summary>A trained model as a safetensors file with the papers' tensor names; one from elsewhere is read as well.</summary>
public static class ModelFile
{
    // The map is the one tensor that a file may leave out: what a small file makes the reader allocate stays small.
    private const long MostValuesLeftOut = 1 << 24;

    /// <summary>Writes the model: its tensors, and metadata <c>model</c> and <c>observed</c>.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, RecurrentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        SafeTensors.Write(
            path,
            [.. model.Parameters.Tensors.Select(t => new SafeTensor(t.Name, t.Shape, model.Parameters[t.Name].ToArray()))],
            new Dictionary<string, string> { ["model"] = model.Kind, ["observed"] = FormattableString.Invariant($"{model.Observed}") });
    }

    /// <summary>
    /// Reads a model. Metadata <c>model</c> names its kind; M and L come from the shapes, N from metadata <c>observed</c>, else from the tensor L, else it is M.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not safetensors, or not of a known model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecurrentModel Load(string path)
    {
        SafeTensorsFile file = SafeTensors.Read(path);
        string name = Path.GetFileName(path);
        if (!file.Metadata.TryGetValue("model", out string? kind))
            throw new InvalidDataException($"{name} does not say which model it holds: expected metadata 'model', one of {string.Join(", ", RecurrentModel.Kinds)}.");
        if (!RecurrentModel.Kinds.Contains(kind))
            throw new InvalidDataException($"{name} holds a model '{kind}'; known are {string.Join(", ", RecurrentModel.Kinds)}.");
        SafeTensor w1 = file.Find("W1") ?? throw new InvalidDataException($"{name} lacks the tensor W1.");
        if (w1.Shape.Count != 2 || w1.Shape[0] < 1 || w1.Shape[1] < 1)
            throw new InvalidDataException($"{name}: W1 has the shape ({string.Join(", ", w1.Shape)}), expected M x L.");
        int latent = w1.Shape[0], hidden = w1.Shape[1], observed = Observed(file, latent, name);
        CheckShapes(file, observed, latent, hidden, name);
        RecurrentModel model = Create(kind, observed, latent, hidden, name);
        foreach (ParameterTensor tensor in model.Parameters.Tensors)
        {
            SafeTensor? found = file.Find(tensor.Name);
            if (found is not null && Array.Exists(found.Values, v => !double.IsFinite(v)))
                throw new InvalidDataException($"{name}: {tensor.Name} holds values that are not finite.");
            model.Parameters.Set(tensor.Name, found?.Values ?? new double[tensor.Count]);
        }
        return model;
    }

    // Before a model is made: its size must be that of the file, not of what the file claims.
    private static void CheckShapes(SafeTensorsFile file, int observed, int latent, int hidden, string name)
    {
        Check("A", latent);
        Check("W2", hidden, latent);
        Check("h1", latent);
        Check("h2", hidden);
        if (latent == observed)
            return;
        if (file.Find("L") is not null)
            Check("L", latent - observed, observed);
        else if ((long)(latent - observed) * observed > MostValuesLeftOut)
            throw new InvalidDataException($"{name} lacks the tensor L, which {latent} latent and {observed} observed units need.");

        void Check(string tensor, params int[] shape)
        {
            SafeTensor found = file.Find(tensor) ?? throw new InvalidDataException($"{name} lacks the tensor {tensor}.");
            if (!found.Shape.SequenceEqual(shape))
                throw new InvalidDataException($"{name}: {tensor} has the shape ({string.Join(", ", found.Shape)}), expected ({string.Join(", ", shape)}).");
        }
    }

    private static RecurrentModel Create(string kind, int observed, int latent, int hidden, string name)
    {
        try
        {
            return RecurrentModel.Create(kind, new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["hidden"] = hidden });
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException($"{name}: a {kind} of {observed} observed, {latent} latent and {hidden} hidden units cannot be.");
        }
    }

    private static int Observed(SafeTensorsFile file, int latent, string name)
    {
        if (file.Metadata.TryGetValue("observed", out string? text))
            return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int n) && n >= 1 && n <= latent
                ? n
                : throw new InvalidDataException($"{name}: metadata 'observed' is '{text}', expected 1 to {latent}.");
        return file.Find("L") is { Shape: [_, int columns] } && columns >= 1 && columns <= latent ? columns : latent;
    }
}
