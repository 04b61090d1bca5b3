using Attractor.Data;
using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Runs;

/// <summary>A trained variational autoencoder, with what its run says of its data.</summary>
internal sealed class AutoencoderSource
{
    private AutoencoderSource(TrainedModel source, VariationalAutoencoder model, AutoencoderSettings? settings)
        => (Source, Model, Settings) = (source, model, settings);

    public TrainedModel Source { get; }

    public VariationalAutoencoder Model { get; }

    /// <summary>The settings of its run; null for a bare file.</summary>
    public AutoencoderSettings? Settings { get; }

    /// <summary>What became of grey pixels in its training; of a bare file they are rounded where it is Bernoulli.</summary>
    public Binarization Binarization => Settings?.Binarization
        ?? (Model.Options.Observation.Support == Domain.Binary ? Binarization.Rounded : Binarization.None);

    /// <summary>What its run says of it.</summary>
    public static AutoencoderSource Of(TrainedModel source)
        => new(source, (VariationalAutoencoder)source.Model, source.Settings as AutoencoderSettings);

    /// <summary>Observations of the model's variables: from a file, else what the run was tested on, else what it was trained on.</summary>
    /// <exception cref="ArgumentException">There are none, or they have other variables.</exception>
    public ObservationRows Read(string? file, string? labels = null, DataSelection? selection = null)
    {
        ObservationRows rows = file is not null ? FromFile(file, labels, selection) : FromRun();
        return rows.Dimension == Model.Observed
            ? rows
            : throw new ArgumentException(
                $"{file ?? "the data of the run"} has {rows.Dimension} variables, the model observes {Model.Observed}");
    }

    private ObservationRows FromFile(string file, string? labels, DataSelection? selection)
    {
        if (Model.Options.Image is null && SeriesSource.IsData(file))
            return ObservationRows.Of(AutoencoderData.Rows(file, Source.Recordings(file, Model.Observed, null, selection)));
        return ObservationRows.Of(ImageFile.Read(file, labels), Binarization);
    }

    private ObservationRows FromRun()
    {
        if (Settings is null)
            throw new ArgumentException($"{Source.Path} does not say what it was trained on: name a file of data");
        // What is asked of a model looks at rows in memory.
        AutoencoderData data = AutoencoderData.Read(Settings with { Stream = false });
        if (data.Images is { } images)
            return ObservationRows.Of(data.TestImages ?? images, Binarization);
        TimeSeries table = data.TestTable ?? data.Table!;
        return ObservationRows.Of(table);
    }
}
