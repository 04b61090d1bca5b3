namespace Attractor.Evaluation;

/// <summary>Orbits that know nothing of the dynamics: the lowest score among them is the ceiling of a score.</summary>
internal static class OrbitsWithoutDynamics
{
    public static IReadOnlyList<TimeSeries> All(TimeSeries perfect, ulong seed)
        => [Point(perfect), GaussianSurrogate.Of(perfect, seed), PhaseRandomizedSurrogate.Of(perfect, seed)];

    /// <summary>The mean of the rows, as often as there are rows.</summary>
    public static TimeSeries Point(TimeSeries perfect)
    {
        double[] mean = [.. Enumerable.Range(0, perfect.Dimension).Select(n => perfect.Column(n).Average())];
        return new([.. Enumerable.Range(0, perfect.Length).SelectMany(_ => mean)], perfect.Dimension, perfect.Dt, perfect.Names);
    }
}
