using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>What is asked of one run, asked of all in a folder of seeds or in a study.</summary>
internal static class SeveralRuns
{
    /// <summary>Scores each, and says what is in the middle.</summary>
    public static Answer Evaluate(string path, Func<string, Answer> evaluate)
    {
        IReadOnlyList<string> runs = Finished(path);
        Answer[] answers = [.. runs.Select(evaluate)];
        JsonArray all = [];
        for (int i = 0; i < runs.Count; i++)
        {
            JsonObject one = new() { ["run"] = runs[i] };
            foreach ((string key, JsonNode? value) in answers[i].Json)
                one[key] = value?.DeepClone();
            all.Add((JsonNode)one);
        }
        JsonObject medians = SeedScores.Medians([.. answers.Select(a => a.Json)]);
        string text = string.Concat(runs.Zip(answers).Select(r => $"{r.First}\n{Short(r.Second)}\n"))
            + $"median of {runs.Count} runs\n{string.Join('\n', medians.Select(m => $"  {m.Key}  {StudyText.Value(m.Value)}"))}";
        return new(new JsonObject { ["runs"] = all, ["median"] = medians }, text, Array.TrueForAll(answers, a => a.Succeeded));
    }

    /// <summary>Writes one page: of a study its own, of seeds a table of their scores with the report of each beside it.</summary>
    public static Answer Report(string path, string? data, string? output, Func<string, Answer> report)
    {
        string page = output ?? Request.ReportIn(path);
        if (StudyFolder.IsOne(path))
        {
            using Study study = Study.Open(path, StoreVariable.Or(null));
            StudyReport.Write(study, page);
        }
        else
        {
            IReadOnlyList<string> runs = Finished(path);
            foreach (string run in runs)
                report(run);
            SeedScores.Write(page, path, runs, data, default);
        }
        return new(new JsonObject { ["report"] = page }, page);
    }

    /// <summary>Prints an answer.</summary>
    /// <returns>The exit code.</returns>
    public static int Conclude(Answer answer, bool json)
    {
        if (json)
            JsonOutput.Print(answer.Json);
        else
            Console.WriteLine(answer.Text);
        return answer.Succeeded ? 0 : 1;
    }

    // Without what to type next, which is said of one run.
    private static string Short(Answer answer)
        => string.Join('\n', answer.Text.Split('\n').Where(l => !l.StartsWith("  next:", StringComparison.Ordinal)));

    private static IReadOnlyList<string> Finished(string path)
    {
        IReadOnlyList<string> runs = RunSet.Of(path);
        return runs.Count > 0 ? runs : throw new IOException(
            $"{path} has no trial with a model yet: attractor study run {RunCommands.Quote(path)} trains them");
    }
}
