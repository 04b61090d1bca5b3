using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>Standard Gumbel numbers: added to logits, their largest is a categorical draw (the Gumbel-max trick).</summary>
public static class GumbelNoise
{
    /// <summary>-log(-log u) with u inside (0, 1), so that it is finite.</summary>
    public static double Next(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return -Math.Log(Draw.Exponential(random));
    }

    /// <summary>Writes logits plus noise.</summary>
    /// <returns>Where the largest is: a draw of the categorical distribution with these logits.</returns>
    /// <exception cref="ArgumentException">The spans are not of the same length, or empty.</exception>
    public static int Perturb(ReadOnlySpan<double> logits, RandomStream random, Span<double> perturbed)
    {
        Require.Length(perturbed, logits.Length);
        if (logits.IsEmpty)
            throw new ArgumentException("Expected at least one logit, found none.", nameof(logits));
        int largest = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            perturbed[i] = logits[i] + Next(random);
            if (perturbed[i] > perturbed[largest])
                largest = i;
        }
        return largest;
    }
}
