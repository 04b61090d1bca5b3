namespace Attractor.Data;

/// <summary>An array of an archive.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Shape">Its lengths: T, T x N, or K x T x N for K trials.</param>
public sealed record ArchiveEntry(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>Why it is no series; null if it is one.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether it is of another kind, with a <see cref="Fault"/>, and passed over unless it is asked for.</summary>
    public bool IsOther { get; init; }
}
