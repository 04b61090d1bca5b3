using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Evaluation;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The scores of the networks of subjects, each beside its own recording, and their medians.</summary>
/// <param name="Subjects">Numbers, recordings and scores.</param>
/// <param name="Names">The names of all subjects of the model.</param>
internal sealed record SubjectScores(
    IReadOnlyList<(int Subject, TimeSeries Truth, ModelEvaluation Scores)> Subjects, IReadOnlyList<string> Names)
{
    /// <summary>Whether every score is a number.</summary>
    public bool AreNumbers => Subjects.All(one => ModelScores.AreNumbers(one.Scores));

    /// <summary>Lets every network run beside its recording, in the units of the model.</summary>
    public static SubjectScores Of(
        HierarchicalShallowPlrnn model,
        IReadOnlyList<(int Subject, TimeSeries Series)> recordings,
        int lyapunovSteps,
        IProgress<string>? messages,
        CancellationToken cancellationToken)
    {
        List<(int, TimeSeries, ModelEvaluation)> scored = [];
        foreach ((int subject, TimeSeries series) in recordings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ShallowPlrnn network = model.NetworkOf(subject);
            TimeSeries truth = model.Standardization?.Apply(series) ?? series;
            EvaluationOptions options = OrbitScores.For(truth, network) with { LyapunovSteps = lyapunovSteps };
            scored.Add((subject, series, Reconstruction.EvaluateTrials(network, [truth], options, cancellationToken: cancellationToken)));
            if (scored.Count % 16 == 0)
                messages?.Report(FormattableString.Invariant($"{scored.Count} of {recordings.Count} subjects are scored"));
        }
        return new(scored, model.Subjects);
    }

    /// <summary>The medians over the subjects, then each.</summary>
    public JsonObject ToJson(double? dt)
    {
        JsonObject json = [];
        ModelScores.AddScores(json, Medians(), dt);
        json["finite"] = Subjects.All(one => one.Scores.Finite);
        json["subjects"] = new JsonArray([.. Subjects.Select(one =>
        {
            JsonObject scores = new() { ["name"] = Names[one.Subject], ["rows"] = one.Truth.Length };
            ModelScores.AddScores(scores, one.Scores.Scores, dt);
            scores["finite"] = one.Scores.Finite;
            return scores;
        })]);
        return json;
    }

    /// <summary>A table of the subjects under their medians.</summary>
    public (string[] Header, IReadOnlyList<string[]> Rows) Table()
    {
        ScoreEntry[] columns = [.. Subjects[0].Scores.Scores];
        return (
            ["subject", "rows", .. columns.Select(score => score.Symbol.Length > 0 ? score.Symbol : score.Key)],
            [
                ["median", "", .. Medians().Select(Text)],
                .. Subjects.Select(one => (string[])
                [
                    Names[one.Subject],
                    one.Truth.Length.ToString("N0", CultureInfo.InvariantCulture),
                    .. one.Scores.Scores.Select(Text),
                ]),
            ]);
    }

    private IEnumerable<ScoreEntry> Medians()
        => Subjects[0].Scores.Scores.Select((score, i) => score with
        {
            Value = ScoreMedian.Of(Subjects.Select(one => one.Scores.Scores[i].Value)),
            Floor = score.Floor is null ? null : ScoreMedian.Of(Subjects.Select(one => one.Scores.Scores[i].Floor ?? double.NaN)),
        });

    private static string Text(ScoreEntry score) => score.Value.ToString("G4", CultureInfo.InvariantCulture);
}
