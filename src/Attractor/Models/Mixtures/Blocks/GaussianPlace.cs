namespace Attractor.Models;

/// <summary>How far apart rows of one Gaussian component may be expected to be, before anything is learnt.</summary>
internal static class GaussianPlace
{
    /// <summary>K components that tile D dimensions are each K^(1/D) times narrower than the data.</summary>
    public static double Scale(double deviation, int components, int dimension) => Math.Pow(components, 1.0 / dimension) / deviation;
}
