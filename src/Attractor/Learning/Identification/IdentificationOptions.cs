namespace Attractor.Learning;

/// <summary>Which terms equations may have, and how they are fitted.</summary>
public sealed record IdentificationOptions
{
    /// <summary>The highest degree of the monomials, 1 to 7.</summary>
    public int Degree { get; init; } = 3;

    /// <summary>Whether the sine and the cosine of each variable are terms too.</summary>
    public bool Trigonometric { get; init; }

    /// <summary>How the derivatives are found.</summary>
    public DerivativeRule Rule { get; init; } = DerivativeRule.Weak;

    /// <summary>m, half the width of the test functions in rows, at least 4.</summary>
    public int HalfWidth { get; init; } = 16;

    /// <summary>
    /// What a term must contribute at least, as the part of the derivative's root mean square that its own is: terms below are dropped, the
    /// rest fitted anew. Chosen by an information criterion if null.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Whether data with noise are smoothed first.</summary>
    public bool Smooth { get; init; } = true;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        if (Degree is < 1 or > 7)
            throw new ArgumentException($"The degree must be 1 to 7, not {Degree}.");
        if (HalfWidth is < 4 or > 100_000)
            throw new ArgumentException($"Half the width of the test functions must be 4 to 100000 rows, not {HalfWidth}.");
        if (Threshold is { } threshold && !(threshold >= 0 && threshold < 1))
            throw new ArgumentException(FormattableString.Invariant($"The threshold must be a part from 0 to below 1, not {threshold}."));
    }
}
