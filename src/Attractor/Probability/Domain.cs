namespace Attractor.Probability;

/// <summary>Where a parameter or a value may lie.</summary>
public enum Domain
{
    /// <summary>Any finite number.</summary>
    Real,

    /// <summary>Finite and above 0.</summary>
    Positive,

    /// <summary>Between two bounds, which are finite.</summary>
    Interval,

    /// <summary>0 or 1.</summary>
    Binary,

    /// <summary>0, 1, 2, ...</summary>
    Natural,
}
