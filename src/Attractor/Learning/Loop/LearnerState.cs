using System.Globalization;

namespace Attractor.Learning;

/// <summary>What any learner needs to go on to the same bits: named tensors and a few words. It is what a checkpoint stores.</summary>
/// <param name="Tensors">The tensors, no two of the same name.</param>
/// <param name="Words">Numbers and flags by name, as text that is read back exactly.</param>
public sealed record LearnerState(IReadOnlyList<StateTensor> Tensors, IReadOnlyDictionary<string, string> Words)
{
    /// <summary>Whether there is a tensor of that name.</summary>
    public bool Has(string tensor) => Tensors.Any(t => t.Name == tensor);

    /// <summary>The values of a tensor.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public double[] Tensor(string name)
        => [.. (Tensors.FirstOrDefault(t => t.Name == name) ?? throw new FormatException($"it lacks the tensor '{name}'")).Values];

    /// <summary>The values of a tensor that holds none but finite ones.</summary>
    /// <exception cref="FormatException">There is none of that name, or it holds others.</exception>
    public double[] FiniteTensor(string name)
        => Tensor(name) is var values && Array.TrueForAll(values, double.IsFinite)
            ? values
            : throw new FormatException($"its tensor '{name}' holds values that are not finite");

    /// <summary>The moments of <see cref="Optimized"/>; none for plain gradient descent.</summary>
    internal double[][] Moments() => [.. Enumerable.Range(1, Tensors.Count).Select(i => $"moment{i}").TakeWhile(Has).Select(Tensor)];

    /// <summary>A whole number among the words.</summary>
    /// <exception cref="FormatException">It is not there, or out of the range.</exception>
    public long Whole(string name, long least = 0, long most = long.MaxValue)
        => long.TryParse(Word(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            && value >= least
            && value <= most
            ? value
            : throw new FormatException(
                $"its '{name}' is '{Word(name)}', expected a whole number of at least "
                + $"{least}{(most < long.MaxValue ? $" and at most {most}" : "")}");

    /// <summary>A number among the words.</summary>
    /// <exception cref="FormatException">It is not there, or not a finite number.</exception>
    public double Number(string name)
        => double.TryParse(Word(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"its '{name}' is '{Word(name)}', expected a number");

    /// <summary>A flag among the words.</summary>
    /// <exception cref="FormatException">It is not there, or neither true nor false.</exception>
    public bool Flag(string name) => Word(name) switch
    {
        "true" => true,
        "false" => false,
        var other => throw new FormatException($"its '{name}' is '{other}', expected true or false"),
    };

    /// <summary>A word.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public string Word(string name)
        => Words.TryGetValue(name, out string? word) ? word : throw new FormatException($"it lacks the entry '{name}'");

    /// <summary>The part of the state whose names begin so, under the rest of the names.</summary>
    public LearnerState Part(string prefix) => new(
        [.. Tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(t => t with { Name = t.Name[prefix.Length..] })],
        Words.Where(w => w.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(w => w.Key[prefix.Length..], w => w.Value));

    /// <summary>This state with another as a part of it.</summary>
    public LearnerState With(string prefix, LearnerState part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new(
            [.. Tensors, .. part.Tensors.Select(t => t with { Name = prefix + t.Name })],
            Words.Concat(part.Words.Select(w => KeyValuePair.Create(prefix + w.Key, w.Value))).ToDictionary());
    }

    /// <summary>Flat parameters and an optimiser's moments beside them, under the names that checkpoints give them.</summary>
    internal static IReadOnlyList<StateTensor> Optimized(double[] parameters, double[][] moments)
        => [new("parameters", parameters), .. moments.Select((moment, i) => new StateTensor($"moment{i + 1}", moment))];

    /// <summary>A number as a word that is read back to the bit.</summary>
    internal static string Word(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Word(double)"/>
    internal static string Word(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A flag as a word.</summary>
    internal static string Word(bool value) => value ? "true" : "false";
}
