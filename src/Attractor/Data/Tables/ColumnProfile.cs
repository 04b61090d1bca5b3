namespace Attractor.Data;

/// <summary>What a column holds, its missing values left aside.</summary>
/// <param name="Present">How many values there are.</param>
/// <param name="Missing">How many are missing.</param>
/// <param name="Mean">Their mean; NaN of none.</param>
/// <param name="Variance">Their mean squared deviation from it; NaN of none.</param>
/// <param name="Minimum">The smallest; NaN of none.</param>
/// <param name="Maximum">The largest; NaN of none.</param>
public readonly record struct ColumnProfile(long Present, long Missing, double Mean, double Variance, double Minimum, double Maximum)
{
    /// <summary>Whether there is at least one value and all are the same.</summary>
    public bool IsConstant => Present > 0 && Minimum == Maximum;
}
