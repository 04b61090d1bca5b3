namespace Attractor.Dynamics;

/// <summary>All regions of a piecewise-linear map, where these are few.</summary>
internal static class AllRegions
{
    /// <summary>2^G of them are tried one by one up to this G.</summary>
    public const int MostBoundaries = 10;

    /// <summary>Whether they are few enough.</summary>
    public static bool AreFew(int boundaries) => boundaries <= MostBoundaries;

    /// <summary>Each of them.</summary>
    public static IEnumerable<ulong[]> Of(int boundaries) => Enumerable.Range(0, 1 << boundaries).Select(r => new[] { (ulong)r });
}
