namespace Attractor.Forecasting;

/// <summary>How one candidate did on the tail of the context, in its best setting.</summary>
public sealed record ForecastCandidateScore
{
    /// <summary>Its word.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required string Description { get; init; }

    /// <summary>The setting that did best; empty where there is only one, or none.</summary>
    public string Setting { get; init; } = "";

    /// <summary>How many settings were fitted.</summary>
    public int Settings { get; init; }

    /// <summary>
    /// What is compared, lower is better: the product of the error, of D_stsp and of D_H, the latter two in units of their floors and
    /// at least 1. Infinite of one that does not stay or could not be fitted.
    /// </summary>
    public double Score { get; init; } = double.PositiveInfinity;

    /// <summary>The typical error of forecasts from the tail, in standard deviations of the context; NaN where there is none.</summary>
    public double Error { get; init; } = double.NaN;

    /// <summary>The median of the steps after which their error passes the threshold; NaN where there is none.</summary>
    public double ValidSteps { get; init; } = double.NaN;

    /// <summary>D_stsp of free runs beside the context; NaN where it was not asked.</summary>
    public double Divergence { get; init; } = double.NaN;

    /// <summary>D_H of free runs beside the context; NaN where it was not asked.</summary>
    public double Spectrum { get; init; } = double.NaN;

    /// <summary>Whether its free runs stay in the region of the context and keep moving.</summary>
    public bool Stays { get; init; }

    /// <summary>Why it is out, in a sentence; null if it is not.</summary>
    public string? Failure { get; init; }

    /// <summary>What fitting and comparing took.</summary>
    public double Seconds { get; init; }
}
