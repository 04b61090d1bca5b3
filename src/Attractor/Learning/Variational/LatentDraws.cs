using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>Draws of latent variables from an approximation of their posterior, and what draws tell about it.</summary>
/// <param name="latents">The latent variables.</param>
/// <param name="distribution">Of their unconstrained numbers.</param>
internal sealed class LatentDraws(IReadOnlyList<LatentVariable> latents, IMultivariateDistribution distribution)
{
    /// <summary>Unconstrained numbers, count x D.</summary>
    public double[] Points(int count, RandomStream random)
    {
        int dimension = distribution.Dimension;
        double[] points = new double[count * dimension];
        for (int i = 0; i < count; i++)
            distribution.Sample(random, points.AsSpan(i * dimension, dimension));
        return points;
    }

    /// <summary>log p - log q at each of the points.</summary>
    public double[] LogRatios(TargetFunction logJoint, double[] points)
    {
        int dimension = distribution.Dimension;
        double[] ratios = new double[points.Length / dimension];
        logJoint.Evaluate(points, ratios, []);
        for (int i = 0; i < ratios.Length; i++)
            ratios[i] -= distribution.LogDensity(points.AsSpan(i * dimension, dimension));
        return ratios;
    }

    /// <summary>One latent variable at each of the points, count x size.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static double[,] Constrain(IReadOnlyList<LatentVariable> latents, string name, ReadOnlySpan<double> points, int count)
    {
        using Tape<double> tape = new();
        Variable<double> value = new LatentValues(latents, tape.Constant(new(count, points.Length / count), points))[name];
        double[,] draws = new double[count, value.Columns];
        for (int i = 0; i < count; i++)
            for (int j = 0; j < value.Columns; j++)
                draws[i, j] = value.Value[(i * value.Columns) + j];
        return draws;
    }

    /// <summary>Draws of one latent variable, count x size.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public double[,] Draw(string name, int count, RandomStream random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return Constrain(latents, name, Points(count, random), count);
    }

    /// <summary>The mean and standard deviation of each column.</summary>
    public static (double[] Mean, double[] StandardDeviation) Moments(double[,] draws)
    {
        int count = draws.GetLength(0), size = draws.GetLength(1);
        double[] mean = new double[size], deviation = new double[size];
        for (int j = 0; j < size; j++)
        {
            for (int i = 0; i < count; i++)
                mean[j] += draws[i, j] / count;
            for (int i = 0; i < count; i++)
                deviation[j] += (draws[i, j] - mean[j]) * (draws[i, j] - mean[j]) / (count - 1);
            deviation[j] = Math.Sqrt(deviation[j]);
        }
        return (mean, deviation);
    }

    /// <summary>What <see cref="ParetoShape"/> says of an approximation, as a clause.</summary>
    public static string Verdict(double paretoShape)
        => paretoShape < 0.5 ? "the approximation is good"
            : paretoShape < 0.7 ? "usable with importance weights"
            : "the approximation is not to be trusted";
}
