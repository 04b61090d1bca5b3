using System.Text.Json.Nodes;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The components of a mixture for <c>--json</c>: each block under the names of its columns.</summary>
internal static class ComponentJson
{
    public static JsonArray Of(Mixture mixture, IReadOnlyList<double> counts)
        => [.. Enumerable.Range(0, mixture.Components).Select(k => Of(mixture, counts, k))];

    private static JsonObject Of(Mixture mixture, IReadOnlyList<double> counts, int k)
    {
        JsonObject blocks = [];
        foreach (BlockPosterior posterior in mixture.Posteriors)
            blocks[string.Join(',', posterior.Block.Columns)] = Of(posterior, k);
        return new() { ["weight"] = Json.Number(mixture.Weights.Mean[k]), ["rows"] = Json.Number(counts[k]), ["blocks"] = blocks };
    }

    private static JsonObject Of(BlockPosterior posterior, int k)
    {
        JsonObject json = new() { ["kind"] = posterior.Block.Kind };
        switch (posterior)
        {
            case GaussianMeanPosterior p:
                json["mean"] = Numbers(p.Mean(k));
                json["precision_of_mean"] = Numbers(p.PrecisionOfMean(k));
                json["precision"] = Json.Number(p.Precision);
                if (p.PrecisionOfPoints is var (shape, rate))
                    (json["precision_shape"], json["precision_rate"]) = (Json.Number(shape), Json.Number(rate));
                break;
            case NormalGammaPosterior p:
                json["mean"] = Numbers(p.Mean(k));
                json["kappa"] = Numbers(p.Kappa(k));
                json["precision"] = Json.Number(p.Precision[k]);
                (json["precision_shape"], json["precision_rate"]) = (Json.Number(p.Shape[k]), Json.Number(p.Rate[k]));
                break;
            case NormalWishartPosterior p:
                json["mean"] = Numbers(p.Mean(k));
                json["kappa"] = Json.Number(p.Kappa[k]);
                json["degrees_of_freedom"] = Json.Number(p.DegreesOfFreedom[k]);
                json["inverse_scale"] = Numbers(p.InverseScale(k));
                break;
            case PoissonPosterior p:
                json["mean"] = Json.Number(p.Mean[k]);
                (json["shape"], json["rate"]) = (Json.Number(p.Shape[k]), Json.Number(p.Rate[k]));
                break;
            case BernoulliPosterior p:
                json["mean"] = Json.Number(p.Mean[k]);
                (json["ones"], json["zeros"]) = (Json.Number(p.Ones[k]), Json.Number(p.Zeros[k]));
                break;
            case CategoricalPosterior p:
                double[] mean = p.Mean(k);
                json["probabilities"] = new JsonObject(((CategoricalBlock)p.Block).Levels.Select((l, c) => KeyValuePair.Create(l, Json.Number(mean[c]))));
                json["concentration"] = Numbers(p.Concentration(k));
                break;
        }
        return json;
    }

    private static JsonArray Numbers(ReadOnlySpan<double> values)
    {
        JsonArray array = [];
        foreach (double value in values)
            array.Add(Json.Number(value));
        return array;
    }
}
