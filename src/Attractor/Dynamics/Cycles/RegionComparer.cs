namespace Attractor.Dynamics;

/// <summary>Regions are equal if their bits are.</summary>
internal sealed class RegionComparer : IEqualityComparer<ulong[]>
{
    public static RegionComparer Instance { get; } = new();

    public bool Equals(ulong[]? x, ulong[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(ulong[] obj)
    {
        HashCode code = default;
        foreach (ulong word in obj)
            code.Add(word);
        return code.ToHashCode();
    }
}
