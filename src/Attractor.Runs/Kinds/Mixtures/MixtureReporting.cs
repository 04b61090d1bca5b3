using Attractor.Data;
using Attractor.Learning;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The report of a mixture.</summary>
internal sealed class MixtureReporting() : Capability<NoOptions>(Verbs.Report)
{
    protected override Answer Ask(TrainedModel model, NoOptions options, Request request)
    {
        MixtureSource source = MixtureSource.Of(model);
        string path = request.ReportOf(model), run = model.Path;
        using RowStore rows = source.Open(source.File(request.Data), request.Token);
        (IReadOnlyList<ElboTerm> terms, IReadOnlyList<double> counts) = EvidenceLowerBound.Of(
            source.Model, rows, cancellationToken: request.Token);
        FitSummary? summary = model.IsRun ? RunFolder.ReadSummary(run) : null;
        IReadOnlyList<SweepPoint> sweeps = model.IsRun ? RunFolder.ReadSweeps(run) : [];
        MixtureReport report = MixtureFigures.Of(source.Model, rows, terms, counts) with
        {
            Title = $"{model.Name}: {source.Model.Kind}",
            Converged = summary?.Converged ?? false,
            Ending = summary?.Reason ?? "how the fit ended is not known",
            Restarts = [.. sweeps.GroupBy(s => s.Restart).OrderBy(g => g.Key).Select(
                g => new RestartTrace([.. g.Select(s => (double)s.Sweep)], [.. g.Select(s => s.Elbo)]))],
            Step = source.Settings?.IsStochastic == true ? "epoch" : "sweep",
            Configuration = model.Config is { } config ? [.. RunConfig.Entries(config)] : [],
            Commands = source.Settings is { } known
                ? RunCommands.ForReport(run, known)
                : [("report", $"attractor report {RunCommands.Quote(run)} --data rows.csv -o report.html")],
        };
        report.ToReport().Save(path);
        return Request.Reported(path);
    }
}
