namespace Attractor.Forecasting;

/// <summary>How a forecast is made.</summary>
public sealed record ForecastOptions
{
    /// <summary>Who takes part; all that are registered if null.</summary>
    public IReadOnlyList<ForecastCandidate>? Candidates { get; init; }

    /// <summary>The part of the context at its end on which the candidates are compared.</summary>
    public double Tail { get; init; } = 0.2;

    /// <summary>The share of values that the intervals are to hold.</summary>
    public double Coverage { get; init; } = 0.9;

    /// <summary>The error, in standard deviations of the context, at which a forecast stops being valid.</summary>
    public double ValidThreshold { get; init; } = Evaluation.ValidPredictionTime.DefaultThreshold;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        if (Candidates is { Count: 0 })
            throw new ArgumentException("There are no candidates to choose from.");
        if (!(Tail is >= 0.05 and <= 0.5))
            throw new ArgumentException(FormattableString.Invariant($"The tail must be a part of 0.05 to 0.5 of the context, not {Tail}."));
        if (!(Coverage is >= 0.5 and <= 0.99))
            throw new ArgumentException(FormattableString.Invariant($"The coverage must be 0.5 to 0.99, not {Coverage}."));
        if (!(ValidThreshold > 0 && double.IsFinite(ValidThreshold)))
            throw new ArgumentException(FormattableString.Invariant($"The threshold must be a positive number, not {ValidThreshold}."));
    }
}
