using System.Text.Json.Nodes;
using Attractor.Numerics;
using Attractor.Probability;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The components of Gumbel-softmax draws at one temperature.</summary>
/// <param name="Temperature">The temperature.</param>
/// <param name="Class">The most probable class.</param>
/// <param name="MostProbable">The component of the most probable class, one number for each draw.</param>
/// <param name="Mean">The means of all components: not the probabilities.</param>
/// <param name="NearCorner">The part of the draws whose largest component is above 0.99.</param>
internal sealed record RelaxedComponent(double Temperature, int Class, double[] MostProbable, double[] Mean, double NearCorner)
{
    private const int Draws = 100_000;

    public static IReadOnlyList<RelaxedComponent> All(ReparameterisationSettings settings)
        => [.. new[] { settings.Temperature, 0.5, 1 }.Distinct().Select(t => Of(t, settings.Probabilities, (ulong)settings.Seed))];

    private static RelaxedComponent Of(double temperature, IReadOnlyList<double> p, ulong seed)
    {
        int largest = Enumerable.Range(0, p.Count).MaxBy(k => p[k]), corner = 0;
        RelaxedOneHot relaxed = new([.. p.Select(x => Math.Log(x))], temperature);
        RandomStream random = new(seed, "relaxed components");
        double[] value = new double[p.Count], sum = new double[p.Count], component = new double[Draws];
        for (int i = 0; i < Draws; i++)
        {
            corner += value[relaxed.Sample(random, value)] > 0.99 ? 1 : 0;
            component[i] = value[largest];
            for (int k = 0; k < sum.Length; k++)
                sum[k] += value[k];
        }
        return new(temperature, largest, component, [.. sum.Select(s => s / Draws)], (double)corner / Draws);
    }

    public JsonObject ToJson() => new()
    {
        ["temperature"] = Temperature,
        ["component_means"] = new JsonArray([.. Mean.Select(Json.Number)]),
        ["largest_above_0_99"] = Json.Number(NearCorner),
    };
}
