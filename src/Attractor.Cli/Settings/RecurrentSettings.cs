using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Cli.Settings;

/// <summary>The settings of a training by backpropagation through time.</summary>
internal sealed class RecurrentSettings : RunSettings
{
    /// <summary>The settings in the order in which help and config.json list them.</summary>
    public static readonly IReadOnlyList<Setting> Known =
    [
        new("latent", SettingKind.Whole, null, "M, latent units [the number of observed variables]"),
        new("hidden", SettingKind.Whole, 100L, "L, hidden units of shplrnn and clipped-shplrnn [100]"),
        new("forcing", SettingKind.Word, "gtf", "teacher forcing: gtf (generalised), stf (sparse) or none [gtf]", "gtf", "stf", "none"),
        new("alpha", SettingKind.Number, 0.1, "strength of generalised forcing, 0 to 1 [0.1]"),
        new("interval", SettingKind.Whole, 16L, "tau, steps between two sparse forcings [16]"),
        new("warm_up", SettingKind.Whole, 0L, "steps that are forced fully and left out of the loss [0]"),
        new("sequence", SettingKind.Whole, 200L, "T, predicted steps of a window [200]"),
        new("batch", SettingKind.Whole, 16L, "windows of an update [16]"),
        new("updates", SettingKind.Whole, 50_000L, "gradient steps in all [50000]"),
        new("optimizer", SettingKind.Word, "radam", "radam, adam, sgd, or rprop, whose first step size is --lr [radam]", "radam", "adam", "sgd", "rprop"),
        new("momentum", SettingKind.Number, 0.9, "momentum of sgd [0.9]"),
        new("lr", SettingKind.Number, 5e-3, "learning rate at the start [0.005]"),
        new("lr_end", SettingKind.Number, 1e-6, "learning rate at the end of an exponential schedule [1e-6]"),
        new("schedule", SettingKind.Word, "exponential", "exponential, constant or step [exponential]", "exponential", "constant", "step"),
        new("lr_factor", SettingKind.Number, 0.1, "factor of the step schedule, at 10, 80 and 90 % of the updates [0.1]"),
        new("clip", SettingKind.Number, 10.0, "norm the gradient is clipped to, 0 for never [10]"),
        new("l2", SettingKind.Number, 0.0, "weight of |theta - rest|^2, rest being 1 for A and 0 for the others [0]"),
        new("noise", SettingKind.Number, 0.0, "Gaussian noise on the inputs, in units of the data [0]"),
        new("seed", SettingKind.Whole, 0L, "seed of the initial parameters, the windows and the noise [0]"),
        new("precision", SettingKind.Word, "float32", "float32 or float64 [float32]", "float32", "float64"),
        new("missing", SettingKind.Word, "reject", "missing values: reject, or skip the windows that hold any [reject]", "reject", "skip"),
        new("max_divergences", SettingKind.Whole, 5L, "divergences that are undone before giving up [5]"),
        new("checkpoint_every", SettingKind.Whole, 5_000L, "updates between two checkpoints [5000]"),
        new("dt", SettingKind.Number, 1.0, "time between two rows of the data [1]"),
    ];

    private const int MostUnits = 1_000_000;

    // Delta_max of the papers.
    private const double LargestStep = 50;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> All => Known;

    /// <summary>Whether the model has any: what a config says of them is for the models that do.</summary>
    public bool HasHiddenUnits => RecurrentModel.SizesOf(Model).Contains("hidden");

    public RecurrentModel CreateModel(int observed)
    {
        long latent = Value("latent") is long given ? given : observed;
        if (latent < observed)
            throw new ArgumentException($"--latent is {latent}: the data have {observed} variables, each needs a unit of its own");
        if (latent > MostUnits)
            throw new ArgumentException($"--latent takes at most {MostUnits} units, not {latent}");
        Set("latent", latent);
        Dictionary<string, int> sizes = new() { ["observed"] = observed, ["latent"] = (int)latent };
        if (HasHiddenUnits)
            sizes["hidden"] = Whole("hidden") is >= 1 and <= MostUnits and var hidden
                ? (int)hidden
                : throw new ArgumentException($"--hidden takes 1 to {MostUnits} units, not {Whole("hidden")}");
        return RecurrentModel.Create(Model, sizes, (ulong)Seed);
    }

    public TrainingOptions ToOptions() => new()
    {
        Forcing = Word("forcing") switch
        {
            "stf" => TeacherForcing.Sparse(Size("interval")),
            "gtf" => TeacherForcing.Generalized(Number("alpha")),
            _ => TeacherForcing.Generalized(0),
        },
        WarmUp = Size("warm_up", least: 0),
        SequenceLength = Size("sequence"),
        BatchSize = Size("batch"),
        Updates = Whole("updates") is > 0 and var updates ? updates : throw new ArgumentException($"--updates must be positive, not {Whole("updates")}"),
        Optimizer = Word("optimizer") switch
        {
            "adam" => Optimizer.Adam(),
            "sgd" => Optimizer.Sgd(Number("momentum")),
            // Resilient backpropagation knows no learning rate, but where its step sizes begin.
            "rprop" => Optimizer.Rprop(initialStep: Positive("lr"), largestStep: Math.Max(LargestStep, Positive("lr"))),
            _ => Optimizer.RAdam(),
        },
        LearningRate = Word("schedule") switch
        {
            "constant" => LearningRateSchedule.Constant(Positive("lr")),
            "step" => LearningRateSchedule.Step(Positive("lr"), Positive("lr_factor"), 0.1, 0.8, 0.9),
            _ => LearningRateSchedule.Exponential(Positive("lr"), Positive("lr_end")),
        },
        GradientClip = Number("clip"),
        L2 = Number("l2"),
        InputNoise = Number("noise"),
        Seed = (ulong)Seed,
        Precision = Word("precision") == "float64" ? Precision.Float64 : Precision.Float32,
        Missing = Word("missing") == "skip" ? MissingValues.Skip : MissingValues.Reject,
        MaxDivergences = Size("max_divergences", least: 0),
        CheckpointInterval = Whole("checkpoint_every") is >= 0 and var interval ? interval : throw new ArgumentException("--checkpoint-every must not be negative"),
    };

    /// <inheritdoc/>
    protected override bool IsUsed(Setting setting) => setting.Key != "hidden" || HasHiddenUnits;
}
