using System.Globalization;
using Attractor.Dynamics;
using Attractor.Evaluation;

namespace Attractor.Experiments;

/// <summary>A trained network, its naive product and its stable estimate, per unit of time.</summary>
internal sealed record LyapunovOutcome(long Seed, string Run, JacobianProductNorms Naive, double Exponent, double Error, Verdict Verdict)
{
    /// <summary>Relative, as the document asks for it.</summary>
    public double OffTheTruth => Math.Abs(Exponent - NetworkSettings.TrueExponent) / NetworkSettings.TrueExponent;

    /// <summary>The naive estimate where the product leaves the range of numbers, or at its last factor.</summary>
    public double NaiveExponent => Naive.Exponent / NetworkSettings.Dt;

    /// <summary>What the orbit does, where it is not chaos.</summary>
    public string? NotChaotic => Exponent > 5 * Error && Exponent > 0.05 ? null
        : Verdict.Kind is VerdictKind.LeftItForCycle or VerdictKind.LeftItForFixedPoint ? Verdict.Name
        : Exponent < -5 * Error ? "fell into a cycle or a fixed point"
        : "periodic or quasi-periodic: the exponent is 0";

    /// <summary>How the product ended.</summary>
    public string Ending => Naive switch
    {
        { Overflow: { } step } => string.Create(CultureInfo.InvariantCulture, $"overflows at step {step:N0}"),
        { Underflow: { } step } => string.Create(CultureInfo.InvariantCulture, $"underflows at step {step:N0}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"stays in range for {Naive.Norms.Length:N0} steps"),
    };
}
