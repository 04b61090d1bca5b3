using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings that experiments on recurrent networks have in common.</summary>
internal abstract record NetworkSettings : ExperimentSettings
{
    [Setting("L, hidden units", Least = 1, Most = 10_000)]
    public int Hidden { get; init; } = 100;

    [Setting("what the networks begin with: random parameters as the document has it, or data: hidden units drawn from the data")]
    public StartingParameters Start { get; init; } = StartingParameters.Random;

    [Setting("updates between two looks at how a network runs on its own, the best of which becomes the model; 0 for the last state",
        Least = 0, Unit = "updates")]
    public long SelectEvery { get; init; }

    [Setting("noise of simulated data, in standard deviations", Least = 0, Most = 10)]
    public double Noise { get; init; } = SimulatedData.Noise;

    [Setting("rows of simulated data", Least = 2000, Most = 10_000_000, Unit = "rows")]
    public int Rows { get; init; } = 100_000;

    /// <summary>Time between two rows.</summary>
    public const double Dt = 0.01;

    /// <summary>The largest exponent of Lorenz-63 per unit of time.</summary>
    public const double TrueExponent = 0.906;

    /// <summary>What all of their trainings have.</summary>
    protected RecurrentSettings ToTraining(long seed) => new()
    {
        Hidden = Hidden,
        Start = Start,
        SelectEvery = SelectEvery,
        Standardize = StandardizeRule.No,
        // Documents learn from the data as they are.
        Smooth = SmoothingRule.No,
        Dt = Dt,
        L2 = 0,
        // What a start from random parameters has by default; one from the data is gentler.
        LearningRate = Start == StartingParameters.Random ? 5e-3 : 1e-3,
        LearningRateEnd = 1e-6,
        Seed = seed,
    };
}
