using Attractor.Evaluation;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The report of a model that goes on by itself.</summary>
internal sealed class OrbitReport() : Capability<OrbitReportOptions>(Verbs.Report)
{
    protected override Answer Ask(TrainedModel model, OrbitReportOptions options, Request request)
    {
        SeriesSource.RequirePositive(options.Dt);
        string path = request.ReportOf(model);
        TimeSeries truth = request.Data is { } file ? model.Read(file, options.Dt) : model.TrainingData();
        ModelEvaluation scores = Reconstruction.Evaluate(model.Generative, truth, cancellationToken: request.Token);
        string data = request.Data is { } named ? $" --data {RunCommands.Quote(named)}" : "";
        RunReport.Write(
            path,
            $"{model.Name}: {model.Model.Kind}",
            model.Generative,
            truth,
            scores,
            model.IsRun ? RunFolder.ReadLosses(model.Path) : [],
            model.Config,
            [(
                "report",
                $"attractor report {RunCommands.Quote(model.Path)}{data} -o report.html")]);
        return Request.Reported(path);
    }
}
