namespace Attractor.Data;

/// <summary>The affine map of each variable to mean 0 and standard deviation 1, and back.</summary>
/// <param name="Mean">N means.</param>
/// <param name="Scale">N standard deviations (population, as NumPy's <c>std</c>).</param>
public sealed record Standardization(IReadOnlyList<double> Mean, IReadOnlyList<double> Scale)
{
    /// <summary>(x - mean) / scale, variable by variable.</summary>
    public TimeSeries Apply(TimeSeries series) => throw new NotImplementedException();

    /// <summary>mean + scale * x, variable by variable.</summary>
    public TimeSeries Undo(TimeSeries series) => throw new NotImplementedException();
}
