namespace Attractor.Models;

/// <summary>What weights are drawn from, at scale s.</summary>
public enum WeightDistribution
{
    /// <summary>Normal with standard deviation s.</summary>
    Gaussian,

    /// <summary>Uniform on [-s, s).</summary>
    Uniform,

    /// <summary>-s or s, with equal probability.</summary>
    Bernoulli,

    /// <summary>Always s.</summary>
    Constant,
}
