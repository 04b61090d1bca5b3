using System.Text.Json;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>A mixture, rows and responsibilities to start from, with what another implementation makes of them in four sweeps.</summary>
internal sealed class MixtureCase
{
    public const int Sweeps = 4;

    private static readonly IReadOnlyList<MixtureCase> s_all =
        [.. Golden.Read("mixture_sweeps.golden.json").GetProperty("cases").EnumerateArray().Select(e => new MixtureCase(e))];

    public MixtureCase(JsonElement json)
    {
        Json = json;
        string[] names = [.. json.GetProperty("names").EnumerateArray().Select(n => n.GetString()!)];
        (Rows, Query) = (Table(json.GetProperty("rows"), names), Table(json.GetProperty("query"), names));
        Start = Matrix(json.GetProperty("start"));
    }

    public static IEnumerable<string> Names => s_all.Select(c => c.Name);

    public JsonElement Json { get; }

    public string Name => Json.GetProperty("name").GetString()!;

    public TimeSeries Rows { get; }

    /// <summary>Rows that were not learnt from.</summary>
    public TimeSeries Query { get; }

    public double[,] Start { get; }

    public CoordinateAscentOptions Options => new() { Responsibilities = Start, MaxSweeps = Sweeps, Tolerance = 1e-300 };

    public static MixtureCase Of(string name) => s_all.Single(c => c.Name == name);

    public Mixture Model() => new(
        Json.GetProperty("components").GetInt32(),
        [.. Json.GetProperty("blocks").EnumerateArray().Select(Block)],
        Weights(Json.GetProperty("weights")));

    public static double[,] Matrix(JsonElement rows)
    {
        double[][] values = [.. rows.EnumerateArray().Select(r => r.Doubles())];
        double[,] matrix = new double[values.Length, values[0].Length];
        for (int n = 0; n < values.Length; n++)
            for (int k = 0; k < values[n].Length; k++)
                matrix[n, k] = values[n][k];
        return matrix;
    }

    private static TimeSeries Table(JsonElement rows, string[] names)
        => new(
            [.. rows.EnumerateArray().SelectMany(r => r.EnumerateArray()).Select(
                v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())],
            names.Length,
            1,
            names);

    private static MixtureWeights Weights(JsonElement json)
        => json.TryGetProperty("known", out JsonElement known)
            ? MixtureWeights.Fixed(known.Doubles())
            : MixtureWeights.Dirichlet(json.GetProperty("dirichlet").Doubles());

    private static ConjugateBlock Block(JsonElement json)
    {
        string[] columns = [.. json.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)];
        return json.GetProperty("kind").GetString() switch
        {
            GaussianMeanBlock.KindName when json.TryGetProperty("tau", out JsonElement tau)
                => new GaussianMeanBlock(columns, tau.GetDouble(), Vector("nu"), Number("rho")),
            GaussianMeanBlock.KindName => new GaussianMeanBlock(columns, Number("shape"), Number("rate"), Vector("nu"), Number("rho")),
            NormalGammaBlock.KindName => new NormalGammaBlock(columns, Vector("nu"), Number("kappa"), Number("shape"), Number("rate")),
            NormalWishartBlock.KindName
                => new NormalWishartBlock(columns, Vector("inverse_scale"), Vector("nu"), Number("kappa"), Number("v")),
            PoissonBlock.KindName => new PoissonBlock(columns[0], Number("shape"), Number("rate")),
            BernoulliBlock.KindName => new BernoulliBlock(columns[0], Number("ones"), Number("zeros")),
            CategoricalBlock.KindName => new CategoricalBlock(
                columns[0],
                [.. Enumerable.Range(0, json.GetProperty("levels").GetInt32()).Select(c => $"level {c}")],
                Number("concentration")),
            string other => throw new NotSupportedException(other),
            null => throw new NotSupportedException("no kind"),
        };

        double Number(string name) => json.GetProperty(name).GetDouble();

        double[] Vector(string name) => json.GetProperty(name).Doubles();
    }
}
