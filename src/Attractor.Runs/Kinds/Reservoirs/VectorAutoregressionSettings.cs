using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The settings of a next-generation reservoir: a nonlinear vector autoregression.</summary>
[InheritedSettings(nameof(Ridge), nameof(Select), nameof(HeldOut))]
[SettingsGroup(SettingGroup.Learning)]
public sealed record VectorAutoregressionSettings : ReadoutSettings
{
    /// <summary>k.</summary>
    [Setting("k, rows that a prediction looks at", Least = 1, Unit = "rows", Group = SettingGroup.Model)]
    public int Delays { get; init; } = 2;

    /// <summary>s.</summary>
    [Setting("s, rows between two of them", Least = 1, Unit = "rows", Group = SettingGroup.Model)]
    public int Stride { get; init; } = 1;

    /// <summary>The orders of the monomials besides the linear ones.</summary>
    [Setting(
        "orders of the monomials besides the linear ones, such as 2 or 2,3; 1 for none",
        Expected = "whole numbers of at least 1, such as 2 or 2,3", Group = SettingGroup.Model)]
    public IReadOnlyList<int> Orders { get; init; } = [2];

    /// <summary>Whether there is a constant among the features.</summary>
    [Setting("whether there is a constant among the features: yes or no", Group = SettingGroup.Model)]
    public bool Constant { get; init; } = true;

    /// <inheritdoc/>
    [Setting("lambda, on the sum of the squared errors", IsScale = true)]
    public override double Ridge { get; init; } = 2.5e-6;

    /// <summary>Gaussian noise on the training rows, in standard deviations.</summary>
    [Setting("Gaussian noise on the training rows, in standard deviations: steadies the closed loop on data without any", Least = 0,
        Group = SettingGroup.Data)]
    public double Noise { get; init; } = 1e-4;

    /// <inheritdoc/>
    [Setting("seed of the noise", Least = 0, Demand = "not be negative")]
    public override long Seed { get; init; }

    /// <summary>A model whose readout is to be fitted.</summary>
    public NonlinearVectorAutoregression CreateModel(int observed) => CreateModel(observed, Delays);

    /// <summary>Refuses features that take more memory than there is.</summary>
    /// <exception cref="SettingException">They do; the message says what fits.</exception>
    internal void RequireMemory(int observed)
    {
        // The products of all pairs of features, what is factored of them, and the rows that are taken at once.
        const int CopiesOfProducts = 3;
        MemoryNeed.Require(
            k => CopiesOfProducts * MemoryNeed.OfArray(Math.Pow(CreateModel(observed, (int)k).FeatureCount, 2)),
            Delays,
            $"{nameof(Delays):setting}");
    }

    private NonlinearVectorAutoregression CreateModel(int observed, int delays)
        => new(observed, delays, Stride, [.. Orders.Where(o => o > 1).Distinct().Order()], Constant);

    /// <summary>How the readout is fitted.</summary>
    public ReadoutOptions ToReadoutOptions() => ToRegression() with { Washout = 0 };

    /// <summary>The training data with the noise that steadies the closed loop.</summary>
    public IReadOnlyList<TimeSeries> WithNoise(IReadOnlyList<TimeSeries> trials)
        => Noise == 0 ? trials : [.. trials.Select((trial, i) => trial.WithNoise(Noise, (ulong)Seed + (ulong)i))];
}
