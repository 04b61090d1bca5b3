using System.Text.Json.Nodes;
using Attractor.Evaluation;
using Attractor.Numerics;
using Attractor.Probability;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Classes drawn by the inverse of the distribution function beside classes drawn as the largest of perturbed logits.</summary>
/// <param name="Probabilities">Of the classes, as text.</param>
/// <param name="Name">How the second ones are drawn.</param>
/// <param name="IsControl">Whether that is wrong on purpose.</param>
/// <param name="Tests">Sample sizes and chi-squared tests of homogeneity.</param>
/// <param name="Shares">The parts of the classes among the first draws, direct and reparameterised.</param>
internal sealed record CategoricalComparison(
    string Probabilities,
    string Name,
    bool IsControl,
    IReadOnlyList<(int Size, TwoSampleTest Test)> Tests,
    (double[] Direct, double[] Reparameterised) Shares)
{
    public static IReadOnlyList<CategoricalComparison> All(ReparameterisationSettings settings)
    {
        double[] logits = [.. settings.Probabilities.Select(p => Math.Log(p))];
        RelaxedOneHot relaxed = new(logits, settings.Temperature);
        return
        [
            Compare(settings, logits, "Gumbel-argmax", (random, scratch) => GumbelNoise.Perturb(logits, random, scratch)),
            Compare(
                settings, logits, FormattableString.Invariant($"argmax of Gumbel-softmax, temperature {settings.Temperature}"),
                relaxed.Sample),
            Compare(
                settings, logits, "one logarithm too few: -log u in place of -log(-log u)",
                (random, scratch) => OneLogarithm(logits, random, scratch), isControl: true),
        ];
    }

    public JsonObject ToJson() => new()
    {
        ["distribution"] = $"categorical, a = {Probabilities}",
        ["direct"] = "inverse distribution function of u",
        ["reparameterised"] = Name,
        ["test"] = "chi-squared",
        ["control"] = IsControl,
        ["results"] = SamplerComparison.ToJson(Tests),
        ["shares_direct"] = new JsonArray([.. Shares.Direct.Select(Json.Number)]),
        ["shares_reparameterised"] = new JsonArray([.. Shares.Reparameterised.Select(Json.Number)]),
    };

    private static CategoricalComparison Compare(
        ReparameterisationSettings settings, double[] logits, string name, Sampler sampler, bool isControl = false)
    {
        Categorical categorical = new(logits);
        ulong seed = (ulong)settings.Seed;
        RandomStream direct = new(seed, "direct " + name), random = new(seed, "reparameterised " + name);
        int classes = logits.Length;
        int[] first = Draw((r, _) => categorical.Sample(r), classes, direct), second = Draw(sampler, classes, random);
        int least = settings.Samples;
        return new(
            settings.ProbabilitiesText,
            name,
            isControl,
            [.. settings.Sizes.Select(n => (n, ChiSquared.Homogeneity(Count(first, classes, n), Count(second, classes, n))))],
            (Shares(first), Shares(second)));

        double[] Shares(int[] drawn) => [.. Count(drawn, classes, least).Select(c => (double)c / least)];
    }

    private static int[] Draw(Sampler sampler, int count, RandomStream random)
    {
        double[] scratch = new double[count];
        int[] classes = new int[ReparameterisationSettings.MostSamples];
        for (int i = 0; i < classes.Length; i++)
            classes[i] = sampler(random, scratch);
        return classes;
    }

    private static long[] Count(int[] drawn, int classes, int n)
    {
        long[] counts = new long[classes];
        foreach (int k in drawn.AsSpan(0, n))
            counts[k]++;
        return counts;
    }

    private static int OneLogarithm(double[] logits, RandomStream random, Span<double> scratch)
    {
        int largest = 0;
        for (int i = 0; i < scratch.Length; i++)
        {
            scratch[i] = logits[i] - Math.Log(1 - random.NextDouble());
            largest = scratch[i] > scratch[largest] ? i : largest;
        }
        return largest;
    }

    private delegate int Sampler(RandomStream random, Span<double> scratch);
}
