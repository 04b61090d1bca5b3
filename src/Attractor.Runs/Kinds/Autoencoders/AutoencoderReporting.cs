using Attractor.Evaluation;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>The report of a variational autoencoder.</summary>
internal sealed class AutoencoderReporting() : Capability<AutoencoderReportOptions>(Verbs.Report)
{
    private const int MostBounds = 500;

    private static readonly int[] s_draws = [1, 100];

    protected override Answer Ask(TrainedModel model, AutoencoderReportOptions options, Request request)
    {
        if (options.Labels is not null && request.Data is null)
            throw new SettingException(
                $"{nameof(options.Labels):setting} are those of {nameof(request.Data):setting}: name the images too");
        AutoencoderSource source = AutoencoderSource.Of(model);
        string? data = request.Data;
        string path = request.ReportOf(model), run = RunCommands.Quote(model.Path);
        ObservationRows rows = source.Read(data, options.Labels, request.Selection);
        int evaluated = Math.Min(MostBounds, rows.Count);
        bool images = source.Model.Options.Image is not null;
        bool test = data is null && source.Settings is { } settings && (settings.TestImages ?? settings.TestData) is not null;
        string part = data is not null ? "given"
            : test || source.Settings?.Data == AutoencoderSettings.DrawnDigits ? "test"
            : "training";
        new AutoencoderReport
        {
            Title = $"{model.Name}: {source.Model.Kind}",
            Model = source.Model,
            Observations = rows.Values,
            Labels = rows.Labels,
            Source = $"{part} {(images ? "images" : "rows")}",
            Epochs = model.IsRun ? RunFolder.ReadEpochs(model.Path) : [],
            Bounds = ImportanceWeighting.Estimate(source.Model, rows.Samples.Take(evaluated), s_draws, cancellationToken: request.Token),
            BoundSamples = evaluated,
            Configuration = model.Config is { } config ? [.. RunConfig.Entries(config)] : [],
            Commands = source.Settings is { } known
                ? RunCommands.ForReport(model.Path, known)
                : [("report", $"attractor report {run} --data images.npy -o report.html")],
        }.ToReport().Save(path);
        return Request.Reported(path);
    }
}
