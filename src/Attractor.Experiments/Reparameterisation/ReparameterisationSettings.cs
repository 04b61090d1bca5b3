using System.Globalization;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on gradients through sampling.</summary>
internal sealed record ReparameterisationSettings : ExperimentSettings
{
    [Setting("N, samples of each histogram and of the first test", Least = 10, Most = MostSamples, Unit = "samples")]
    public int Samples { get; init; } = 1000;

    [Setting("lambda, rate of the exponential distribution", Above = 0)]
    public double Lambda { get; init; } = 1;

    [Setting("temperature of Gumbel-softmax", Above = 0, Most = 100)]
    public double Temperature { get; init; } = 0.1;

    [Setting("a, probabilities of the classes", Expected = "positive numbers that add up to 1, with commas between them")]
    public IReadOnlyList<double> Probabilities { get; init; } = [0.1, 0.2, 0.5, 0.2];

    [Setting("w of the integrand f(z) = (w . z)^2 of the classes, a number for each",
        Default = "-1, 0.5, 1.5, 2 of four classes, evenly from -1 to 2 of others")]
    public IReadOnlyList<double>? Weights { get; init; }

    [Setting("delta, distances of q from the posterior: mu = m + delta t, s = t (1 + delta / 2)", Least = 0, Most = 10)]
    public IReadOnlyList<double> Distances { get; init; } = [1, 0.3, 0.1, 0.03, 0.01, 0];

    [Setting("estimates of each gradient near the posterior; half as many over the width, five times as many of classes",
        Least = 2000, Most = 10_000_000)]
    public int Estimates { get; init; } = 400_000;

    [Setting("seed of all samples", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; } = 1;

    /// <summary>w, one number for each class.</summary>
    public IReadOnlyList<double> WeightsOfClasses => Weights ?? (Probabilities.Count == 4
        ? [-1, 0.5, 1.5, 2]
        : [.. Probabilities.Select((_, k) => -1 + (3.0 * k / (Probabilities.Count - 1)))]);

    /// <summary>a as text.</summary>
    public string ProbabilitiesText => $"[{string.Join(", ", Probabilities.Select(p => p.ToString("G6", CultureInfo.InvariantCulture)))}]";

    public override FormattableString? WhyNot()
    {
        double sum = Probabilities.Sum();
        if (Probabilities.Count is < 2 or > MostClasses)
            return $"{nameof(Probabilities):setting} takes 2 to {MostClasses} classes, not {Probabilities.Count}";
        if (Probabilities.Any(p => !(p > 0)) || !(Math.Abs(sum - 1) <= 1e-6))
            return SettingSentence.Join(
                $"{nameof(Probabilities):setting} takes positive numbers that add up to 1, ",
                $"not {ProbabilitiesText}, which add up to {sum:G6}");
        return Weights is { } weights && weights.Count != Probabilities.Count
            ? $"{nameof(Weights):setting} takes a number for each of the {Probabilities.Count} classes, not {weights.Count}"
            : (FormattableString?)null;
    }

    private const int MostClasses = 20;

    /// <summary>Samples at which a test sees a hundredth, which stand beside the document's.</summary>
    public const int MostSamples = 100_000;

    /// <summary>The document's N, and that.</summary>
    public IReadOnlyList<int> Sizes => Samples == MostSamples ? [MostSamples] : [Samples, MostSamples];
}
