using System.Globalization;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Probability;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>The report of a mixture, filled from the model and rows.</summary>
internal static class MixtureFigures
{
    // Of more rows, every so many-th: a figure shows no more.
    private const int MostRows = 20_000, MostCounts = 2000;
    private const double Tail = 0.025;

    /// <summary>What the model and the rows say; how the fit went is for the caller to add.</summary>
    public static MixtureReport Of(Mixture mixture, IRowSource rows, IReadOnlyList<ElboTerm> terms, IReadOnlyList<double> counts)
    {
        TimeSeries drawn = Thin(rows);
        double[,] responsibilities = mixture.Responsibilities(drawn);
        string shown = drawn.Length < rows.Count ? string.Create(CultureInfo.InvariantCulture, $" Figures show {drawn.Length:N0} of the rows.") : "";
        return new()
        {
            Title = mixture.Kind,
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"A mixture: {mixture.Description}. Fitted to {rows.Count:N0} rows by mean-field variational inference.{shown}"),
            Rows = (int)Math.Min(int.MaxValue, rows.Count),
            Components = [.. Enumerable.Range(0, mixture.Components).Select(k => Component(mixture, counts, k))],
            Bound = EvidenceLowerBound.Sum(terms),
            Converged = false,
            Ending = "",
            Blocks = DiagramBlocks.Of(mixture),
            Concentration = mixture.Weights.IsFixed ? null : "delta",
            Positions = Positions(mixture, drawn, responsibilities),
            Counts = [.. mixture.Posteriors.OfType<PoissonPosterior>().Select(p => Count(mixture, p, drawn))],
            Categories = [.. mixture.Posteriors.Select(Category).OfType<CategoryColumn>()],
            BoundTerms = [.. terms.Select(t => new BoundTerm(t.Name, t.Value, Explanation(t.Name)))],
            MissingValues = Missing(mixture, rows),
        };
    }

    /// <summary>What a fit says.</summary>
    public static MixtureReport Of(MixtureFit fit, IRowSource rows) => Of(fit.Mixture, rows, fit.Terms, fit.Counts) with
    {
        Converged = fit.Converged,
        Ending = fit.Reason,
        Restarts = [.. fit.Traces.Select(t => new RestartTrace([.. Enumerable.Range(0, t.Count).Select(i => (double)i)], t))],
    };

    private static TimeSeries Thin(IRowSource rows)
    {
        int width = rows.Names.Count, count = (int)Math.Min(MostRows, rows.Count);
        double[] values = new double[count * width];
        for (int n = 0; n < count; n++)
            rows.Read((long)((Int128)rows.Count * n / count), values.AsSpan(n * width, width));
        return new(values, width, 1, rows.Names);
    }

    private static MixtureComponent Component(Mixture mixture, IReadOnlyList<double> counts, int k)
    {
        List<double> centre = [], deviations = [];
        BlockPosterior[] gaussians = [.. mixture.Posteriors.Where(p => Gaussian(p, k) is not null)];
        int dimension = gaussians.Sum(p => p.Block.Columns.Count);
        double[] covariance = new double[dimension * dimension];
        foreach (BlockPosterior posterior in gaussians)
        {
            (double[] mean, double[] deviation, double[] own) = Gaussian(posterior, k)!.Value;
            for (int d = 0; d < mean.Length; d++)
                own.AsSpan(d * mean.Length, mean.Length).CopyTo(covariance.AsSpan(((centre.Count + d) * dimension) + centre.Count));
            centre.AddRange(mean);
            deviations.AddRange(deviation);
        }
        return new() { Weight = mixture.Weights.Mean[k], ExpectedRows = counts[k], Centre = centre, CentreDeviations = deviations, Covariance = covariance };
    }

    // The mean, how well it is known, and the inverse of the expected precision.
    private static (double[] Mean, double[] Deviation, double[] Covariance)? Gaussian(BlockPosterior posterior, int k)
    {
        switch (posterior)
        {
            case GaussianMeanPosterior p:
                return (p.Mean(k).ToArray(), [.. p.PrecisionOfMean(k).ToArray().Select(r => 1 / Math.Sqrt(r))], Spherical(p.Mean(k).Length, 1 / p.Precision));
            case NormalGammaPosterior p:
                double variance = 1 / p.Precision[k];
                return (p.Mean(k).ToArray(), [.. p.Kappa(k).ToArray().Select(kappa => Math.Sqrt(variance / kappa))], Spherical(p.Mean(k).Length, variance));
            case NormalWishartPosterior p:
                double[] covariance = [.. p.InverseScale(k).ToArray().Select(w => w / p.DegreesOfFreedom[k])];
                int n = p.Mean(k).Length;
                return (p.Mean(k).ToArray(), [.. Enumerable.Range(0, n).Select(d => Math.Sqrt(covariance[(d * n) + d] / p.Kappa[k]))], covariance);
            default:
                return null;
        }
    }

    private static double[] Spherical(int dimension, double variance)
    {
        double[] covariance = new double[dimension * dimension];
        for (int d = 0; d < dimension; d++)
            covariance[(d * dimension) + d] = variance;
        return covariance;
    }

    private static MixturePositions? Positions(Mixture mixture, TimeSeries rows, double[,] responsibilities)
    {
        string[] columns = [.. mixture.Posteriors.Where(p => Gaussian(p, 0) is not null).SelectMany(p => p.Block.Columns)];
        if (columns.Length == 0)
            return null;
        double[][] values = [.. columns.Select(c => rows.Column(Index(rows, c)))];
        double[] flat = new double[rows.Length * columns.Length], r = new double[responsibilities.Length];
        for (int n = 0; n < rows.Length; n++)
            for (int d = 0; d < columns.Length; d++)
                flat[(n * columns.Length) + d] = values[d][n];
        Buffer.BlockCopy(responsibilities, 0, r, 0, r.Length * sizeof(double));
        return new(columns, flat, r);
    }

    private static CountColumn Count(Mixture mixture, PoissonPosterior posterior, TimeSeries rows)
    {
        string column = posterior.Block.Columns[0];
        double[] values = rows.Column(Index(rows, column));
        int most = (int)Math.Min(MostCounts, values.Where(double.IsFinite).DefaultIfEmpty(0).Max());
        NegativeBinomial[] predictive = [.. Enumerable.Range(0, mixture.Components).Select(k => new NegativeBinomial(posterior.Shape[k], -Math.Log(posterior.Rate[k])))];
        double[] predicted = [.. Enumerable.Range(0, most + 1).Select(s => predictive.Select((p, k) => mixture.Weights.Mean[k] * Math.Exp(p.LogDensity(s))).Sum())];
        return new(column, values, predicted, [.. Enumerable.Range(0, mixture.Components).Select(k => Rate(posterior.Shape[k], posterior.Rate[k]))]);
    }

    private static Estimate Rate(double shape, double rate) => new(
        shape / rate, Math.Sqrt(shape) / rate, MathNet.Numerics.Distributions.Gamma.InvCDF(shape, rate, Tail), MathNet.Numerics.Distributions.Gamma.InvCDF(shape, rate, 1 - Tail));

    private static CategoryColumn? Category(BlockPosterior posterior) => posterior switch
    {
        BernoulliPosterior p => new(p.Block.Columns[0], ["1"], p.Mean),
        CategoricalPosterior p => new(p.Block.Columns[0], ((CategoricalBlock)p.Block).Levels, [.. Enumerable.Range(0, p.Components).SelectMany(p.Mean)]),
        _ => null,
    };

    private static string Missing(Mixture mixture, IRowSource rows)
    {
        string[] parts = [.. rows.Names.Select((name, c) => (name, rows.Profiles[c].Missing)).Where(m => m.Missing > 0).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Missing:N0} of {m.name}"))];
        string whole = mixture.Blocks.Any(b => b is NormalWishartBlock) ? " Of a Gaussian with a full covariance a row that lacks one of its values counts as lacking all of them." : "";
        return parts.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Missing: {string.Join(", ", parts)} (of {rows.Count:N0} rows). They were marginalised: what is there of a row counts, what is not does not.{whole}");
    }

    private static string Explanation(string term) => term switch
    {
        "assignments" => "E[log p(z | pi)]",
        "entropy of assignments" => "H[q(z)]: how uncertain the assignments are",
        _ when term.StartsWith("likelihood", StringComparison.Ordinal) => "E[log p(data | z, parameters)]",
        _ when term.StartsWith("prior", StringComparison.Ordinal) => "E[log p(parameters)]",
        _ => "H[q(parameters)]",
    };

    private static int Index(TimeSeries rows, string column)
    {
        for (int c = 0; c < rows.Dimension; c++)
            if (rows.Names[c] == column)
                return c;
        throw new ArgumentException($"there is no column '{column}'");
    }
}
