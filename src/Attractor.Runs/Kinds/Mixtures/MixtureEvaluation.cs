using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>How well a mixture predicts rows, and of which components they are.</summary>
internal sealed class MixtureEvaluation() : Capability<MixtureEvaluationOptions>(Verbs.Evaluate)
{
    protected override Answer Ask(TrainedModel model, MixtureEvaluationOptions options, Request request)
    {
        MixtureSource source = MixtureSource.Of(model);
        string file = source.File(request.Data);
        Table table = source.Read(file);
        double[] densities = source.Model.LogPredictive(table.Values);
        double mean = densities.Average(),
            error = Math.Sqrt(densities.Sum(d => (d - mean) * (d - mean)) / (densities.Length - 1) / densities.Length);
        double[,] responsibilities = source.Model.Responsibilities(table.Values);
        double[] counts = [.. Enumerable.Range(0, source.Model.Components).Select(
            k => Enumerable.Range(0, densities.Length).Sum(n => responsibilities[n, k]))];
        double certain = Enumerable.Range(0, densities.Length).Average(
            n => Enumerable.Range(0, counts.Length).Max(k => responsibilities[n, k]));
        if (options.Responsibilities is { } output)
            Write(output, responsibilities);
        JsonObject json = new JsonObject
        {
            ["data"] = file,
            ["rows"] = densities.Length,
            ["missing"] = new JsonObject(table.Columns.Zip(table.Missing).Where(m => m.Second > 0).Select(
                m => KeyValuePair.Create(m.First.Name, (JsonNode?)m.Second))),
            ["log_predictive"] = Json.Number(mean),
            ["standard_error"] = Json.Number(error),
            ["expected_rows"] = new JsonArray([.. counts.Select(Json.Number)]),
            ["mean_largest_responsibility"] = Json.Number(certain),
            ["responsibilities"] = options.Responsibilities,
        };
        List<string> lines = [];
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"log predictive density   {mean:F4}{(double.IsNaN(error) ? "" : FormattableString.Invariant($" +- {error:F4}"))} nats per "
            + $"row, of {densities.Length:N0} {(densities.Length == 1 ? "row" : "rows")}"));
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"rows of each component   {string.Join(", ", counts.Select(c => c.ToString("F1", CultureInfo.InvariantCulture)))}"));
        lines.Add(string.Create(
            CultureInfo.InvariantCulture, $"certainty                {certain:P1} (mean of the largest responsibility of a row)"));
        if (request.Data is null)
            lines.Add("  these are the rows that it was fitted to: name others to learn how well it predicts");
        if (options.Responsibilities is not null)
            lines.Add($"  {options.Responsibilities}: responsibilities, a row for each row and a column for each component");
        lines.Add($"  next: attractor report {RunCommands.Quote(model.Path)}");
        return new Scores(json, string.Join('\n', lines));
    }

    private static void Write(string path, double[,] responsibilities)
    {
        double[] flat = new double[responsibilities.Length];
        Buffer.BlockCopy(responsibilities, 0, flat, 0, flat.Length * sizeof(double));
        int components = responsibilities.GetLength(1);
        SeriesFile.Write(path, new TimeSeries(
            flat,
            components,
            1,
            [.. Enumerable.Range(1, components).Select(k => string.Create(CultureInfo.InvariantCulture, $"component {k}"))]));
    }
}
