using Attractor.Data;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The report of a sequential variational autoencoder.</summary>
internal sealed class SequentialReporting() : Capability<OrbitReportOptions>(Verbs.Report)
{
    // Enough for a report; attractor evaluate takes all.
    private const int MostSequences = 100;

    private static readonly int[] s_draws = [1, 10];

    protected override Answer Ask(TrainedModel model, OrbitReportOptions options, Request request)
    {
        SeriesSource.RequirePositive(options.Dt);
        SequentialSource source = SequentialSource.Of(model);
        string path = request.ReportOf(model), run = RunCommands.Quote(model.Path);
        SequenceSet set = source.Read(request.Data, request.Selection);
        if (set.Count > MostSequences)
            set = new([.. set.Sequences.Take(MostSequences)]);
        SequentialScores scores = SequentialScores.Of(source, set, s_draws, 0, request.Token);
        new SequentialAutoencoderReport
        {
            Title = $"{model.Name}: {source.Model.Kind}",
            Model = source.Model,
            Sequence = set[0],
            Bounds = scores.Bounds,
            Comparison = scores is { Truth: { } truth, Sample: { } sample, Score: { } score } ? (truth, sample, score) : null,
            Epochs = model.IsRun ? RunFolder.ReadEpochs(model.Path) : [],
            Configuration = model.Config is { } config ? [.. RunConfig.Entries(config)] : [],
            Commands = source.Settings is { } known
                ? RunCommands.ForReport(model.Path, known)
                : [("report", $"attractor report {run} --data data.npy -o report.html")],
        }.ToReport().Save(path);
        return Request.Reported(path);
    }
}
