using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Data;

namespace Attractor.Cli.Mixtures;

/// <summary>What <c>attractor evaluate</c> does with a mixture.</summary>
internal static class MixtureEvaluation
{
    /// <param name="source">The model.</param>
    /// <param name="data">The rows; null for those of its run.</param>
    /// <param name="output">Where the responsibilities go, if anywhere.</param>
    /// <param name="json">Whether for a program.</param>
    public static int Run(MixtureSource source, string? data, string? output, bool json)
    {
        string file = source.File(data);
        Table table = source.Read(file);
        double[] densities = source.Model.LogPredictive(table.Values);
        double mean = densities.Average(), error = Math.Sqrt(densities.Sum(d => (d - mean) * (d - mean)) / (densities.Length - 1) / densities.Length);
        double[,] responsibilities = source.Model.Responsibilities(table.Values);
        double[] counts = [.. Enumerable.Range(0, source.Model.Components).Select(k => Enumerable.Range(0, densities.Length).Sum(n => responsibilities[n, k]))];
        double certain = Enumerable.Range(0, densities.Length).Average(n => Enumerable.Range(0, counts.Length).Max(k => responsibilities[n, k]));
        if (output is not null)
            Write(output, responsibilities);
        if (json)
        {
            Json.Print(new JsonObject
            {
                ["data"] = file,
                ["rows"] = densities.Length,
                ["missing"] = new JsonObject(table.Columns.Zip(table.Missing).Where(m => m.Second > 0).Select(m => KeyValuePair.Create(m.First.Name, (JsonNode?)m.Second))),
                ["log_predictive"] = Json.Number(mean),
                ["standard_error"] = Json.Number(error),
                ["expected_rows"] = new JsonArray([.. counts.Select(Json.Number)]),
                ["mean_largest_responsibility"] = Json.Number(certain),
                ["responsibilities"] = output,
            });
            return 0;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"log predictive density   {mean:F4}{(double.IsNaN(error) ? "" : FormattableString.Invariant($" +- {error:F4}"))} nats per row, of {densities.Length:N0} {(densities.Length == 1 ? "row" : "rows")}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rows of each component   {string.Join(", ", counts.Select(c => c.ToString("F1", CultureInfo.InvariantCulture)))}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"certainty                {certain:P1} (mean of the largest responsibility of a row)"));
        if (data is null)
            Console.WriteLine("  these are the rows that it was fitted to: name others to learn how well it predicts");
        if (output is not null)
            Console.WriteLine($"  {output}: responsibilities, a row for each row and a column for each component");
        Console.WriteLine($"  next: attractor report {RunCommands.Quote(source.Source.Path)}");
        return 0;
    }

    private static void Write(string path, double[,] responsibilities)
    {
        double[] flat = new double[responsibilities.Length];
        Buffer.BlockCopy(responsibilities, 0, flat, 0, flat.Length * sizeof(double));
        int components = responsibilities.GetLength(1);
        SeriesFile.Write(path, new TimeSeries(flat, components, 1, [.. Enumerable.Range(1, components).Select(k => string.Create(CultureInfo.InvariantCulture, $"component {k}"))]));
    }
}
