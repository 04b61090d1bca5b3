using Attractor.Evaluation;

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
        EvaluationOptions evaluation = new() { LyapunovSteps = options.LyapunovSteps };
        NoiseFloors? floors = options.Reference is { } other
            ? NoiseFloors.OfRecording(truth, model.Read(other, truth.Dt), evaluation, request.Token)
            : null;
        ModelEvaluation scores = Reconstruction.Evaluate(model.Generative, truth, evaluation, floors, request.Token);
        double? dt = options.Dt is not null || model.Dt is not null ? truth.Dt : null;
        return new Scores(
            ModelScores.ToJson(scores, dt),
            $"{ModelScores.ToText(scores, dt)}\n  next: attractor report {RunCommands.Quote(model.Path)} --data {RunCommands.Quote(file)}",
            scores.Finite);
    }
}
