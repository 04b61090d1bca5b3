using Attractor.Cli.Runs;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Cli.Settings;

/// <summary>The settings of a variational autoencoder.</summary>
internal sealed class AutoencoderSettings : MinibatchSettings
{
    /// <summary>What stands for the digits that the program draws, where a file would be named.</summary>
    public const string DrawnDigits = "digits";

    /// <summary>In the order in which help and config.json list them.</summary>
    public static readonly IReadOnlyList<Setting> Known =
    [
        new("images", SettingKind.Word, null, "images as idx, idx.gz (MNIST), .npy or .csv [digits that the program draws]"),
        new("labels", SettingKind.Word, null, "their labels, for the report"),
        new("test_images", SettingKind.Word, null, "images to evaluate on after every epoch"),
        new("test_labels", SettingKind.Word, null, "their labels"),
        new("test_data", SettingKind.Word, null, "a table to evaluate on after every epoch"),
        new("binarize", SettingKind.Word, "round", "pixels: real, round (to 0 or 1) or sample (drawn anew at every epoch) [round]", "real", "round", "sample"),
        new("layers", SettingKind.Word, "400,400", "hidden layers of the encoder, the decoder's in reverse; none for a linear model [400,400]"),
        new("latent", SettingKind.Whole, null, "latent variables [200; of a table half its columns]"),
        new("activation", SettingKind.Word, "leaky-relu", "relu, leaky-relu (slope 0.2), tanh, sigmoid or softplus [leaky-relu]", Models.KebabCase.All<LayerActivation>()),
        new("observation", SettingKind.Word, null, "the decoder's distribution: bernoulli, gaussian, isotropic-gaussian or poisson [bernoulli; of a table gaussian]", Models.KebabCase.All<Observation>()),
        new("batch", SettingKind.Whole, 100L, "samples of an update [100]"),
        new("epochs", SettingKind.Whole, 15L, "passes over the data [15]"),
        new("lr", SettingKind.Number, 1e-3, "learning rate [0.001]"),
        new("lr_end", SettingKind.Number, null, "learning rate at the end of an exponential decay [constant]"),
        new("importance_samples", SettingKind.Whole, 1L, "k, draws of the latent variables; more than 1 train the importance-weighted bound [1]"),
        .. Common(clip: 0, shards: "2; 4 from 256 samples on"),
    ];

    private static readonly string[] s_paths = ["images", "labels", "test_images", "test_labels", "test_data"];

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> All => Known;

    /// <summary>Whether the observations are the rows of a table.</summary>
    public bool IsTable => Value("images") is null && Data != DrawnDigits && SeriesSource.IsData(Data);

    public Binarization Binarization => Word("binarize") switch
    {
        "real" => Binarization.None,
        "sample" => Binarization.Sampled,
        _ => Binarization.Rounded,
    };

    /// <inheritdoc/>
    protected override string DataEntry => Data == DrawnDigits ? Data : base.DataEntry;

    /// <summary>The data that a command line names: a table or images as its argument, or images as an option.</summary>
    public static string DataOf(RunRequest request)
    {
        string? images = request.Given.FirstOrDefault(g => g.Key.Key == "images").Value as string;
        return request.Data is not null && images is not null
            ? throw new ArgumentException($"{request.Data} and --images {images} are both data: name one")
            : request.Data ?? images ?? DrawnDigits;
    }

    /// <summary>A file that a setting names, null if it does not.</summary>
    public string? File(string key) => Value(key) as string;

    public VariationalAutoencoder CreateModel(int observed, (int Height, int Width)? image)
    {
        if (!IsSet("latent"))
            Set("latent", IsTable ? Math.Max(1L, observed / 2) : 200L);
        if (!IsSet("observation"))
            Set("observation", IsTable ? "gaussian" : "bernoulli");
        foreach (string key in s_paths)
            if (File(key) is { } path)
                Set(key, Path.GetFullPath(path));
        return new(new()
        {
            Observed = observed,
            Layers = Sizes("layers"),
            Latent = Size("latent"),
            Activation = Choice<LayerActivation>("activation"),
            Observation = Choice<Observation>("observation"),
            Image = image,
            Seed = (ulong)Seed,
        });
    }

    public AutoencoderTrainingOptions ToOptions() => WithCommon(new AutoencoderTrainingOptions()
    {
        LearningRate = IsSet("lr_end") ? LearningRateSchedule.Exponential(Positive("lr"), Positive("lr_end")) : LearningRateSchedule.Constant(Positive("lr")),
        ImportanceSamples = Size("importance_samples"),
    });

    /// <inheritdoc/>
    protected override bool IsUsed(Setting setting) => setting.Key switch
    {
        "binarize" or "test_images" or "test_labels" or "labels" or "images" => !IsTable,
        "test_data" => IsTable,
        _ => true,
    };
}
