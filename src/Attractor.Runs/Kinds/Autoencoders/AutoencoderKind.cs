using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>A variational autoencoder of images or of the rows of a table.</summary>
public sealed class AutoencoderKind : ModelKind
{
    private const int MostShown = 2000;

    /// <inheritdoc/>
    public override string Name => VariationalAutoencoder.KindName;

    /// <inheritdoc/>
    public override string Description
        => "A variational autoencoder of images or of the rows of a table. Without data it learns digits that the program draws.";

    /// <inheritdoc/>
    public override string DataDescription => $"observations: a table as {DataFiles.One}, one a row; images have settings of their own";

    /// <inheritdoc/>
    public override bool CanBeDistributed => true;

    /// <inheritdoc/>
    public override SettingsForm Settings { get; } = SettingsForm.Of<AutoencoderSettings>();

    /// <inheritdoc/>
    public override IReadOnlyList<Capability> Capabilities { get; }
        =
        [
            new AutoencoderGeneration(),
            new AutoencoderReconstruction(),
            new AutoencoderInterpolation(),
            new AutoencoderEvaluation(),
            new AutoencoderReporting()
        ];

    /// <inheritdoc/>
    public override bool HasDataOfItsOwn => true;

    /// <inheritdoc/>
    public override string DataOf(string? named, ModelSettings given)
    {
        string? images = ((AutoencoderSettings)given).Images;
        return named is not null && images is not null
            ? throw new SettingException($"{named} and {nameof(AutoencoderSettings.Images):setting} {images} are both data: name one")
            : named ?? images ?? AutoencoderSettings.DrawnDigits;
    }

    /// <inheritdoc/>
    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => AutoencoderData.Read((AutoencoderSettings)settings, progress, cancellationToken);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        AutoencoderData samples = (AutoencoderData)data;
        AutoencoderSettings resolved = ((AutoencoderSettings)settings).Resolve(samples.Training.Dimension);
        resolved.RequireMemory(samples.Training.Dimension, samples.Training.Count);
        VariationalAutoencoder model = resolved.CreateModel(samples.Training.Dimension, samples.Image);
        Standardization? units = !resolved.HasUnits ? null
            : samples.Streamed is { } rows ? DataUnits.OfRows(resolved.Standardize, rows.Rows, exactly: true)
            : samples.Table is { } table ? DataUnits.Of(resolved.Standardize, [table], exactly: true)
            : null;
        resolved = resolved with { Standardize = DataUnits.Rule(units), Columns = samples.Streamed?.Variables ?? resolved.Columns };
        model.Standardization = units;
        AutoencoderTraining.Check(model, samples.Training, samples.Test, resolved.ToOptions());
        return new AutoencoderFit(resolved, model, samples);
    }

    internal override Func<string, ModelFigures>? FiguresAt(ModelSettings settings, TrainingData data)
    {
        // Rows that are shown are looked at in memory.
        AutoencoderData samples = (AutoencoderData)data is { Streamed: null } held
            ? held
            : AutoencoderData.Read((AutoencoderSettings)settings with { Stream = false });
        AutoencoderSettings resolved = (AutoencoderSettings)settings;
        VariationalAutoencoder model = (VariationalAutoencoder)Prepare(resolved with { Stream = false }, samples).Model;
        ObservationRows rows = samples.Images is { } images
            ? ObservationRows.Of(First(samples.TestImages ?? images), resolved.Binarization)
            : ObservationRows.Of(First(samples.TestTable ?? samples.Table!));
        return file =>
        {
            (VariationalAutoencoder learnt, long? update) = CheckpointParameters.At(model, model.Parameters, file);
            AutoencoderReport report = new()
            {
                Title = Name,
                Model = learnt,
                Observations = rows.Values,
                Labels = rows.Labels,
                Source = samples.Images is null ? "rows" : "images",
            };
            return new(report.Figures(), update);
        };
    }

    private static ImageSet First(ImageSet images) => images.Take(Math.Min(MostShown, images.Count));

    private static TimeSeries First(TimeSeries table) => table.Slice(0, Math.Min(MostShown, table.Length));

    /// <inheritdoc/>
    public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings) =>
    [
        ("generate", $"attractor generate {run} --count 64 -o {(((AutoencoderSettings)settings).IsTable ? "samples.npy" : "samples.png")}"),
        ("reconstruct", $"attractor reconstruct {run}"),
        ("interpolate", $"attractor interpolate {run} --from 0 --to 1"),
        ("evaluate", $"attractor evaluate {run} --draws 1,100,5000"),
    ];
}
