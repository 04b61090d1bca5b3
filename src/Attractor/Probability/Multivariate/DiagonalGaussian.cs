namespace Attractor.Probability;

/// <summary>D independent normal numbers.</summary>
/// <remarks>The parameters are the D means, then the D standard deviations.</remarks>
public sealed class DiagonalGaussian : ReparameterizedIndependent<Normal>, IDivergence<DiagonalGaussian>
{
    /// <summary>The distribution with these means and standard deviations.</summary>
    /// <exception cref="ArgumentException">There are none, not as many of one as of the other, one is not finite or a standard deviation is
    /// not above 0.</exception>
    public DiagonalGaussian(ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation)
        : base(Normals(mean, standardDeviation))
    {
        StandardDeviation = standardDeviation.ToArray();
    }

    /// <summary>The standard deviation of each component, D values.</summary>
    public IReadOnlyList<double> StandardDeviation { get; }

    /// <inheritdoc/>
    public double KullbackLeibler(DiagonalGaussian other)
    {
        RequireSameDimension(other);
        double sum = 0;
        for (int i = 0; i < Dimension; i++)
            sum += Components[i].KullbackLeibler(other.Components[i]);
        return sum;
    }

    /// <inheritdoc/>
    public void KullbackLeiblerGradient(DiagonalGaussian other, Span<double> gradient, Span<double> otherGradient)
    {
        RequireSameDimension(other);
        int d = Dimension;
        Require.Length(gradient, ParameterCount);
        Require.Length(otherGradient, ParameterCount);
        Span<double> both = stackalloc double[2], otherBoth = stackalloc double[2];
        for (int i = 0; i < d; i++)
        {
            Components[i].KullbackLeiblerGradient(other.Components[i], both, otherBoth);
            (gradient[i], gradient[d + i]) = (both[0], both[1]);
            (otherGradient[i], otherGradient[d + i]) = (otherBoth[0], otherBoth[1]);
        }
    }

    private void RequireSameDimension(DiagonalGaussian other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Dimension != Dimension)
            throw new ArgumentException($"Expected {Dimension} dimensions, found {other.Dimension}.", nameof(other));
    }

    private static Normal[] Normals(ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation)
    {
        Require.Length(standardDeviation, mean.Length);
        Require.Real(mean);
        Require.Positive(standardDeviation);
        Normal[] normals = new Normal[mean.Length];
        for (int i = 0; i < mean.Length; i++)
            normals[i] = new(mean[i], standardDeviation[i]);
        return normals;
    }
}
