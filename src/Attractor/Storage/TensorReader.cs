using System.Globalization;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>The tensors and entries of one file, checked: what is asked for is there, of the right shape, and finite.</summary>
/// <param name="file">The file.</param>
/// <param name="name">Its name, for messages.</param>
public sealed class TensorReader(SafeTensorsFile file, string name)
{
    /// <summary>How many values all tensors hold.</summary>
    public long ValueCount => file.Tensors.Sum(t => (long)t.Values.Length);

    internal SafeTensorsFile File => file;

    internal string Name => name;

    /// <summary>Whether there is a tensor of that name.</summary>
    public bool Has(string tensor) => file.Find(tensor) is not null;

    /// <summary>A tensor of the given number of dimensions, each at least 1.</summary>
    public SafeTensor Tensor(string tensor, int dimensions)
    {
        SafeTensor found = file.Find(tensor) ?? throw Bad($"it lacks the tensor {tensor}");
        if (found.Shape.Count != dimensions || found.Shape.Any(s => s < 1))
            throw Bad($"{tensor} has the shape ({string.Join(", ", found.Shape)}), expected {dimensions} dimensions, each at least 1");
        if (Array.Exists(found.Values, v => !double.IsFinite(v)))
            throw Bad($"{tensor} holds values that are not finite");
        return found;
    }

    /// <summary>The values of a tensor of exactly this shape.</summary>
    public double[] Values(string tensor, params int[] shape)
    {
        SafeTensor found = Tensor(tensor, shape.Length);
        return found.Shape.SequenceEqual(shape)
            ? found.Values
            : throw Bad($"{tensor} has the shape ({string.Join(", ", found.Shape)}), expected ({string.Join(", ", shape)})");
    }

    /// <summary>The values of a tensor that are whole numbers of a range.</summary>
    public int[] Wholes(string tensor, int most, params int[] shape)
    {
        double[] values = Values(tensor, shape);
        if (Array.Exists(values, v => v < 0 || v > most || v != Math.Floor(v)))
            throw Bad($"{tensor} holds values that are not whole numbers of 0 to {most}");
        return Array.ConvertAll(values, v => (int)v);
    }

    /// <summary>Metadata that are a whole number of a range.</summary>
    public int Whole(string key, int least, int most)
        => int.TryParse(Word(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most
            ? value
            : throw Bad($"metadata '{key}' is '{Word(key)}', expected {least} to {most}");

    /// <summary>Metadata that are a number, above one and at most the other.</summary>
    public double Number(string key, double above, double most)
        => double.TryParse(Word(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > above && value <= most
            ? value
            : throw Bad(
                FormattableString.Invariant($"metadata '{key}' is '{Word(key)}', expected a number above {above} and at most {most}"));

    /// <summary>Metadata that are true or false.</summary>
    public bool Flag(string key) => Word(key) switch
    {
        "true" => true,
        "false" => false,
        var other => throw Bad($"metadata '{key}' is '{other}', expected true or false"),
    };

    /// <summary>Some whole numbers between commas, each at least 1; none of an empty text.</summary>
    public int[] Numbers(string key, int mostNumbers, int most)
    {
        string text = Word(key);
        string[] words = text.Length == 0 ? [] : text.Split(',');
        int[] numbers = new int[words.Length];
        bool fits = words.Length <= mostNumbers;
        for (int i = 0; i < words.Length && fits; i++)
            fits = int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
                && numbers[i] >= 1
                && numbers[i] <= most;
        return fits
            ? numbers
            : throw Bad($"metadata '{key}' is '{text}', at most {mostNumbers} numbers are expected, each of 1 to {most}, such as 1,2");
    }

    /// <summary>Metadata that are one of an enumeration, in lower case with hyphens.</summary>
    public T Choice<T>(string key)
        where T : struct, Enum
        => KebabCase.Find<T>(Word(key))
            ?? throw Bad($"metadata '{key}' is '{Word(key)}', expected one of {string.Join(", ", KebabCase.All<T>())}");

    /// <summary>The observation model that the metadata name.</summary>
    public ObservationModel Observation()
        => ObservationModel.Find(Word("observation")) ?? throw Bad(
            $"metadata 'observation' is '{Word("observation")}', expected one of "
            + $"{string.Join(", ", ObservationModel.All.Select(m => m.Name))}");

    /// <summary>Whether there are metadata under a key.</summary>
    public bool HasWord(string key) => file.Metadata.ContainsKey(key);

    /// <summary>The metadata under a key.</summary>
    public string Word(string key) => file.Metadata.TryGetValue(key, out string? text) ? text : throw Bad($"it lacks the metadata '{key}'");

    /// <summary>A model made from what the metadata say, with the parameters of the file.</summary>
    /// <param name="make">Makes it, or throws an <see cref="ArgumentException"/>.</param>
    /// <param name="parameters">Its parameters, of which each tensor must be there.</param>
    public T Model<T>(Func<T> make, Func<T, ParameterBuffer> parameters)
    {
        T model;
        try
        {
            model = make();
        }
        catch (ArgumentException e)
        {
            throw Bad($"there is no such model: {e.Message}");
        }
        ParameterBuffer buffer = parameters(model);
        foreach (ParameterTensor tensor in buffer.Tensors)
            buffer.Set(tensor.Name, Values(tensor.Name, [.. tensor.Shape]));
        return model;
    }

    /// <summary>The tensors of a model, for a file.</summary>
    public static IReadOnlyList<SafeTensor> Tensors(ParameterBuffer parameters)
        => [.. parameters.Tensors.Select(t => new SafeTensor(t.Name, [.. t.Shape], parameters[t.Name].ToArray()))];

    /// <summary>What is wrong with the file, to be thrown.</summary>
    /// <param name="what">The second half of a sentence, without its stop.</param>
    public InvalidDataException Bad(string what) => new($"{name}: {what}.");
}
