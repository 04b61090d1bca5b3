namespace Attractor.Learning;

/// <summary>The importance-weighted bound of a group of samples and the normalised weights.</summary>
internal static class ImportanceWeights
{
    /// <summary>log (1/K) sum_k w_k for w_k = p(x, z_k) / q(z_k); the weights are w_k / sum w.</summary>
    public static double Of(in SampleGroup group, Span<double> weights)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < group.Count; i++)
            largest = Math.Max(largest, weights[i] = group.Integrand(i));
        for (int i = 0; i < group.Count; i++)
            sum += weights[i] = Math.Exp(weights[i] - largest);
        for (int i = 0; i < group.Count; i++)
            weights[i] /= sum;
        return largest + Math.Log(sum / group.Count);
    }
}
