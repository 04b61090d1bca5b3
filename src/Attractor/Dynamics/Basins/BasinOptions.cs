namespace Attractor.Dynamics;

/// <summary>A plane of starts, and how long each is followed.</summary>
public sealed record BasinOptions
{
    /// <summary>The variable along the columns.</summary>
    public int Horizontal { get; init; }

    /// <summary>The variable along the rows.</summary>
    public int Vertical { get; init; } = 1;

    /// <summary>Ends of the horizontal range.</summary>
    public required (double Low, double High) Columns { get; init; }

    /// <summary>Ends of the vertical range.</summary>
    public required (double Low, double High) Rows { get; init; }

    /// <summary>Starts along either direction; each stands in the middle of its cell.</summary>
    public int Resolution { get; init; } = 160;

    /// <summary>Steps before it is asked where an orbit is.</summary>
    public int Settle { get; init; } = 2000;

    /// <summary>Steps after which an orbit that has come to no cycle is taken as it is.</summary>
    public int Most { get; init; } = 20_000;

    /// <summary>The longest cycle that is recognised.</summary>
    public int LongestCycle { get; init; } = 64;

    /// <summary>Two states nearer than this in every variable, beside its scale, are the same.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>
    /// Stable cycles that are known: an orbit that is near one of them, and nearer later, ends there. Without them one that spirals in too
    /// slowly to settle is taken for bounded.
    /// </summary>
    public IReadOnlyList<Cycle> Known { get; init; } = [];

    /// <summary>The size of each variable, such as its range on the attractor: D values; the width of the plane for all if null.</summary>
    public IReadOnlyList<double>? Scales { get; init; }
}
