using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor compare</c> and <c>attractor study compare</c>: two sets of runs by one number.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        Argument<string> first = new("first") { Description = "a study, a folder of seeds or a run" };
        Argument<string> second = new("second") { Description = "another" };
        Option<string?> metric = new("--metric")
        {
            Description = "the number [the objective of the studies, else d_stsp]",
            HelpName = "metric",
        };
        Option<string?> data = new("--data") { Description = "data to evaluate runs that are of no study on", HelpName = "file" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("compare", "Compare two studies, two folders of seeds or two runs by one number.")
        {
            first, second, metric, data, json,
        };
        command.SetCancellableAction((parsed, token) =>
        {
            (string a, string b) = (parsed.GetValue(first)!, parsed.GetValue(second)!);
            string? file = parsed.GetValue(data);
            StudyObjective by = parsed.GetValue(metric) is { } word ? StudyObjective.Parse(word) : RunSet.ObjectiveOf(a, b);
            double[] of = RunSet.Values(a, by, file, token), against = RunSet.Values(b, by, file, token);
            StudyComparison compared = new(by.Metric, by.Maximize, of, against);
            bool both = of.Length > 0 && against.Length > 0;
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject
                {
                    ["metric"] = by.ToString(),
                    ["first"] = Described(compared, a, of),
                    ["second"] = Described(compared, b, against),
                    ["share_first_better"] = both ? Json.Number(compared.ShareBetter) : null,
                    ["probability_by_chance"] = Json.Number(compared.Probability),
                });
            else
                Console.WriteLine($"{by}\n  {a}: {compared.ToText(of)}\n  {b}: {compared.ToText(against)}" + (both
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"\n  the first is better in {100 * compared.ShareBetter:F0} % of pairs; "
                        + $"by chance so or more in {compared.Probability:G2}")
                    : ""));
            if (both)
                return 0;
            Console.Error.WriteLine($"attractor: {(of.Length == 0 ? a : b)} has no run with a finite {by.Metric}");
            return 1;
        });
        return command;
    }

    private static JsonObject Described(StudyComparison compared, string path, double[] values)
    {
        JsonObject json = new() { ["path"] = path };
        foreach ((string key, JsonNode? value) in compared.ToJson(values))
            json[key] = value?.DeepClone();
        return json;
    }
}
