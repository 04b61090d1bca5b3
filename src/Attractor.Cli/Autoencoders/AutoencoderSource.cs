using Attractor.Cli.Runs;
using Attractor.Cli.Settings;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Cli.Autoencoders;

/// <summary>A trained variational autoencoder named on the command line, with what its run says of its data.</summary>
internal sealed class AutoencoderSource
{
    private AutoencoderSource(ModelSource source, VariationalAutoencoder model, AutoencoderSettings? settings)
        => (Source, Model, Settings) = (source, model, settings);

    public ModelSource Source { get; }

    public VariationalAutoencoder Model { get; }

    /// <summary>The settings of its run; null for a bare file.</summary>
    public AutoencoderSettings? Settings { get; }

    /// <summary>What became of grey pixels in its training; of a bare file they are rounded where it is Bernoulli.</summary>
    public Binarization Binarization => Settings?.Binarization
        ?? (Model.Options.Observation == Observation.Bernoulli ? Binarization.Rounded : Binarization.None);

    /// <summary>Null if the source is another model.</summary>
    public static AutoencoderSource? Of(ModelSource source) => source.Learnt is VariationalAutoencoder model
        ? new(source, model, source.IsRun ? RunPlan.FromConfig(source.Path) as AutoencoderSettings : null)
        : null;

    /// <exception cref="ArgumentException">The path holds another model.</exception>
    public static AutoencoderSource Load(string path) => Require(ModelSource.Load(path));

    /// <exception cref="ArgumentException">The source is another model.</exception>
    public static AutoencoderSource Require(ModelSource source)
        => Of(source) ?? throw new ArgumentException($"{source.Path} holds a {source.Learnt.Kind}, not a {VariationalAutoencoder.KindName}");

    /// <summary>Observations of the model's variables: from a file, else what the run was tested on, else what it was trained on.</summary>
    /// <exception cref="ArgumentException">There are none, or they have other variables.</exception>
    public ObservationRows Read(string? file, string? labels = null)
    {
        ObservationRows rows = file is not null ? FromFile(file, labels) : FromRun();
        return rows.Dimension == Model.Observed
            ? rows
            : throw new ArgumentException($"{file ?? "the data of the run"} has {rows.Dimension} variables, the model observes {Model.Observed}");
    }

    private ObservationRows FromFile(string file, string? labels)
    {
        if (Model.Options.Image is null && SeriesSource.IsData(file))
            return ObservationRows.Of(SeriesFile.Read(file, 1));
        return ObservationRows.Of(ImageFile.Read(file, labels), Binarization);
    }

    private ObservationRows FromRun()
    {
        if (Settings is null)
            throw new ArgumentException($"{Source.Path} does not say what it was trained on: name a file of data");
        AutoencoderData data = AutoencoderData.Read(Settings);
        if (data.Images is { } images)
            return ObservationRows.Of(data.TestImages ?? images, Binarization);
        TimeSeries table = data.TestTable ?? data.Table!;
        return ObservationRows.Of(table);
    }
}
