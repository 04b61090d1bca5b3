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
        TimeSeries truth = request.Data is { } file
            ? model.Read(file, options.Dt, request.Selection, request.Understood)
            : model.TrainingData();
        (IGenerativeModel scored, TimeSeries standard) = model.ToScore(truth);
        ModelEvaluation scores = Reconstruction.Evaluate(scored, standard, OrbitScores.For(standard), cancellationToken: request.Token);
        if (model.Generative is StandardizedModel units)
            scores = scores with { Generated = units.Standardization.Undo(scores.Generated) };
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
            choice: model.IsRun ? RaceSection.Of(model.Path) : null);
        return Request.Reported(path);
    }
}
