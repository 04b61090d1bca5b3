namespace Attractor.Evaluation;

/// <summary>
/// The latent variables that carry something of the data: those whose posterior mean varies over it by more than 0.01 (Burda, Grosse and
/// Salakhutdinov, "Importance weighted autoencoders", ICLR 2016, section 5.2).
/// </summary>
public static class ActiveUnits
{
    /// <summary>The least variance of an active unit's posterior mean.</summary>
    public const double Threshold = 0.01;

    /// <summary>The variance over the data of every latent variable's posterior mean.</summary>
    /// <param name="means">n x L posterior means, row by row.</param>
    /// <param name="latent">L.</param>
    /// <returns>L variances.</returns>
    /// <exception cref="ArgumentException">The means are not whole rows, or none.</exception>
    public static double[] Variances(ReadOnlySpan<float> means, int latent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(latent);
        if (means.Length == 0 || means.Length % latent != 0)
            throw new ArgumentException($"Expected rows of {latent} means, found {means.Length} values.", nameof(means));
        int rows = means.Length / latent;
        double[] sums = new double[latent], variances = new double[latent];
        for (int i = 0; i < means.Length; i++)
            sums[i % latent] += means[i];
        for (int i = 0; i < means.Length; i++)
        {
            double deviation = means[i] - (sums[i % latent] / rows);
            variances[i % latent] += deviation * deviation / rows;
        }
        return variances;
    }

    /// <summary>How many latent variables are active.</summary>
    /// <inheritdoc cref="Variances"/>
    public static int Count(ReadOnlySpan<float> means, int latent) => Variances(means, latent).Count(v => v > Threshold);
}
