namespace Attractor.Models;

/// <summary>
/// Something about a block under a name: a number, numbers, or words. What files and programs are told in place of the block itself.
/// </summary>
public sealed class BlockValue
{
    private BlockValue(
        string name, IReadOnlyList<double> numbers, IReadOnlyList<string>? labels, IReadOnlyList<string>? words, bool isSingle)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Numbers, Labels, Words, IsSingle) = (name, numbers, labels, words, isSingle);
    }

    /// <summary>The name, in snake_case: the key of a JSON object.</summary>
    public string Name { get; }

    /// <summary>The numbers; none where it is words.</summary>
    public IReadOnlyList<double> Numbers { get; }

    /// <summary>What each of the numbers is of, such as a category; null if that is their place only.</summary>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>The words; null where it is numbers.</summary>
    public IReadOnlyList<string>? Words { get; }

    /// <summary>Whether it is one number, not a list of one.</summary>
    public bool IsSingle { get; }

    /// <summary>A number.</summary>
    public static BlockValue Of(string name, double number) => new(name, [number], null, null, isSingle: true);

    /// <summary>Some numbers.</summary>
    public static BlockValue Of(string name, IReadOnlyList<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return new(name, [.. numbers], null, null, isSingle: false);
    }

    /// <summary>Some numbers, each of something that has a name.</summary>
    /// <exception cref="ArgumentException">There is not one label for each number.</exception>
    public static BlockValue Of(string name, IReadOnlyList<double> numbers, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(labels);
        return labels.Count == numbers.Count
            ? new(name, [.. numbers], [.. labels], null, isSingle: false)
            : throw new ArgumentException(
                $"There are {labels.Count} labels for the {numbers.Count} numbers of {name}: give one for each.", nameof(labels));
    }

    /// <summary>Some words.</summary>
    public static BlockValue Of(string name, IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new(name, [], null, [.. words], isSingle: false);
    }
}
