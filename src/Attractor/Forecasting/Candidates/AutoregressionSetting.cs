namespace Attractor.Forecasting;

/// <summary>The features of a vector autoregression, and its penalty.</summary>
/// <param name="Delays">k, the values of each variable.</param>
/// <param name="Stride">s, the rows between two of them.</param>
/// <param name="Degree">The highest order of the monomials.</param>
/// <param name="Ridge">lambda, on the sum of the squared errors.</param>
internal sealed record AutoregressionSetting(int Delays, int Stride, int Degree, double Ridge)
    : ForecastSetting(FormattableString.Invariant(
        $"{Delays} delay{(Delays == 1 ? "" : "s")}{(Stride == 1 ? "" : $" {Stride} rows apart")}, degree {Degree}, ridge {Ridge:G3}"))
{
    /// <summary>The settings whose features are the same, and with them the products of the features.</summary>
    public (int Delays, int Stride, int Degree) Features => (Delays, Stride, Degree);
}
