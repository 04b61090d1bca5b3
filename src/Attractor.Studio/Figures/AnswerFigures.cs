using System.Text.Json;
using Attractor.Data;
using Attractor.Reports;
using Attractor.Studio.Folders;
using Attractor.Studio.Work;

namespace Attractor.Studio.Figures;

/// <summary>What of an answer is better seen than read.</summary>
internal static class AnswerFigures
{
    private const int MostRows = 1500, MostVariables = 3;

    /// <summary>Its figures; none of one that is numbers.</summary>
    public static IReadOnlyList<Figure> Of(Job job, JsonElement answer, StudioFolder folder)
    {
        if (job.File is { } file)
            return job.State == JobState.Done && folder.FindDataFile(file) is { } path ? Orbit(job.Title, path) : [];
        return (Numbers(answer, "spectrum") ?? Numbers(answer, "spectrum_per_step")) is { Length: > 1 } exponents
            ? [Spectrum(exponents, answer.TryGetProperty("dt", out JsonElement dt) && dt.ValueKind == JsonValueKind.Number)]
            : [];
    }

    private static LineFigure Spectrum(double[] exponents, bool hasTime) => new(
        "Lyapunov spectrum",
        "Above 0 are directions in which errors grow; a flow has one exponent of 0.",
        "index",
        hasTime ? "exponent, per unit of time" : "exponent, per step",
        [new("exponent", "--generated", [.. exponents.Select((_, i) => i + 1.0)], exponents) { Style = CurveStyle.LinesAndDots }])
    {
        Height = 260,
    };

    private static IReadOnlyList<Figure> Orbit(string title, string path)
    {
        TimeSeries series = SeriesFile.Read(path);
        int rows = Math.Min(MostRows, series.Length);
        double[] x = [.. Enumerable.Range(0, rows).Select(t => (double)t)];
        return
        [
            new LineFigure(
                title, $"The first {rows} of {series.Length} rows.", "row", "value",
                [.. Enumerable.Range(0, Math.Min(MostVariables, series.Dimension)).Select(
                    n => new Curve(series.Names[n], CurveFigures.Color(n), x, [.. series.Column(n).Take(rows)]))])
            {
                Height = 260,
            }
        ];
    }

    private static double[]? Numbers(JsonElement answer, string key)
        => answer.TryGetProperty(key, out JsonElement values) && values.ValueKind == JsonValueKind.Array
            && values.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number)
            ? [.. values.EnumerateArray().Select(v => v.GetDouble())]
            : null;
}
