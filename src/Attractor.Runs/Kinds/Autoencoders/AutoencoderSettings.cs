using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Runs;

/// <summary>The settings of a variational autoencoder.</summary>
[InheritedSettings(nameof(ImportanceSamples), nameof(Beta), nameof(WarmUpEpochs), nameof(WarmUpStart))]
[InheritedSettings(nameof(Clip), nameof(Seed), nameof(Precision))]
[InheritedSettings(nameof(Shards), nameof(Threads), nameof(MaxDivergences))]
[SettingsGroup(SettingGroup.Learning)]
public sealed record AutoencoderSettings : MinibatchSettings
{
    /// <summary>What stands for the digits that the program draws, where a file would be named.</summary>
    public const string DrawnDigits = "digits";

    private static readonly AutoencoderTrainingOptions s_defaults = new();

    /// <summary>A file of images; null for a table, or for digits that the program draws.</summary>
    [Setting("images as idx or idx.gz (MNIST), or one a row of a table", Default = "digits that the program draws",
        Group = SettingGroup.Data)]
    public string? Images { get; init; }

    /// <summary>The labels of the images.</summary>
    [Setting("their labels, for the report", Group = SettingGroup.Data)]
    public string? Labels { get; init; }

    /// <summary>Images to evaluate on after every epoch.</summary>
    [Setting("images to evaluate on after every epoch", Group = SettingGroup.Data)]
    public string? TestImages { get; init; }

    /// <summary>Their labels.</summary>
    [Setting("their labels", Group = SettingGroup.Data)]
    public string? TestLabels { get; init; }

    /// <summary>A table to evaluate on after every epoch.</summary>
    [Setting("a table to evaluate on after every epoch", Group = SettingGroup.Data)]
    public string? TestData { get; init; }

    /// <summary>What becomes of grey values; null to round them.</summary>
    [Setting("pixels: real, round (to 0 or 1) or sample (drawn anew at every epoch)", Default = "round", Group = SettingGroup.Data)]
    public PixelValues? Binarize { get; init; }

    /// <summary>Whether the rows of a table stay on disk.</summary>
    [Setting(StreamedRows.Help, Group = SettingGroup.Advanced)]
    public bool Stream { get; init; }

    /// <summary>Hidden layers of the encoder.</summary>
    [Setting("hidden layers of the encoder, the decoder's in reverse; none for a linear model", Group = SettingGroup.Model)]
    public IReadOnlyList<int> Layers { get; init; } = [400, 400];

    /// <summary>Latent variables; null for 200, of a table half its columns.</summary>
    [Setting("latent variables", Default = "200; of a table half its columns", Least = 1, Group = SettingGroup.Model)]
    public int? Latent { get; init; }

    /// <summary>The nonlinearity.</summary>
    [Setting("relu, leaky-relu (slope 0.2), tanh, sigmoid or softplus", Group = SettingGroup.Model)]
    public LayerActivation Activation { get; init; } = LayerActivation.LeakyRelu;

    /// <summary>The decoder's distribution; null for Bernoulli, of a table Gaussian.</summary>
    [Setting("the decoder's distribution", Default = "bernoulli; of a table gaussian", Group = SettingGroup.Model)]
    public ObservationModel? Observation { get; init; }

    /// <inheritdoc/>
    [Setting("samples of an update", Least = 1)]
    public override int Batch { get; init; } = s_defaults.BatchSize;

    /// <inheritdoc/>
    [Setting("passes over the data", Least = 1, Unit = "epochs", IsLength = true)]
    public override int Epochs { get; init; } = s_defaults.Epochs;

    /// <summary>The learning rate at the start.</summary>
    [Setting("learning rate", Key = "lr", Above = 0, IsScale = true)]
    public double LearningRate { get; init; } = ((ConstantRate)s_defaults.LearningRate).Rate;

    /// <summary>The learning rate at the end of an exponential decay; null for a constant rate.</summary>
    [Setting("learning rate at the end of an exponential decay", Key = "lr_end", Default = "constant", Above = 0, IsScale = true)]
    public double? LearningRateEnd { get; init; }

    /// <summary>k, draws of the latent variables.</summary>
    [Setting("k, draws of the latent variables; more than 1 train the importance-weighted bound", Least = 1)]
    public int ImportanceSamples { get; init; } = s_defaults.ImportanceSamples;

    /// <inheritdoc/>
    [Setting("norm the gradient is clipped to, 0 for never", Least = 0)]
    public override double Clip { get; init; } = s_defaults.GradientClip;

    /// <inheritdoc/>
    [Setting(
        "parts of a batch that threads can share; the result depends on it, not on the threads",
        Default = "2; 4 from 256 samples on",
        Least = 1, Group = SettingGroup.Advanced)]
    public override int? Shards { get; init; }

    /// <summary>Whether the observations are the rows of a table.</summary>
    public bool IsTable => Images is null && Data != DrawnDigits && SeriesSource.IsData(Data);

    /// <summary>Whether the variables have units: real ones, and counts, of which the encoder sees their standardised values.</summary>
    internal bool HasUnits => (Observation ?? ObservationModel.Gaussian).Support is Domain.Real or Domain.Natural;

    /// <summary>What becomes of grey values.</summary>
    public Binarization Binarization => Binarize switch
    {
        PixelValues.Real => Binarization.None,
        PixelValues.Sample => Binarization.Sampled,
        _ => Binarization.Rounded,
    };

    /// <inheritdoc/>
    public override string DataEntry => Data == DrawnDigits ? Data : base.DataEntry;

    /// <summary>The same with every value that depends on the data, files by their full paths.</summary>
    public AutoencoderSettings Resolve(int observed) => this with
    {
        Latent = Latent ?? (IsTable ? Math.Max(1, observed / 2) : 200),
        Observation = Observation ?? (IsTable ? ObservationModel.Gaussian : ObservationModel.Bernoulli),
        Binarize = Binarize ?? PixelValues.Round,
        Images = Full(Images),
        Labels = Full(Labels),
        TestImages = Full(TestImages),
        TestLabels = Full(TestLabels),
        TestData = Full(TestData),
    };

    /// <summary>A model with initial parameters, of resolved settings.</summary>
    public VariationalAutoencoder CreateModel(int observed, (int Height, int Width)? image) => new(Structure(observed, image));

    /// <summary>Refuses sizes that take more memory than there is, of resolved settings.</summary>
    /// <param name="observed">D.</param>
    /// <param name="samples">N.</param>
    /// <exception cref="SettingException">They do; the message says what fits.</exception>
    internal void RequireMemory(int observed, int samples)
    {
        AutoencoderOptions structure = Structure(observed, null);
        MemoryNeed.Require(
            w => Bytes(structure with { Latent = 1, Layers = [.. Layers.Select(l => (int)Math.Min(l, w))] }, 1, 1),
            Layers.DefaultIfEmpty().Max(),
            $"{nameof(Layers):setting}");
        MemoryNeed.Require(l => Bytes(structure with { Latent = (int)l }, 1, 1), structure.Latent, $"{nameof(Latent):setting}");
        RequireShards((double)structure.ParameterCount);
        MemoryNeed.Require(k => Bytes(structure, 1, k), ImportanceSamples, $"{nameof(ImportanceSamples):setting}");
        MemoryNeed.Require(b => Bytes(structure, Math.Min(b, samples), ImportanceSamples), Batch, $"{nameof(Batch):setting}");

        // Of each unit a value and its gradient before and after its nonlinearity, encoder and decoder; of a latent variable its moments,
        // noise and divergence; of an observed one the output and its likelihood.
        double Bytes(AutoencoderOptions model, long batch, long draws)
            => OfParameters((double)model.ParameterCount)
                + OfTape(batch * (double)draws, (8.0 * model.Layers.Sum(l => (long)l)) + (12.0 * model.Latent) + (8.0 * observed));
    }

    private AutoencoderOptions Structure(int observed, (int Height, int Width)? image) => new()
    {
        Observed = observed,
        Layers = Layers,
        Latent = Latent!.Value,
        Activation = Activation,
        Observation = Observation!,
        Image = image,
        Seed = (ulong)Seed,
    };

    /// <summary>How it is learnt.</summary>
    public AutoencoderTrainingOptions ToOptions() => WithCommon(new AutoencoderTrainingOptions()
    {
        LearningRate = LearningRateEnd is { } end
            ? LearningRateSchedule.Exponential(LearningRate, end)
            : LearningRateSchedule.Constant(LearningRate),
        ImportanceSamples = ImportanceSamples,
    });

    /// <inheritdoc/>
    public override FormattableString? WhyUnused(string property) => property switch
    {
        nameof(Labels) or nameof(TestImages) or nameof(TestLabels) or nameof(Binarize) or nameof(Images) when IsTable
            => $"{property:setting} is for images, but {Data} is a table ({nameof(Images):setting} reads it as images)",
        nameof(Standardize) when !IsTable => $"{property:setting} is for tables: pixels have no units",
        nameof(TestData) or nameof(Columns) or nameof(Time) or nameof(Trial) or nameof(Array) or nameof(Stream) when !IsTable
            => $"{property:setting} is for tables, but {Data} are images",
        _ => null,
    };

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
