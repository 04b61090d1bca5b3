namespace Attractor.Forecasting;

/// <summary>
/// A way to forecast that needs no training but a fit of a moment. It takes part by being registered or named in the options.
/// </summary>
public abstract class ForecastCandidate
{
    /// <summary>Its word, such as <c>ngrc</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// What its score is multiplied by: above 1 for what makes its orbits of the context itself, beside which they look better than they
    /// are.
    /// </summary>
    public virtual double Handicap => 1;

    /// <summary>Why it cannot take part, in a sentence; null if it can.</summary>
    /// <param name="context">What there is to learn from.</param>
    public virtual string? WhyNot(ForecastContext context) => null;

    /// <summary>The settings worth trying on a context, which also depend on how many rows there are to fit.</summary>
    /// <param name="context">What there is to learn from.</param>
    public virtual IReadOnlyList<ForecastSetting> Settings(ForecastContext context) => [new("")];

    /// <summary>Fits some of its settings.</summary>
    /// <param name="pieces">Recordings of N variables without missing values, in standard deviations of the context
    /// (<see cref="TimeSeries.Standardization"/> leads back), smoothed where they had noise.</param>
    /// <param name="settings">Of <see cref="Settings"/>, at least one.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One for each setting; null where it could not be fitted.</returns>
    /// <exception cref="ArgumentException">The pieces are too few or too short.</exception>
    /// <exception cref="ArithmeticException">The fit failed.</exception>
    public abstract IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default);
}
