using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>The measurement noise of the data of a run, where its model learns without it.</summary>
internal static class DataNoise
{
    private const int MostNamed = 4;

    /// <summary>
    /// What is to be smoothed away by a rule; null for nothing. Of data that inputs drive nothing is: what these bring looks like noise.
    /// </summary>
    public static NoiseReduction? Of(SmoothingRule rule, IReadOnlyList<TimeSeries> trials)
        => rule is SmoothingRule.No || trials.Any(t => t.Inputs is not null || t.Dimension != trials[0].Dimension)
            ? null
            : NoiseReduction.Of(trials, revisits: true);

    /// <summary>The data without it, or as they are.</summary>
    public static IReadOnlyList<TimeSeries> Apply(NoiseReduction? noise, IReadOnlyList<TimeSeries> trials)
        => noise is null ? trials : [.. trials.Select(noise.Apply)];

    /// <summary>Adds what was done; nothing where nothing was.</summary>
    public static void AddTo(JsonObject json, NoiseReduction? noise)
    {
        if (noise is not null)
            json["noise_reduction"] = new JsonObject
            {
                ["noise"] = new JsonArray([.. noise.Noise.Select(Json.Number)]),
                ["window"] = new JsonArray([.. noise.Filters.Select((_, n) => JsonValue.Create(Window(noise, n)))]),
                ["order"] = new JsonArray([.. noise.Filters.Select(f => JsonValue.Create(f?.Order ?? 0))]),
                ["neighbours"] = new JsonArray(
                    [.. noise.Filters.Select((_, n) => JsonValue.Create(IsAveraged(noise, n) ? noise.Neighbours : 0))]),
            };
    }

    private static bool IsAveraged(NoiseReduction noise, int n) => noise.Filters[n] is null && noise.Noise[n] > 0;

    private static int Window(NoiseReduction noise, int n)
        => noise.Filters[n]?.Window ?? (IsAveraged(noise, n) ? noise.NeighbourWindow : 1);

    /// <summary>A line that says what was done, after a line break; empty where nothing was.</summary>
    /// <param name="noise">What was smoothed away.</param>
    /// <param name="units">Of the data that it was smoothed away from: standardised inside or not.</param>
    public static string Line(NoiseReduction? noise, Standardization? units)
    {
        if (noise is null)
            return "";
        IEnumerable<string> levels = noise.Noise.Select(n => n == 0 ? "none" : n.ToString("G2", CultureInfo.InvariantCulture));
        IEnumerable<string> windows = noise.Filters.Select((_, n) => Window(noise, n).ToString(CultureInfo.InvariantCulture));
        string inside = units is null ? "" : " (in standardised units)";
        string averaged = noise.Neighbours == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture, $", by the mean of the {noise.Neighbours} windows most alike where it bends fast");
        return $"\n  noise smoothed away before learning: standard deviation {Few(levels)}{inside}, over {Few(windows)} rows{averaged}";
    }

    private static string Few(IEnumerable<string> values)
    {
        string[] all = [.. values];
        return all.Distinct().Count() == 1 ? all[0] : string.Join(' ', all.Take(MostNamed)) + (all.Length > MostNamed ? " .." : "");
    }
}
