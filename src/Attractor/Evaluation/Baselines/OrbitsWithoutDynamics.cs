namespace Attractor.Evaluation;

/// <summary>Orbits that know nothing of the dynamics: the lowest score among them is the ceiling of a score.</summary>
internal static class OrbitsWithoutDynamics
{
    public static IReadOnlyList<TimeSeries> All(TimeSeries perfect, ulong seed)
        => [Point(perfect), GaussianSurrogate.Of(perfect, seed), PhaseRandomizedSurrogate.Of(perfect, seed)];

    /// <summary>What every surrogate asks of the series that it is made of.</summary>
    public static void Require(TimeSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Length == 0)
            throw new ArgumentException("There are no rows to make a surrogate of.", nameof(series));
        if (series.FindNonFinite() is { } found)
            throw new ArgumentException($"The series holds {found}: a surrogate is made of complete rows.", nameof(series));
    }

    /// <summary>The mean of the rows, as often as there are rows.</summary>
    public static TimeSeries Point(TimeSeries perfect)
    {
        double[] mean = [.. Enumerable.Range(0, perfect.Dimension).Select(n => perfect.Column(n).Average())];
        return new([.. Enumerable.Range(0, perfect.Length).SelectMany(_ => mean)], perfect.Dimension, perfect.Dt, perfect.Names);
    }
}
