using System.Text.Json.Nodes;
using Attractor.Evaluation;
using Attractor.Numerics;
using Attractor.Probability;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Classes drawn by the inverse of the distribution function beside classes drawn as the largest of perturbed logits.</summary>
/// <param name="Name">How the second ones are drawn.</param>
/// <param name="IsControl">Whether that is wrong on purpose.</param>
/// <param name="Tests">Sample sizes and chi-squared tests of homogeneity.</param>
/// <param name="Shares">The parts of the classes among the first draws, direct and reparameterised.</param>
internal sealed record CategoricalComparison(
    string Name, bool IsControl, IReadOnlyList<(int Size, TwoSampleTest Test)> Tests, (double[] Direct, double[] Reparameterised) Shares)
{
    /// <summary>The document's a.</summary>
    public static IReadOnlyList<double> Probabilities { get; } = [0.1, 0.2, 0.5, 0.2];

    private static readonly double[] s_logits = [.. Probabilities.Select(p => Math.Log(p))];

    public static IReadOnlyList<CategoricalComparison> All(ReparameterisationSettings settings)
    {
        RelaxedOneHot relaxed = new(s_logits, settings.Temperature);
        return
        [
            Compare(settings, "Gumbel-argmax", (random, scratch) => GumbelNoise.Perturb(s_logits, random, scratch)),
            Compare(settings, FormattableString.Invariant($"argmax of Gumbel-softmax, temperature {settings.Temperature}"), relaxed.Sample),
            Compare(settings, "one logarithm too few: -log u in place of -log(-log u)", OneLogarithm, isControl: true),
        ];
    }

    public JsonObject ToJson() => new()
    {
        ["distribution"] = "categorical, a = [0.1, 0.2, 0.5, 0.2]",
        ["direct"] = "inverse distribution function of u",
        ["reparameterised"] = Name,
        ["test"] = "chi-squared",
        ["control"] = IsControl,
        ["results"] = SamplerComparison.ToJson(Tests),
        ["shares_direct"] = new JsonArray([.. Shares.Direct.Select(Json.Number)]),
        ["shares_reparameterised"] = new JsonArray([.. Shares.Reparameterised.Select(Json.Number)]),
    };

    private static CategoricalComparison Compare(
        ReparameterisationSettings settings, string name, Sampler sampler, bool isControl = false)
    {
        Categorical categorical = new(s_logits);
        ulong seed = (ulong)settings.Seed;
        RandomStream direct = new(seed, "direct " + name), random = new(seed, "reparameterised " + name);
        int[] first = Draw((r, _) => categorical.Sample(r), direct), second = Draw(sampler, random);
        int least = settings.Samples;
        return new(
            name, isControl, [.. settings.Sizes.Select(n => (n, ChiSquared.Homogeneity(Count(first, n), Count(second, n))))],
            ([.. Count(first, least).Select(c => (double)c / least)], [.. Count(second, least).Select(c => (double)c / least)]));
    }

    private static int[] Draw(Sampler sampler, RandomStream random)
    {
        double[] scratch = new double[s_logits.Length];
        int[] classes = new int[ReparameterisationSettings.MostSamples];
        for (int i = 0; i < classes.Length; i++)
            classes[i] = sampler(random, scratch);
        return classes;
    }

    private static long[] Count(int[] classes, int n)
    {
        long[] counts = new long[s_logits.Length];
        foreach (int k in classes.AsSpan(0, n))
            counts[k]++;
        return counts;
    }

    private static int OneLogarithm(RandomStream random, Span<double> scratch)
    {
        int largest = 0;
        for (int i = 0; i < scratch.Length; i++)
        {
            scratch[i] = s_logits[i] - Math.Log(1 - random.NextDouble());
            largest = scratch[i] > scratch[largest] ? i : largest;
        }
        return largest;
    }

    private delegate int Sampler(RandomStream random, Span<double> scratch);
}
