using Attractor.Cli.Runs;
using Attractor.Evaluation;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Cli.Autoencoders;

/// <summary>What <c>attractor report</c> does with a variational autoencoder.</summary>
internal static class AutoencoderReportWriter
{
    private const int MostBounds = 500;

    private static readonly int[] s_draws = [1, 100];

    /// <summary>Writes the report.</summary>
    /// <param name="source">The model.</param>
    /// <param name="data">Observations to show; null for those of its run.</param>
    /// <param name="labels">Their labels, if they are in a file.</param>
    /// <param name="path">The file.</param>
    /// <param name="token">Cancels.</param>
    public static void Write(AutoencoderSource source, string? data, string? labels, string path, CancellationToken token)
    {
        ObservationRows rows = source.Read(data, labels);
        int evaluated = Math.Min(MostBounds, rows.Count);
        string run = RunCommands.Quote(source.Source.Path);
        bool images = source.Model.Options.Image is not null;
        bool test = data is null && source.Settings is { } settings && (settings.File("test_images") ?? settings.File("test_data")) is not null;
        new AutoencoderReport
        {
            Title = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Source.Path))}: {source.Model.Kind}",
            Model = source.Model,
            Observations = rows.Values,
            Labels = rows.Labels,
            Source = $"{(data is not null ? "given " : test || source.Settings?.Data == Settings.AutoencoderSettings.DrawnDigits ? "test " : "training ")}{(images ? "images" : "rows")}",
            Epochs = source.Source.IsRun ? RunFolder.ReadEpochs(source.Source.Path) : [],
            Bounds = ImportanceWeighting.Estimate(source.Model, rows.Samples.Take(evaluated), s_draws, cancellationToken: token),
            BoundSamples = evaluated,
            Configuration = source.Source.Config is { } config ? [.. RunReport.Entries(config)] : [],
            Commands = source.Settings is { } known ? RunReport.Commands(source.Source.Path, known) : [("report", $"attractor report {run} --data images.npy -o report.html")],
        }.ToReport().Save(path);
    }
}
