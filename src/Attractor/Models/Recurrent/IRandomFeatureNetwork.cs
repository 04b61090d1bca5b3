using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A recurrent network whose step is z' = a z + W phi(z) + c, element by element in a: once the features phi are drawn, what is left can be
/// fitted by least squares (random features: Rahimi and Recht, NIPS 2008; extreme learning machines: Huang, Zhu and Siew, 2006).
/// </summary>
public interface IRandomFeatureNetwork
{
    /// <summary>F, the number of features.</summary>
    int Features { get; }

    /// <summary>Draws the features so that their boundaries pass through states that the data visit.</summary>
    /// <param name="states">R x M.</param>
    /// <param name="scale">M, the scale of each unit over the data.</param>
    /// <param name="random">The draws.</param>
    void DrawFeatures(ReadOnlySpan<double> states, ReadOnlySpan<double> scale, RandomStream random);

    /// <summary>phi(z).</summary>
    /// <param name="state">M values.</param>
    /// <param name="features">F values are written.</param>
    void FeaturesOf(ReadOnlySpan<double> state, Span<double> features);

    /// <summary>Sets what is linear in the features.</summary>
    /// <param name="decay">a, M values.</param>
    /// <param name="weights">W, M x F.</param>
    /// <param name="constants">c, M values.</param>
    void SetReadout(ReadOnlySpan<double> decay, ReadOnlySpan<double> weights, ReadOnlySpan<double> constants);
}
