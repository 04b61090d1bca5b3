using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// A catalogue of real earthquakes and two mixtures fitted to it: the document's, of round components of one size, and one with full
/// covariances, as faults are lines, and weights of which some may be nearly 0. The bound chooses the number of components of both.
/// </summary>
internal sealed class RealCatalogue
{
    // As catalogues name them; the first that is there is taken.
    private static readonly string[] s_longitudes = ["longitude", "lon", "long", "lng"],
        s_latitudes = ["latitude", "lat"], s_strengths = ["strength", "stations", "nst", "count", "sig"],
        s_magnitudes = ["magnitude", "mag"];

    private readonly string _file;
    private readonly SeriesRows _rows;
    private readonly string? _magnitude;
    private readonly bool _moved;
    private readonly ComponentSearch _documents, _freer;

    private RealCatalogue(
        string file, SeriesRows rows, string? magnitude, bool moved, ComponentSearch documents, ComponentSearch freer)
        => (_file, _rows, _magnitude, _moved, _documents, _freer) = (file, rows, magnitude, moved, documents, freer);

    /// <summary>Fits the mixtures to the catalogue in a file.</summary>
    public static RealCatalogue Fit(string path, EarthquakeSettings settings, CancellationToken token)
    {
        IReadOnlyList<string> names = TableFile.Names(path);
        string longitude = Required(path, names, s_longitudes), latitude = Required(path, names, s_latitudes);
        string? strength = Find(names, s_strengths), magnitude = strength is null ? Find(names, s_magnitudes) : null;
        List<ColumnRequest> columns = [new(longitude, ColumnKind.Real), new(latitude, ColumnKind.Real)];
        if (strength is not null)
            columns.Add(new(strength, ColumnKind.Count));
        (TimeSeries values, bool moved) = Unwrapped(TableFile.Read(path, columns).Values);
        SeriesRows rows = new(values);
        double[] variances = [rows.Profiles[0].Variance, rows.Profiles[1].Variance],
            means = [rows.Profiles[0].Mean, rows.Profiles[1].Mean];
        ConjugateBlock[] strengths = strength is null
            ? []
            : [new PoissonBlock(strength, settings.Alpha, settings.Alpha / rows.Profiles[2].Mean)];
        return new(
            Path.GetFileName(path), rows, magnitude, moved,
            Search(
                k => new(
                    k,
                    [new GaussianMeanBlock([longitude, latitude], settings.Tau, means, 1 / variances.Max()), .. strengths],
                    MixtureWeights.Uniform)),
            Search(
                k => new(
                    k,
                    [
                        new NormalWishartBlock([longitude, latitude], [2 * variances[0] / k, 0, 0, 2 * variances[1] / k], means),
                        .. strengths
                    ],
                    MixtureWeights.Dirichlet(settings.Concentration))));

        ComponentSearch Search(Func<int, Mixture> model)
            => ComponentSearch.Of(rows, settings.CatalogueComponents, model, settings.Restarts, settings.Seed, token);
    }

    public string Sentence()
    {
        MixtureFit fit = _freer.Fit;
        string missing = string.Concat(fit.Missing.Select(
            m => string.Create(CultureInfo.InvariantCulture, $"; {m.Value:N0} missing values of {m.Key} marginalised")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_file}: {_rows.Count:N0} earthquakes, {string.Join(", ", fit.Mixture.Columns)}{missing}\n  the document's model: "
            + $"K = {_documents.Components}, ELBO {_documents.Fit.Elbo:F2} nats. {_documents.Sentence}\n  full covariances, sparse "
            + $"weights: K = {_freer.Components}, {fit.Counts.Count(c => c >= 1)} in use, ELBO {fit.Elbo:F2} nats. {_freer.Sentence}"
            + $"{(LeftOut is { } left ? "\n  " + left : "")}{(_moved ? "\n  " + Cut : "")}");
    }

    /// <summary>The catalogue's lines of the comparison.</summary>
    public IEnumerable<Comparison> Comparisons()
    {
        yield return new(
            $"{_file}: ELBO of the document's model, K = {_documents.Components.ToString(CultureInfo.InvariantCulture)}",
            ComparedValue.None,
            ComparedValue.Number(_documents.Fit.Elbo, "F2"),
            $"Round components of one known size, equal weights; the bound chose K. {_documents.Sentence}");
        yield return new(
            $"{_file}: ELBO with full covariances and sparse weights, K = {_freer.Components.ToString(CultureInfo.InvariantCulture)}",
            ComparedValue.None,
            ComparedValue.Number(_freer.Fit.Elbo, "F2"),
            $"Faults are lines, not discs: the evidence says how much that is worth. {_freer.Sentence}");
    }

    /// <summary>Where its earthquakes come from and how strong they are, by the document's model, in words.</summary>
    public string Answer()
    {
        MixtureFit fit = _documents.Fit;
        GaussianMeanPosterior centres = (GaussianMeanPosterior)fit.Mixture.Posteriors[0];
        int[] all = [.. Enumerable.Range(0, fit.Mixture.Components).OrderByDescending(k => fit.Counts[k])];
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"The {_rows.Count:N0} of {_file}, by the document's model: from {all.Length} centres. Most, {fit.Counts[all[0]]:N0}, come "
            + $"from {Place(all[0])}, the next {fit.Counts[all[1 % all.Length]]:N0} from {Place(all[1 % all.Length])}.");
        if (fit.Mixture.Posteriors.Count < 2)
            return text;
        PoissonPosterior strengths = (PoissonPosterior)fit.Mixture.Posteriors[1];
        int strongest = all.MaxBy(k => strengths.Mean[k]), weakest = all.MinBy(k => strengths.Mean[k]);
        string name = strengths.Block.Columns[0];
        return text + string.Create(
            CultureInfo.InvariantCulture,
            $" The strongest have {strengths.Mean[strongest]:F1} {name} on average, about {Place(strongest)} ({fit.Counts[strongest]:N0} "
            + $"of them), the weakest {strengths.Mean[weakest]:F1}, about {Place(weakest)} ({fit.Counts[weakest]:N0}). That centres differ "
            + $"so much in strength is as much due to Poisson's narrow spread as to the place: one place with weak and strong earthquakes "
            + $"takes several components.");

        string Place(int k) => string.Create(CultureInfo.InvariantCulture, $"({centres.Mean(k)[0]:F1}, {centres.Mean(k)[1]:F1})");
    }

    public JsonObject ToJson() => new()
    {
        ["file"] = _file,
        ["rows"] = _rows.Count,
        ["columns"] = new JsonArray([.. _freer.Fit.Mixture.Columns.Select(c => (JsonNode)c)]),
        ["left_out"] = _magnitude,
        ["longitudes_moved"] = _moved,
        ["missing"] = new JsonObject(_freer.Fit.Missing.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))),
        ["document"] = Model(_documents),
        ["elbo"] = Json.Number(_freer.Fit.Elbo),
        ["elbo_by_components"] = _freer.ToJson(),
        ["starts"] = _freer.Fit.Traces.Count,
        ["starts_that_reached_it"] = _freer.Reached,
        ["converged"] = _freer.Fit.Converged,
        ["reason"] = _freer.Fit.Reason,
        ["components_in_use"] = _freer.Fit.Counts.Count(c => c >= 1),
        ["components"] = ComponentJson.Of(_freer.Fit.Mixture, _freer.Fit.Counts),
    };

    public IEnumerable<Section> Sections()
    {
        yield return new($"{_file}: how many components",
        [
            new Paragraph(
                $"Two models of {_rows.Count.ToString("N0", CultureInfo.InvariantCulture)} earthquakes. {LeftOut} "
                + $"{(_moved ? Cut : "")}".Trim()),
            new Row(
            [
                _documents.Figure() with { Title = "The document's model: known precision, equal weights" },
                _freer.Figure() with { Title = "Full covariances, sparse weights" }
            ]),
            new Paragraph($"The document's model: {_documents.Sentence} With full covariances: {_freer.Sentence}"),
        ]);
        foreach (Section section in MixtureFigures.Of(_documents.Fit, _rows).ToReport().Sections)
            yield return section with { Heading = $"{_file}, the document's model: {section.Heading.ToLowerInvariant()}" };
        foreach (Section section in MixtureFigures.Of(_freer.Fit, _rows).ToReport().Sections)
            yield return section with { Heading = $"{_file}: {section.Heading}" };
    }

    private string? LeftOut => _magnitude is { } name
        ? $"Its column {name} is of real numbers, not of counts, for which the document's Poisson distribution has no place: it is left "
            + $"out. "
            + "attractor train mixture takes it as a position."
        : null;

    private static string Cut
        => "Longitudes go on beyond 180 degrees, so that no fault is torn there: the circle is cut where there is most room.";

    private static JsonObject Model(ComponentSearch search) => new()
    {
        ["components"] = search.Components,
        ["elbo"] = Json.Number(search.Fit.Elbo),
        ["elbo_by_components"] = search.ToJson(),
        ["starts"] = search.Fit.Traces.Count,
        ["starts_that_reached_it"] = search.Reached,
    };

    private static (TimeSeries Values, bool Moved) Unwrapped(TimeSeries values)
    {
        (double[] longitudes, bool moved) = Longitudes.Unwrap(values.Column(0));
        if (!moved)
            return (values, false);
        double[] all = values.Values.ToArray();
        for (int n = 0; n < values.Length; n++)
            all[n * values.Dimension] = longitudes[n];
        return (new(all, values.Dimension, values.Dt, values.Names), true);
    }

    private static string? Find(IReadOnlyList<string> names, string[] candidates)
        => candidates.Select(c => names.FirstOrDefault(n => n.Equals(c, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(n => n is not null);

    private static string Required(string path, IReadOnlyList<string> names, string[] candidates)
        => Find(names, candidates) ?? throw new ArgumentException(
            $"{path} has no column {string.Join(" or ", candidates)}: attractor train mixture takes any columns");
}
