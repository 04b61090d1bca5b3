using System.Text.Json.Nodes;
using Attractor.Evaluation;
using Attractor.Numerics;
using Attractor.Probability;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Numbers drawn directly beside numbers drawn as a function of noise and parameters.</summary>
/// <param name="Name">The distribution.</param>
/// <param name="Direct">How they are drawn directly.</param>
/// <param name="Reparameterised">What function of what noise.</param>
/// <param name="IsControl">Whether the two are different on purpose, so that the test has to say so.</param>
/// <param name="Samples">The first numbers of each, for a histogram.</param>
/// <param name="Density">The density they should have.</param>
/// <param name="Tests">Sample sizes and Kolmogorov-Smirnov tests.</param>
internal sealed record SamplerComparison(
    string Name,
    string Direct,
    string Reparameterised,
    bool IsControl,
    (double[] Direct, double[] Reparameterised) Samples,
    Func<double, double> Density,
    IReadOnlyList<(int Size, TwoSampleTest Test)> Tests)
{
    private const double Mean = 1, StandardDeviation = 0.5;

    public static IReadOnlyList<SamplerComparison> All(ReparameterisationSettings settings) =>
    [
        Compare(
            settings,
            "Gaussian, mu = 1, sigma = 0.5",
            "inverse distribution function of u",
            "mu + sigma eps",
            InverseNormal,
            new Normal(Mean, StandardDeviation).Sample,
            new Normal(Mean, StandardDeviation)),
        Compare(
            settings,
            FormattableString.Invariant($"exponential, lambda = {settings.Lambda}"),
            "half the squared length of two normal numbers",
            "-log(1 - u) / lambda",
            random => HalfSquaredLength(random, settings.Lambda),
            new Exponential(settings.Lambda).Sample,
            new Exponential(settings.Lambda)),
        Compare(
            settings,
            "gamma, shape 2.5, rate 1",
            "-log u1 - log u2 + half a squared normal number",
            "rejection, implicit gradient",
            SumOfParts,
            new Gamma(2.5, 1).Sample,
            new Gamma(2.5, 1)),
        Compare(
            settings,
            "beta, a = 2, b = 3",
            "the second smallest of four uniform numbers",
            "two gamma draws, implicit gradient",
            SecondOfFour,
            new Beta(2, 3).Sample,
            new Beta(2, 3)),
        // The slip that samplers are most often made with.
        Compare(
            settings, "Gaussian, the variance taken for sigma", "inverse distribution function of u", "mu + sigma^2 eps", InverseNormal,
            new Normal(Mean, StandardDeviation * StandardDeviation).Sample, new Normal(Mean, StandardDeviation), isControl: true),
    ];

    public JsonObject ToJson() => new()
    {
        ["distribution"] = Name,
        ["direct"] = Direct,
        ["reparameterised"] = Reparameterised,
        ["test"] = "kolmogorov-smirnov",
        ["control"] = IsControl,
        ["results"] = ToJson(Tests),
    };

    public static JsonArray ToJson(IReadOnlyList<(int Size, TwoSampleTest Test)> tests) => [.. tests.Select(JsonNode (t) => new JsonObject
    {
        ["n"] = t.Size,
        ["statistic"] = Json.Number(t.Test.Statistic),
        ["p_value"] = Json.Number(t.Test.PValue),
    })];

    private static SamplerComparison Compare<T>(
        ReparameterisationSettings settings,
        string name,
        string direct,
        string reparameterised,
        Func<RandomStream, double> drawDirect,
        Func<RandomStream, double> drawReparameterised,
        T truth,
        bool isControl = false)
        where T : struct, IDistribution<T>
    {
        ulong seed = (ulong)settings.Seed;
        double[] first = Draw(drawDirect, new(seed, "direct " + name)),
            second = Draw(drawReparameterised, new(seed, "reparameterised " + name));
        return new(
            name,
            direct,
            reparameterised,
            isControl,
            (first[..settings.Samples], second[..settings.Samples]),
            x => Math.Exp(truth.LogDensity(x)),
            [.. settings.Sizes.Select(n => (n, KolmogorovSmirnov.TwoSample(first.AsSpan(0, n), second.AsSpan(0, n))))]);
    }

    private static double[] Draw(Func<RandomStream, double> draw, RandomStream random)
    {
        double[] sample = new double[ReparameterisationSettings.MostSamples];
        for (int i = 0; i < sample.Length; i++)
            sample[i] = draw(random);
        return sample;
    }

    private static double InverseNormal(RandomStream random)
        => MathNet.Numerics.Distributions.Normal.InvCDF(Mean, StandardDeviation, Open(random));

    private static double HalfSquaredLength(RandomStream random, double rate)
    {
        double x = random.NextNormal(), y = random.NextNormal();
        return ((x * x) + (y * y)) / (2 * rate);
    }

    // Gamma(1) + Gamma(1) + Gamma(1/2), all of rate 1.
    private static double SumOfParts(RandomStream random)
    {
        double z = random.NextNormal();
        return (0.5 * z * z) - Math.Log(Open(random)) - Math.Log(Open(random));
    }

    private static double SecondOfFour(RandomStream random)
    {
        double least = double.PositiveInfinity, second = double.PositiveInfinity;
        for (int i = 0; i < 4; i++)
        {
            double u = Open(random);
            (least, second) = u < least ? (u, least) : (least, Math.Min(second, u));
        }
        return second;
    }

    // (0, 1)
    private static double Open(RandomStream random) => random.NextDouble() + (0.5 / (1UL << 53));
}
