namespace Attractor.Learning;

/// <summary>What the arithmetic of a training runs in.</summary>
public enum Precision
{
    /// <summary>float32: 16 sequences to a 512-bit register.</summary>
    Float32,

    /// <summary>float64: gradient checks and reference runs.</summary>
    Float64,
}
