using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>Expectations under q(x) = Gamma(shape, rate).</summary>
internal readonly struct GammaExpectations(double shape, double rate)
{
    /// <summary>E[x].</summary>
    public double Mean { get; } = shape / rate;

    /// <summary>E[log x].</summary>
    public double MeanLog { get; } = Digamma.Of(shape) - Math.Log(rate);

    public double Entropy => new Gamma(shape, rate).Entropy;

    /// <summary>E[log p(x)] of p = Gamma(priorShape, priorRate).</summary>
    public double ExpectedLogDensity(double priorShape, double priorRate)
        => (priorShape * Math.Log(priorRate)) - LogGamma.Of(priorShape) + ((priorShape - 1) * MeanLog) - (priorRate * Mean);
}
