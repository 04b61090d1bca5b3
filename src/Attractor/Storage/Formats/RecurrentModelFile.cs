using Attractor.Models;

namespace Attractor.Storage;

/// <summary>A recurrent model as tensors: its parameters, under the papers' names.</summary>
internal static class RecurrentModelFile
{
    // The map is the one tensor that a file may leave out: what a small file makes the reader allocate stays small.
    private const long MostValuesLeftOut = 1 << 24;

    public static (IReadOnlyList<SafeTensor> Tensors, Dictionary<string, string> Metadata) Write(RecurrentModel model) => (
        [.. model.Parameters.Tensors.Select(t => new SafeTensor(t.Name, t.Shape, model.Parameters[t.Name].ToArray()))],
        new() { ["observed"] = FormattableString.Invariant($"{model.Observed}") });

    /// <summary>M and L come from the shapes, N from metadata <c>observed</c>, else from the tensor L, else it is M.</summary>
    public static RecurrentModel Read(SafeTensorsFile file, string kind, string name)
    {
        Dictionary<string, int> sizes = Sizes(file, kind, name);
        CheckShapes(file, Tensors(kind, sizes, name), name);
        RecurrentModel model = RecurrentModel.CreateBlank(kind, sizes);
        foreach (ParameterTensor tensor in model.Parameters.Tensors)
        {
            if (file.Find(tensor.Name) is not { } found)
                continue;
            if (Array.Exists(found.Values, v => !double.IsFinite(v)))
                throw new InvalidDataException($"{name}: {tensor.Name} holds values that are not finite.");
            model.Parameters.Set(tensor.Name, found.Values);
        }
        return model;
    }

    // From the tensor that has them: W1 (M x L) where there are hidden units, else W (M x M).
    private static Dictionary<string, int> Sizes(SafeTensorsFile file, string kind, string name)
    {
        bool hidden = RecurrentModel.SizesOf(kind).Contains("hidden");
        (string tensor, string shape) = hidden ? ("W1", "M x L") : ("W", "M x M");
        SafeTensor weights = file.Find(tensor) ?? throw new InvalidDataException($"{name} lacks the tensor {tensor}.");
        if (weights.Shape.Count != 2 || weights.Shape[0] < 1 || weights.Shape[1] < 1)
            throw new InvalidDataException($"{name}: {tensor} has the shape ({string.Join(", ", weights.Shape)}), expected {shape}.");
        Dictionary<string, int> sizes = new() { ["latent"] = weights.Shape[0], ["observed"] = Observed(file, weights.Shape[0], name) };
        if (hidden)
            sizes["hidden"] = weights.Shape[1];
        return sizes;
    }

    // Before a model is made: its size must be that of the file, not of what the file claims.
    private static void CheckShapes(SafeTensorsFile file, IReadOnlyList<ParameterTensor> tensors, string name)
    {
        foreach (ParameterTensor tensor in tensors)
        {
            SafeTensor? found = file.Find(tensor.Name);
            if (found is null && (tensor.Name != "L" || (long)tensor.Rows * tensor.Columns > MostValuesLeftOut))
                throw new InvalidDataException($"{name} lacks the tensor {tensor.Name} of the shape ({string.Join(", ", tensor.Shape)}).");
            if (found is not null && !found.Shape.SequenceEqual(tensor.Shape))
                throw new InvalidDataException($"{name}: {tensor.Name} has the shape ({string.Join(", ", found.Shape)}), expected ({string.Join(", ", tensor.Shape)}).");
        }
    }

    private static IReadOnlyList<ParameterTensor> Tensors(string kind, Dictionary<string, int> sizes, string name)
    {
        try
        {
            return RecurrentModel.TensorsOf(kind, sizes);
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException($"{name}: a {kind} of {string.Join(", ", sizes.Select(s => $"{s.Value} {s.Key}"))} units cannot be.");
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
