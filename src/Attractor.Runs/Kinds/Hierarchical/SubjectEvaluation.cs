namespace Attractor.Runs;

/// <summary>Compares the free run of the network of each subject with its recording.</summary>
internal sealed class SubjectEvaluation() : Capability<SubjectEvaluationOptions>(Verbs.Evaluate)
{
    private const int MostLines = 12;

    protected override Answer Ask(TrainedModel model, SubjectEvaluationOptions options, Request request)
    {
        SeriesSource.RequirePositive(options.Dt);
        double? dt = options.Dt ?? model.Dt;
        SubjectScores scores = SubjectScores.Of(
            SubjectMap.Require(model),
            SubjectMap.Recordings(model, request.Data, options.Subject, options.Dt, request),
            options.LyapunovSteps,
            request.Messages,
            request.Token);
        (string[] header, IReadOnlyList<string[]> rows) = scores.Table();
        int[] widths = [.. header.Select(title => Math.Max(12, title.Length + 2))];
        string[] lines =
        [
            .. rows.Take(MostLines + 1).Prepend(header)
                .Select(row => row[0].PadRight(20) + string.Concat(row.Skip(1).Select((cell, i) => cell.PadLeft(widths[i + 1])))),
            .. rows.Count > MostLines + 1 ? (string[])[$"(the first {MostLines} of {scores.Subjects.Count} subjects)"] : [],
            $"  next: attractor report {RunCommands.Quote(model.Path)}",
        ];
        return new Scores(scores.ToJson(dt), string.Join('\n', lines), scores.AreNumbers);
    }
}
