using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>The samples that one estimate of a gradient is made from, and what is known of each.</summary>
internal readonly ref struct SampleGroup
{
    public required IMultivariateDistribution Distribution { get; init; }

    public required Objective Objective { get; init; }

    /// <summary>n, the number of samples.</summary>
    public int Count => Targets.Length;

    /// <summary>What the gradient flows back through: the samples themselves, or the relaxed ones. n x D.</summary>
    public required ReadOnlySpan<double> Samples { get; init; }

    /// <summary>f(z_i) or log p(x, z_i).</summary>
    public required ReadOnlySpan<double> Targets { get; init; }

    /// <summary>n x D; empty where the estimator asks for none.</summary>
    public required ReadOnlySpan<double> TargetGradients { get; init; }

    /// <summary>log q(z_i); empty where neither estimator nor objective needs it.</summary>
    public required ReadOnlySpan<double> LogDensities { get; init; }

    /// <summary>d log q / d parameters at z_i, n x parameters.</summary>
    public required ReadOnlySpan<double> Scores { get; init; }

    /// <summary>d log q / dz at z_i, n x D.</summary>
    public required ReadOnlySpan<double> DensityGradients { get; init; }

    /// <summary>Working memory for one vector of D and one of parameters.</summary>
    public required Span<double> PointScratch { get; init; }

    public required Span<double> ParameterScratch { get; init; }

    /// <summary>What the objective is the expectation of, at sample i: f, or log p - log q.</summary>
    public double Integrand(int i) => Objective is Objective.Expectation ? Targets[i] : Targets[i] - LogDensities[i];

    /// <summary>The mean of the integrand.</summary>
    public double MeanIntegrand()
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += Integrand(i);
        return sum / Count;
    }

    public ReadOnlySpan<double> Sample(int i) => Row(Samples, i, Distribution.Dimension);

    public ReadOnlySpan<double> TargetGradient(int i) => Row(TargetGradients, i, Distribution.Dimension);

    /// <summary>The score of sample i.</summary>
    public ReadOnlySpan<double> Score(int i) => Row(Scores, i, Distribution.ParameterCount);

    /// <summary>
    /// The path derivative of sample i: the gradient of the integrand with respect to z, parameters inside log q held fixed, pulled back.
    /// Valid until the next call.
    /// </summary>
    public ReadOnlySpan<double> Path(int i)
    {
        Span<double> adjoint = PointScratch;
        TargetGradient(i).CopyTo(adjoint);
        if (Objective is Objective.EvidenceLowerBound)
        {
            ReadOnlySpan<double> density = Row(DensityGradients, i, Distribution.Dimension);
            for (int j = 0; j < adjoint.Length; j++)
                adjoint[j] -= density[j];
        }
        return Pullback(i, adjoint);
    }

    /// <summary>sum_j v_j dz_j / d parameters for sample i. Valid until the next call.</summary>
    public ReadOnlySpan<double> Pullback(int i, ReadOnlySpan<double> adjoint)
    {
        ((IReparameterizedMultivariate)Distribution).Pullback(Sample(i), adjoint, ParameterScratch);
        return ParameterScratch;
    }

    private static ReadOnlySpan<double> Row(ReadOnlySpan<double> matrix, int i, int columns) => matrix.Slice(i * columns, columns);
}
