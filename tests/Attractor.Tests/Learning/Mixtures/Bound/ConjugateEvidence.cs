using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Mixtures.Bound;

/// <summary>
/// log p(X, Z) of a conjugate mixture with the parameters integrated out, in closed form from the counts of the
/// assignments; those may be fractions of a row.
/// </summary>
/// <remarks>
/// With the entropy of the assignments added it is the bound right after all parameters were updated. Nothing in it is an expectation: no
/// digamma, no entropy of a parameter, none of the library's code but log-gamma. A precision that all components share has no such form.
/// </remarks>
internal static class ConjugateEvidence
{
    /// <summary>log p(X, Z).</summary>
    public static double LogJoint(Mixture mixture, TimeSeries rows, double[,] r)
    {
        double sum = Weights(mixture, r);
        foreach (ConjugateBlock block in mixture.Blocks)
        {
            int[] columns = [.. block.Columns.Select(c => rows.Names.ToList().IndexOf(c))];
            double[][] x = [.. Enumerable.Range(0, rows.Length).Select(n => (double[])[.. columns.Select(c => rows[n, c])])];
            for (int k = 0; k < mixture.Components; k++)
            {
                double[] weights = [.. Enumerable.Range(0, rows.Length).Select(n => r[n, k])];
                sum += block switch
                {
                    GaussianMeanBlock b => KnownPrecision(b, x, weights),
                    NormalGammaBlock b => NormalGamma(b, x, weights),
                    NormalWishartBlock b => NormalWishart(b, x, weights),
                    PoissonBlock b => Poisson(b, x, weights),
                    BernoulliBlock b => Dirichlet([b.Zeros, b.Ones], x, weights),
                    CategoricalBlock b => Dirichlet([.. Enumerable.Repeat(b.Concentration, b.Levels.Count)], x, weights),
                    _ => throw new NotSupportedException(block.Kind),
                };
            }
        }
        return sum;
    }

    /// <summary>-sum r log r.</summary>
    public static double Entropy(double[,] r) => -r.Cast<double>().Sum(v => v > 0 ? v * Math.Log(v) : 0);

    /// <summary>log p(X): the sum over all K^N assignments.</summary>
    public static double Enumerate(Mixture mixture, TimeSeries rows)
    {
        int n = rows.Length, k = mixture.Components, all = (int)Math.Pow(k, n);
        double[] terms = new double[all];
        for (int code = 0; code < all; code++)
        {
            double[,] hard = new double[n, k];
            for (int i = 0, rest = code; i < n; i++, rest /= k)
                hard[i, rest % k] = 1;
            terms[code] = LogJoint(mixture, rows, hard);
        }
        return LogSumExp.Of(terms);
    }

    public static bool AppliesTo(Mixture mixture) => mixture.Blocks.All(b => b is not GaussianMeanBlock { Precision: null });

    private static double Weights(Mixture mixture, double[,] r)
    {
        double[] counts = [.. Enumerable.Range(0, mixture.Components).Select(k => Enumerable.Range(0, r.GetLength(0)).Sum(n => r[n, k]))];
        if (mixture.Prior.Concentration is not { } delta)
            return counts.Select((c, k) => c * Math.Log(mixture.Prior.Proportions?[k] ?? 1.0 / counts.Length)).Sum();
        double[] prior = [.. counts.Select((_, k) => delta[delta.Count == 1 ? 0 : k])];
        return LogMultivariateBeta([.. prior.Zip(counts, (d, c) => d + c)]) - LogMultivariateBeta(prior);
    }

    private static double KnownPrecision(GaussianMeanBlock b, double[][] x, double[] r)
    {
        double sum = 0, tau = b.Precision!.Value, rho = b.PriorPrecision;
        for (int d = 0; d < b.Columns.Count; d++)
        {
            (double count, double mean, double scatter) = Moments([.. x.Select(row => row[d])], r);
            double after = rho + (tau * count), off = mean - b.PriorMean[d];
            sum += (0.5 * count * Math.Log(tau / (2 * Math.PI)))
                + (0.5 * Math.Log(rho / after)) - (0.5 * tau * (scatter + (count * rho / after * off * off)));
        }
        return sum;
    }

    private static double NormalGamma(NormalGammaBlock b, double[][] x, double[] r)
    {
        double all = 0, rate = b.Rate, logs = 0;
        for (int d = 0; d < b.Columns.Count; d++)
        {
            (double count, double mean, double scatter) = Moments([.. x.Select(row => row[d])], r);
            double off = mean - b.PriorMean[d];
            rate += 0.5 * (scatter + (b.Kappa * count / (b.Kappa + count) * off * off));
            logs += 0.5 * Math.Log(b.Kappa / (b.Kappa + count));
            all += count;
        }
        double shape = b.Shape + (0.5 * all);
        return logs - (0.5 * all * Math.Log(2 * Math.PI)) + LogGamma.Of(shape)
            - LogGamma.Of(b.Shape) + (b.Shape * Math.Log(b.Rate)) - (shape * Math.Log(rate));
    }

    private static double NormalWishart(NormalWishartBlock b, double[][] x, double[] r)
    {
        int dimension = b.Columns.Count;
        double[] here = [.. x.Zip(r, (row, w) => row.Any(double.IsNaN) ? 0 : w)];
        double count = here.Sum();
        double[] mean = new double[dimension];
        for (int d = 0; d < dimension; d++)
            mean[d] = count > 0 ? x.Zip(here, (row, w) => w > 0 ? w * row[d] : 0).Sum() / count : 0;
        double[,] before = new double[dimension, dimension], after = new double[dimension, dimension];
        for (int d = 0; d < dimension; d++)
            for (int e = 0; e < dimension; e++)
            {
                before[d, e] = b.InverseScale[(d * dimension) + e];
                double scatter = x.Zip(here, (row, w) => w > 0 ? w * (row[d] - mean[d]) * (row[e] - mean[e]) : 0).Sum();
                after[d, e] = before[d, e] + scatter
                    + (b.Kappa * count / (b.Kappa + count) * (mean[d] - b.PriorMean[d]) * (mean[e] - b.PriorMean[e]));
            }
        double v = b.DegreesOfFreedom,
            sum = (-0.5 * count * dimension * Math.Log(Math.PI)) + (0.5 * dimension * Math.Log(b.Kappa / (b.Kappa + count)));
        for (int i = 0; i < dimension; i++)
            sum += LogGamma.Of(0.5 * (v + count - i)) - LogGamma.Of(0.5 * (v - i));
        return sum + (0.5 * v * LogDeterminant(before)) - (0.5 * (v + count) * LogDeterminant(after));
    }

    private static double Poisson(PoissonBlock b, double[][] x, double[] r)
    {
        double shape = b.Shape, rate = b.Rate, factorials = 0;
        for (int n = 0; n < x.Length; n++)
        {
            if (double.IsNaN(x[n][0]))
                continue;
            shape += r[n] * x[n][0];
            rate += r[n];
            factorials += r[n] * LogGamma.Of(x[n][0] + 1);
        }
        return (b.Shape * Math.Log(b.Rate)) - LogGamma.Of(b.Shape) + LogGamma.Of(shape) - (shape * Math.Log(rate)) - factorials;
    }

    private static double Dirichlet(double[] prior, double[][] x, double[] r)
    {
        double[] after = [.. prior];
        for (int n = 0; n < x.Length; n++)
            if (!double.IsNaN(x[n][0]))
                after[(int)x[n][0]] += r[n];
        return LogMultivariateBeta(after) - LogMultivariateBeta(prior);
    }

    private static (double Count, double Mean, double Scatter) Moments(double[] x, double[] r)
    {
        double count = 0, mean = 0, scatter = 0;
        for (int n = 0; n < x.Length; n++)
            if (!double.IsNaN(x[n]))
                (count, mean) = (count + r[n], mean + (r[n] * x[n]));
        mean = count > 0 ? mean / count : 0;
        for (int n = 0; n < x.Length; n++)
            if (!double.IsNaN(x[n]))
                scatter += r[n] * (x[n] - mean) * (x[n] - mean);
        return (count, mean, scatter);
    }

    private static double LogMultivariateBeta(double[] c) => c.Sum(v => LogGamma.Of(v)) - LogGamma.Of(c.Sum());

    // Gaussian elimination.
    private static double LogDeterminant(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone();
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += Math.Log(a[i, i]);
            for (int j = i + 1; j < n; j++)
                for (int k = n - 1; k >= i; k--)
                    a[j, k] -= a[j, i] / a[i, i] * a[i, k];
        }
        return sum;
    }
}
