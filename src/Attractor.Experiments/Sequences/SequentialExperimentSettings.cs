using Attractor.Models;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on latent variables in time.</summary>
internal sealed record SequentialExperimentSettings : ExperimentSettings
{
    [Setting("a folder with train.npy and test.npy, or chorales.json, or both", Default = "Lorenz-63, simulated")]
    public string? Data { get; init; }

    [Setting("a file of piano rolls such as chorales.json", Default = "that of the folder; none without")]
    public string? Music { get; init; }

    [Setting("noise of simulated data, in standard deviations", Least = 0, Most = 10)]
    public double Noise { get; init; } = SimulatedData.Noise;

    [Setting("passes over the data", Least = 1, Unit = "epochs")]
    public int Epochs { get; init; } = 150;

    [Setting("passes over the piano rolls", Null = "800", Least = 1, Unit = "epochs")]
    public int? MusicEpochs { get; init; }

    [Setting("latent variables at each step", Least = 1, Most = 1000)]
    public int Latent { get; init; } = 3;

    [Setting("units of the recurrent encoder", Least = 1, Most = 10_000)]
    public int EncoderUnits { get; init; } = 32;

    [Setting("hidden layers of the document's decoder; none for an affine one, which stands beside it anyway")]
    public IReadOnlyList<int> Layers { get; init; } = [64];

    [Setting("hidden units of the learnt transition, a shallow PLRNN", Least = 1, Most = 10_000)]
    public int TransitionHidden { get; init; } = 100;

    [Setting("steps of the windows that the recording is cut into", Least = 2, Unit = "steps")]
    public int Window { get; init; } = 200;

    [Setting("rows of a simulated recording", Least = 1000, Most = 10_000_000, Unit = "rows")]
    public int Rows { get; init; } = 50_000;

    [Setting("seed of everything that is drawn", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; } = 1;

    /// <summary>The file of piano rolls; null if there is none.</summary>
    public string? MusicFile => Music
        ?? (Data is { } folder && Path.Combine(folder, "chorales.json") is var file && File.Exists(file) ? file : null);

    /// <summary>Passes over the piano rolls.</summary>
    public int PassesOverMusic => MusicEpochs ?? 800;

    /// <summary>Whether the recording is read from the folder.</summary>
    public bool HasRecording => Data is { } folder && File.Exists(Path.Combine(folder, "train.npy"));

    public override FormattableString? WhyUnused(string property)
        => property is nameof(Noise) or nameof(Rows) && HasRecording ? SimulatedData.WhyUnused(property, Data) : null;

    public override FormattableString? WhyNot() => MusicEpochs is not null && MusicFile is null
        ? SettingSentence.Join(
            $"{nameof(MusicEpochs):setting} is for piano rolls: name a file by {nameof(Music):setting}, ",
            $"or a folder with chorales.json by {nameof(Data):setting}")
        : null;

    /// <summary>The document's model: q(z_t | x_1:t) and the prior N(0, I), with a decoder.</summary>
    public SequentialSettings ToIndependent(IReadOnlyList<int> layers) => Common with { Layers = layers };

    /// <summary>A prior that is learnt, q about its prediction.</summary>
    public SequentialSettings ToTransition() => Common with
    {
        Posterior = SequentialInference.Correcting,
        Transition = TransitionKind.ShallowPlrnn,
        TransitionHidden = TransitionHidden,
    };

    private SequentialSettings Common => new()
    {
        Latent = Latent,
        EncoderUnits = EncoderUnits,
        Window = Window,
        Epochs = Epochs,
        LearningRate = 1e-2,
        LearningRateEnd = 5e-4,
        Standardize = StandardizeRule.No,
        Dt = 0.01,
        Seed = Seed,
    };
}
