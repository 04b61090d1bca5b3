namespace Attractor.Forecasting;

/// <summary>What the length of a context allows: halves of it as models of each other.</summary>
/// <param name="Divergence">
/// D_stsp of one half from the other, in nats: a perfect model comes no nearer. NaN where there are too few rows.
/// </param>
/// <param name="Spectrum">D_H of one half from the other.</param>
/// <param name="Surrogate">D_stsp of a phase-randomised surrogate, which knows nothing of the dynamics.</param>
/// <param name="Rows">The rows of the longest stretch without missing values, of which these are the halves.</param>
public sealed record ForecastFloors(double Divergence, double Spectrum, double Surrogate, int Rows)
{
    internal static ForecastFloors None { get; } = new(double.NaN, double.NaN, double.NaN, 0);
}
