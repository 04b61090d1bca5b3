using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The report of a model that goes on by itself.</summary>
internal sealed class OrbitReport() : Capability<OrbitReportOptions>(Verbs.Report)
{
    protected override Answer Ask(TrainedModel model, OrbitReportOptions options, Request request)
    {
        SeriesSource.RequirePositive(options.Dt);
        string path = request.ReportOf(model);
        DataReading reading = request.Data is { } file
            ? model.Trials(file, options.Dt, request.Selection, request.Understood)
            : model.TrainingTrials();
        TimeSeries truth = reading.Longest;
        (IGenerativeModel scored, IReadOnlyList<TimeSeries> standard) = model.ToScore(reading.Trials);
        ModelEvaluation scores = Reconstruction.EvaluateTrials(
            scored, standard, OrbitScores.For(truth, model.Generative), cancellationToken: request.Token);
        // Names and units are those of the longest recording that is scored, as is the orbit.
        if (scores.Trials.Where(trial => trial.LeftOut is null).MaxBy(trial => trial.Rows) is { } shown)
            truth = reading.Trials[shown.Index];
        Standardization? units = (model.Generative as StandardizedModel)?.Standardization;
        scores = scores with { Generated = units?.Undo(scores.Generated) ?? scores.Generated };
        (string Name, TimeSeries Truth, TimeSeries Generated)[] compared = [.. scores.Trials.Where(trial => trial.Generated is not null)
            .Select(trial => (
                reading.TrialNames[trial.Index],
                reading.Trials[trial.Index],
                units?.Undo(trial.Generated!) ?? trial.Generated!))];
        string again = request.Data is { } data
            ? $"attractor report {RunCommands.Quote(model.Path)} --data {RunCommands.Quote(data)} -o report.html"
            : $"attractor report {RunCommands.Quote(model.Path)} -o report.html";
        RunReport.Write(
            path,
            $"{model.Name}: {model.Model.Kind}",
            model.Generative,
            truth,
            scores,
            model.IsRun ? RunFolder.ReadLosses(model.Path) : [],
            model.Config,
            [("report", again)],
            verdict: Verdict.Of(scored, standard, request.Token).Beside(scores),
            choice: model.IsRun ? RaceSection.Of(model.Path) : null,
            trials: TrialScores.ToSection(scores, reading.TrialNames),
            recordings: reading.Trials,
            compared: compared.Length > 0 ? compared : null);
        return Request.Reported(path);
    }
}
