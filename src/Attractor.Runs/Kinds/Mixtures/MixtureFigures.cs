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
        string shown = drawn.Length < rows.Count
            ? string.Create(CultureInfo.InvariantCulture, $" Figures show {drawn.Length:N0} of the rows.")
            : "";
        return new()
        {
            Title = mixture.Kind,
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"A mixture: {mixture.Description}. Fitted to {rows.Count:N0} rows by mean-field variational inference.{shown}"),
            Rows = (int)Math.Min(int.MaxValue, rows.Count),
            Components = [.. Enumerable.Range(0, mixture.Components).Select(k => Component(mixture, counts, k))],
            Bound = EvidenceLowerBound.Sum(terms),
            Converged = false,
            Ending = "",
            Blocks = MixtureBlock.Of(mixture.Blocks),
            Concentration = mixture.Weights.IsFixed ? null : "delta",
            Positions = Positions(mixture, drawn, rows.Count, responsibilities),
            Counts = [.. mixture.Posteriors.Where(p => p.View(0) is RateView).Select(p => Count(mixture, p, drawn))],
            Categories = [.. mixture.Posteriors.Where(p => p.View(0) is CategoryView).Select(Category)],
            Parameters = [.. mixture.Posteriors.Where(p => p.View(0) is null).Select(Table)],
            BoundTerms = [.. terms.Select(t => new BoundTerm(t.Name, t.Value, Explanation(t.Name)))],
            Priors = Priors(mixture),
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
        PositionView[] places = [.. mixture.Posteriors.Select(p => p.View(k)).OfType<PositionView>()];
        int dimension = places.Sum(p => p.Centre.Count), at = 0;
        double[] covariance = new double[dimension * dimension];
        foreach (PositionView place in places)
        {
            int own = place.Centre.Count;
            for (int d = 0; d < own; d++)
                for (int e = 0; e < own; e++)
                    covariance[((at + d) * dimension) + at + e] = place.Covariance[(d * own) + e];
            at += own;
        }
        return new()
        {
            Weight = mixture.Weights.Mean[k],
            ExpectedRows = counts[k],
            Centre = [.. places.SelectMany(p => p.Centre)],
            CentreDeviations = [.. places.SelectMany(p => p.CentreDeviations)],
            Covariance = covariance,
        };
    }

    private static MixturePositions? Positions(Mixture mixture, TimeSeries rows, long count, double[,] responsibilities)
    {
        string[] columns = [.. mixture.Posteriors.Where(p => p.View(0) is PositionView).SelectMany(p => p.Block.Columns)];
        if (columns.Length == 0)
            return null;
        double[][] values = [.. columns.Select(c => rows.Column(Index(rows, c)))];
        double[] flat = new double[rows.Length * columns.Length], r = new double[responsibilities.Length];
        for (int n = 0; n < rows.Length; n++)
            for (int d = 0; d < columns.Length; d++)
                flat[(n * columns.Length) + d] = values[d][n];
        Buffer.BlockCopy(responsibilities, 0, r, 0, r.Length * sizeof(double));
        return new(columns, flat, r) { AllRows = count };
    }

    private static TableElement Priors(Mixture mixture) => new(
        ["prior", "parameter", "value#"],
        [
            .. mixture.Blocks.SelectMany(block => block.Hyperparameters.Select(h => (string[])[
                $"{block.Label}: {block.Family}", h.Name.Replace('_', ' '), Text(h)])),
            mixture.Prior.Concentration is { } delta
                ? (string[])["weights: Dirichlet", "concentration", Several(delta)]
                : ["weights: known", "proportions", mixture.Prior.Proportions is { } known ? Several(known) : "all the same"],
        ]);

    private static CountColumn Count(Mixture mixture, BlockPosterior posterior, TimeSeries rows)
    {
        string column = posterior.Block.Columns[0];
        double[] values = rows.Column(Index(rows, column));
        int most = (int)Math.Min(MostCounts, values.Where(double.IsFinite).DefaultIfEmpty(0).Max());
        double[] predicted = [.. Enumerable.Range(0, most + 1).Select(s => Enumerable.Range(0, mixture.Components)
            .Select(k => mixture.Weights.Mean[k] * Math.Exp(posterior.LogPredictive(k, [s])))
            .Sum())];
        return new(
            column, values, predicted, [.. Enumerable.Range(0, mixture.Components).Select(k => Rate(((RateView)posterior.View(k)!).Rate))]);
    }

    private static Estimate Rate(Gamma rate) => new(
        rate.Mean, Math.Sqrt(rate.Shape) / rate.Rate,
        MathNet.Numerics.Distributions.Gamma.InvCDF(rate.Shape, rate.Rate, Tail),
        MathNet.Numerics.Distributions.Gamma.InvCDF(rate.Shape, rate.Rate, 1 - Tail));

    private static CategoryColumn Category(BlockPosterior posterior)
    {
        CategoryView[] views = [.. Enumerable.Range(0, posterior.Components).Select(k => (CategoryView)posterior.View(k)!)];
        return new(posterior.Block.Columns[0], views[0].Categories, [.. views.SelectMany(v => v.Probabilities)]);
    }

    // What a block tells of itself, where there is nothing to draw.
    private static TableElement Table(BlockPosterior posterior)
    {
        IReadOnlyList<BlockValue>[] values = [.. Enumerable.Range(0, posterior.Components).Select(posterior.Describe)];
        return new(
            [$"component ({posterior.Block.Label})", .. values[0].Select(v => v.Name + "#")],
            [.. values.Select((own, k) => (string[])[(k + 1).ToString(CultureInfo.InvariantCulture), .. own.Select(Text)])]);
    }

    private static string Text(BlockValue value) => value.Words is { } words ? string.Join(", ", words) : Several(value.Numbers);

    private static string Several(IEnumerable<double> numbers)
        => string.Join(", ", numbers.Select(n => n.ToString("G4", CultureInfo.InvariantCulture)));

    private static string Missing(Mixture mixture, IRowSource rows)
    {
        string[] parts = [.. rows.Names.Select((name, c) => (name, rows.Profiles[c].Missing)).Where(m => m.Missing > 0).Select(
            m => string.Create(CultureInfo.InvariantCulture, $"{m.Missing:N0} of {m.name}"))];
        string whole = mixture.Blocks.Any(b => b.NeedsCompleteRows)
            ? " Of a Gaussian with a full covariance a row that lacks one of its values counts as lacking all of them."
            : "";
        return parts.Length == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Missing: {string.Join(", ", parts)} (of {rows.Count:N0} rows). They were marginalised: what is there of a row counts, "
                + $"what is not does not.{whole}");
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
