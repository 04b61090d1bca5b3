using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The report of a zero-shot model: its scores on systems that it has not learnt from, and its training.</summary>
internal sealed class ZeroShotReporting() : Capability<HeldOutOptions>(Verbs.Report)
{
    protected override Answer Ask(TrainedModel model, HeldOutOptions options, Request request)
    {
        string path = request.ReportOf(model);
        HeldOutScores scores = HeldOutEvaluation.Of(model, options, request);
        DynaMixModel network = (DynaMixModel)model.Model;
        (string[] header, IReadOnlyList<string[]> rows) = scores.Table();
        IReadOnlyList<LossPoint> losses = model.IsRun ? RunFolder.ReadLosses(model.Path) : [];
        List<Section> sections =
        [
            new("Systems that it has not learnt from", [
                new Paragraph(FormattableString.Invariant(
                    $"From contexts of {options.Context:N0} rows, {options.Period:G4} to a period, it goes on for {options.Steps:N0} rows ")
                    + "beside what followed. The floor is the score of another recording of the system itself. " + scores.Summary() + "."),
                new TableElement([header[0], .. header.Skip(1).Select(h => h + "#")], rows)]),
        ];
        if (losses.Count > 0)
            sections.Add(new("Training", [Loss(losses)]));
        if (model.Config is { } config)
            sections.Add(new("Settings", [new KeyValueTable([.. RunConfig.Entries(config)])]));
        string run = RunCommands.Quote(model.Path);
        sections.Add(new("How to go on", [new CommandList(
            [("report", $"attractor report {run} -o report.html"), ("forecast", $"attractor forecast data.csv --weights {run}")])]));
        new Report(
            $"{model.Name}: {network.Kind}",
            $"{network.Description}: {network.ParameterCount} learnt parameters.",
            sections).Save(path);
        return Request.Reported(path);
    }

    private static LineFigure Loss(IReadOnlyList<LossPoint> losses) => new(
        "Training loss",
        "The mean of e log(1 + s / e) over the windows, s the mean squared error of a window in variances of its context.",
        "update",
        "loss",
        [new("loss", "--true", [.. losses.Select(p => (double)p.Update)], [.. losses.Select(p => p.Loss)])])
    {
        LogY = true,
    };
}
