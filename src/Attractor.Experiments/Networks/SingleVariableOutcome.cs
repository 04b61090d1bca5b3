namespace Attractor.Experiments;

/// <summary>What became of one network that saw one variable.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Run">Its folder.</param>
/// <param name="Orbit">Its free run.</param>
/// <param name="Divergence">D_stsp in delay coordinates against the training data; NaN of an orbit that diverges.</param>
/// <param name="Hellinger">D_H against them.</param>
/// <param name="Crossings">Changes of lobe.</param>
/// <param name="Exponent">The largest exponent per unit of time.</param>
internal sealed record SingleVariableOutcome(
    long Seed, string Run, TimeSeries Orbit, double Divergence, double Hellinger, int Crossings, double Exponent)
{
    /// <summary>Relative error of an exponent that counts as a success.</summary>
    public const double Allowed = 0.15;

    /// <summary>Both lobes are visited, and left again at least every twenty units of time.</summary>
    public bool HasTwoLobes => Crossings > Orbit.Length * NetworkSettings.Dt / 20;

    public bool Succeeded => HasTwoLobes && OffTheTruth <= Allowed;

    public double OffTheTruth => Math.Abs(Exponent - NetworkSettings.TrueExponent) / NetworkSettings.TrueExponent;
}
