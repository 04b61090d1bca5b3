namespace Attractor.Dynamics;

/// <summary>Norms of a product of Jacobians as long as it stays in the range of numbers.</summary>
/// <param name="Norms">|| J_t ... J_1 ||_2 for t = 1, 2, ...: as many as there are before the overflow or underflow.</param>
/// <param name="Overflow">The step at which an entry of the product, or its norm, was no longer finite; null if there was none.</param>
public sealed record JacobianProductNorms(double[] Norms, int? Overflow)
{
    /// <summary>
    /// The step at which the norm fell below the smallest number of full precision, 2.2e-308, as it does wherever the map contracts; null
    /// if
    /// it did not.
    /// </summary>
    public int? Underflow { get; init; }

    /// <summary>
    /// 1/t ln || J_t ... J_1 ||_2 at the last step before the overflow or underflow: the naive estimate of the largest exponent, per step.
    /// </summary>
    public double Exponent => Norms.Length == 0 ? double.NaN : Math.Log(Norms[^1]) / Norms.Length;
}
