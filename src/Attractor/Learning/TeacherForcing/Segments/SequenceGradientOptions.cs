using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>How the gradient of one long sequence is computed.</summary>
public sealed record SequenceGradientOptions
{
    /// <summary>Arithmetic of the steps; sums over many of them are float64.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>
    /// B: steps before a segment over which its state forgets where it began, and as many after it over which its adjoint does. Null
    /// begins with what the forcing asks for, and doubles it until neighbouring segments agree within <see cref="Tolerance"/>; where they
    /// do not come to agree, the sequence runs in one piece. A number is taken as it is.
    /// </summary>
    public int? BurnIn { get; init; }

    /// <summary>
    /// The largest difference between two segments where they meet, relative to the largest value: of their states and of their adjoints.
    /// Null for 1e-6 in float64, and in float32, whose rounding makes up to some 1e-6, for 1e-5.
    /// </summary>
    /// <remarks>
    /// A difference is forgotten over some steps of the thousands of a segment, so the sums differ by less; but near a minimum the terms of
    /// a gradient cancel, and relative to what is left the difference may be larger, as that by rounding is.
    /// </remarks>
    public double? Tolerance { get; init; }

    /// <summary>Threads; null for as many as there are processors. The bits are the same.</summary>
    public int? Threads { get; init; } = 1;

    internal double Agreement => Tolerance ?? (Precision == Precision.Float32 ? 1e-5 : 1e-6);

    internal int Team => Threads ?? ThreadTeam.AllProcessors;
}
