namespace Attractor.Data;

/// <summary>An array of numbers in a .mat file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">T x N: a row of numbers is a series of one variable too.</param>
/// <param name="Values">T * N values, row-major; null if they were not asked for.</param>
/// <param name="Fault">Why it is no series; null if it is one.</param>
internal sealed record MatlabArray(string Name, IReadOnlyList<long> Shape, double[]? Values, string? Fault)
{
    /// <summary>Whether it is of another kind, which is passed over unless it is asked for.</summary>
    public bool IsOther { get; init; }
}
