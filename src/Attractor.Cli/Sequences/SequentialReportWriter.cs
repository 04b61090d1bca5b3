using Attractor.Cli.Runs;
using Attractor.Data;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Cli.Sequences;

/// <summary>What <c>attractor report</c> does with a sequential variational autoencoder.</summary>
internal static class SequentialReportWriter
{
    // Enough for a report; attractor evaluate takes all.
    private const int MostSequences = 100;

    private static readonly int[] s_draws = [1, 10];

    /// <summary>Writes the report.</summary>
    /// <param name="source">The model.</param>
    /// <param name="data">Sequences to show; null for those of its run.</param>
    /// <param name="path">The file.</param>
    /// <param name="token">Cancels.</param>
    public static void Write(SequentialSource source, string? data, string path, CancellationToken token)
    {
        SequenceSet set = source.Read(data);
        if (set.Count > MostSequences)
            set = new([.. set.Sequences.Take(MostSequences)]);
        SequentialScores scores = SequentialScores.Of(source, set, s_draws, 0, token);
        string run = RunCommands.Quote(source.Source.Path);
        new SequentialAutoencoderReport
        {
            Title = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Source.Path))}: {source.Model.Kind}",
            Model = source.Model,
            Sequence = set[0],
            Bounds = scores.Bounds,
            Comparison = scores is { Truth: { } truth, Sample: { } sample, Score: { } score } ? (truth, sample, score) : null,
            Epochs = source.Source.IsRun ? RunFolder.ReadEpochs(source.Source.Path) : [],
            Configuration = source.Source.Config is { } config ? [.. RunReport.Entries(config)] : [],
            Commands = source.Settings is { } known ? RunReport.Commands(source.Source.Path, known) : [("report", $"attractor report {run} --data data.npy -o report.html")],
        }.ToReport().Save(path);
    }
}
