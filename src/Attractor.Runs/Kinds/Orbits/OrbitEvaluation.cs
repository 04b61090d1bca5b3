using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>Compares the free run of a model with the truth.</summary>
internal sealed class OrbitEvaluation() : Capability<OrbitEvaluationOptions>(Verbs.Evaluate)
{
    protected override Answer Ask(TrainedModel model, OrbitEvaluationOptions options, Request request)
    {
        SeriesSource.RequirePositive(options.Dt);
        string file = request.Data
            ?? throw new ArgumentException($"which data? attractor evaluate {RunCommands.Quote(model.Path)} test.npy");
        DataReading reading = model.Trials(file, options.Dt, request.Selection, request.Understood);
        TimeSeries truth = reading.Longest;
        VerdictKind? required = options.Required();
        (IGenerativeModel scored, IReadOnlyList<TimeSeries> standard) = model.ToScore(reading.Trials);
        EvaluationOptions evaluation = OrbitScores.For(truth, model.Generative) with { LyapunovSteps = options.LyapunovSteps };
        IReadOnlyList<TimeSeries>? references = options.Reference is { } other
            ? model.ToScore(model.Trials(other, truth.Dt).Trials).Truth
            : null;
        ModelEvaluation scores = Reconstruction.EvaluateTrials(scored, standard, evaluation, references, request.Token);
        Verdict? verdict = options.Verdict
            ? Verdict.Of(scored, standard, request.Token).Beside(scores)
            : null;
        string? unmet = RunVerdict.Unmet(verdict, required);
        double? dt = options.Dt is not null || model.Dt is not null ? truth.Dt : null;
        JsonObject json = ModelScores.ToJson(scores, dt);
        TrialScores.AddTo(json, scores, reading.TrialNames, dt);
        if (verdict is not null)
            RunVerdict.AddTo(json, verdict);
        string[] lines =
        [
            ModelScores.ToText(scores, dt),
            .. TrialScores.ToText(scores, reading.TrialNames),
            .. verdict is null ? [] : (string[])[RunVerdict.ToText(verdict)],
            .. unmet is null ? [] : (string[])[unmet],
            $"  next: attractor report {RunCommands.Quote(model.Path)} --data {RunCommands.Quote(file)}",
        ];
        return new Scores(json, string.Join('\n', lines), ModelScores.AreNumbers(scores) && unmet is null);
    }
}
