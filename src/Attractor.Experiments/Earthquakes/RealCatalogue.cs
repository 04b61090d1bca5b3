using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// A catalogue of real earthquakes and the mixture fitted to it: full covariances, as faults are lines,
/// and weights of which some may be nearly 0.
/// </summary>
internal sealed class RealCatalogue
{
    private const int Components = 10;
    private const double Concentration = 0.1;

    // As catalogues name them; the first that is there is taken.
    private static readonly string[] s_longitudes = ["longitude", "lon", "long", "lng"],
        s_latitudes = ["latitude", "lat"], s_strengths = ["strength", "stations", "nst", "count", "sig"];

    private readonly string _file;
    private readonly IRowSource _rows;
    private readonly MixtureFit _fit;

    private RealCatalogue(string file, IRowSource rows, MixtureFit fit) => (_file, _rows, _fit) = (file, rows, fit);

    /// <summary>Fits a mixture to the catalogue in a file.</summary>
    public static RealCatalogue Fit(string path, ulong seed, CancellationToken token)
    {
        IReadOnlyList<string> names = TableFile.Names(path);
        string longitude = Find(path, names, s_longitudes), latitude = Find(path, names, s_latitudes);
        string? strength = s_strengths.Select(s => names.FirstOrDefault(n => n.Equals(s, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(n => n is not null);
        List<ColumnRequest> columns = [new(longitude, ColumnKind.Real), new(latitude, ColumnKind.Real)];
        if (strength is not null)
            columns.Add(new(strength, ColumnKind.Count));
        SeriesRows rows = new(TableFile.Read(path, columns).Values);
        double[] variances = [rows.Profiles[0].Variance, rows.Profiles[1].Variance];
        List<ConjugateBlock> blocks =
        [
            new NormalWishartBlock(
                [longitude, latitude],
                [2 * variances[0] / Components, 0, 0, 2 * variances[1] / Components],
                [rows.Profiles[0].Mean, rows.Profiles[1].Mean]),
        ];
        if (strength is not null)
            blocks.Add(new PoissonBlock(strength, 1, 1 / rows.Profiles[2].Mean));
        MixtureFit fit = CoordinateAscent.Fit(
            new(Math.Min(Components, (int)Math.Min(int.MaxValue, rows.Count)), blocks, MixtureWeights.Dirichlet(Concentration)),
            rows,
            new() { Restarts = 20, Seed = seed },
            cancellationToken: token);
        token.ThrowIfCancellationRequested();
        return new(Path.GetFileName(path), rows, fit);
    }

    public string Sentence()
    {
        string missing = string.Concat(_fit.Missing.Select(
            m => string.Create(CultureInfo.InvariantCulture, $"; {m.Value:N0} missing values of {m.Key} marginalised")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_file}: {_rows.Count:N0} earthquakes, {string.Join(", ", _fit.Mixture.Columns)}: {_fit.Counts.Count(c => c >= 1)} of "
            + $"{_fit.Mixture.Components} components in use, ELBO {_fit.Elbo:F2} nats, {(_fit.Converged ? "converged" : "not converged")} "
            + $"in {_fit.Trace.Count - 1} sweeps ({_fit.Seconds:F1} s for {_fit.Traces.Count} starts){missing}");
    }

    public JsonObject ToJson() => new()
    {
        ["file"] = _file,
        ["rows"] = _rows.Count,
        ["columns"] = new JsonArray([.. _fit.Mixture.Columns.Select(c => (JsonNode)c)]),
        ["missing"] = new JsonObject(_fit.Missing.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))),
        ["elbo"] = Json.Number(_fit.Elbo),
        ["converged"] = _fit.Converged,
        ["reason"] = _fit.Reason,
        ["components_in_use"] = _fit.Counts.Count(c => c >= 1),
        ["components"] = ComponentJson.Of(_fit.Mixture, _fit.Counts),
    };

    public MixtureReport ToReport() => MixtureFigures.Of(_fit, _rows) with { Title = _file };

    private static string Find(string path, IReadOnlyList<string> names, string[] candidates)
        => names.FirstOrDefault(n => candidates.Contains(n, StringComparer.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"{path} has no column {string.Join(" or ", candidates)}: attractor train mixture takes any columns");
}
