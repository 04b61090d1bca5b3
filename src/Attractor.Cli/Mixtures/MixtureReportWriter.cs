using Attractor.Cli.Runs;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Cli.Mixtures;

/// <summary>What <c>attractor report</c> does with a mixture.</summary>
internal static class MixtureReportWriter
{
    /// <summary>Writes the report.</summary>
    /// <param name="source">The model.</param>
    /// <param name="data">Rows to show; null for those of its run.</param>
    /// <param name="path">The file.</param>
    /// <param name="token">Cancels.</param>
    public static void Write(MixtureSource source, string? data, string path, CancellationToken token)
    {
        string run = source.Source.Path;
        using RowStore rows = source.Open(source.File(data), token);
        (IReadOnlyList<ElboTerm> terms, IReadOnlyList<double> counts) = EvidenceLowerBound.Of(source.Model, rows, cancellationToken: token);
        FitSummary? summary = source.Source.IsRun ? RunFolder.ReadSummary(run) : null;
        IReadOnlyList<SweepPoint> sweeps = source.Source.IsRun ? RunFolder.ReadSweeps(run) : [];
        MixtureReport report = MixtureFigures.Of(source.Model, rows, terms, counts) with
        {
            Title = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(run))}: {source.Model.Kind}",
            Converged = summary?.Converged ?? false,
            Ending = summary?.Reason ?? "how the fit ended is not known",
            Restarts = [.. sweeps.GroupBy(s => s.Restart).OrderBy(g => g.Key).Select(g => new RestartTrace([.. g.Select(s => (double)s.Sweep)], [.. g.Select(s => s.Elbo)]))],
            Step = source.Settings?.IsStochastic == true ? "epoch" : "sweep",
            Configuration = source.Source.Config is { } config ? [.. RunReport.Entries(config)] : [],
            Commands = source.Settings is { } known ? RunReport.Commands(run, known) : [("report", $"attractor report {RunCommands.Quote(run)} --data rows.csv -o report.html")],
        };
        report.ToReport().Save(path);
    }
}
