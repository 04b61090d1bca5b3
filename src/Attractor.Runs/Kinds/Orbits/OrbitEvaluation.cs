using System.Text.Json.Nodes;
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
        TimeSeries truth = model.Read(file, options.Dt, request.Selection, request.Understood);
        VerdictKind? required = options.Required();
        (IGenerativeModel scored, TimeSeries standard) = model.ToScore(truth);
        EvaluationOptions evaluation = OrbitScores.For(standard) with { LyapunovSteps = options.LyapunovSteps };
        NoiseFloors? floors = options.Reference is { } other
            ? NoiseFloors.OfRecording(standard, model.ToScore(model.Read(other, truth.Dt)).Truth, evaluation, request.Token)
            : null;
        ModelEvaluation scores = Reconstruction.Evaluate(scored, standard, evaluation, floors, request.Token);
        Verdict? verdict = options.Verdict ? Verdict.Of(scored, standard, request.Token).Beside(scores) : null;
        string? unmet = RunVerdict.Unmet(verdict, required);
        double? dt = options.Dt is not null || model.Dt is not null ? truth.Dt : null;
        JsonObject json = ModelScores.ToJson(scores, dt);
        if (verdict is not null)
            RunVerdict.AddTo(json, verdict);
        string[] lines =
        [
            ModelScores.ToText(scores, dt),
            .. verdict is null ? [] : (string[])[RunVerdict.ToText(verdict)],
            .. unmet is null ? [] : (string[])[unmet],
            $"  next: attractor report {RunCommands.Quote(model.Path)} --data {RunCommands.Quote(file)}",
        ];
        return new Scores(json, string.Join('\n', lines), ModelScores.AreNumbers(scores) && unmet is null);
    }
}
