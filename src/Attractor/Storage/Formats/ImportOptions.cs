namespace Attractor.Storage;

/// <summary>What a file of numbers leaves open about the network that it holds.</summary>
public sealed record ImportOptions
{
    /// <summary>The kind; null for what the file says, else alrnn of a file with W and shplrnn of one with W1.</summary>
    public string? Kind { get; init; }

    /// <summary>
    /// Sizes by their names, such as rectified (P of an almost-linear network) and observed (N); those that the file or the shape of its
    /// tensors tell may be left out.
    /// </summary>
    public IReadOnlyDictionary<string, int> Sizes { get; init; } = new Dictionary<string, int>();
}
