using System.Globalization;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Models;

namespace Attractor.Reports;

/// <summary>What each latent variable does: it goes from -3 to 3 while the others stay where a sample has them.</summary>
internal static class Traversals
{
    private const int MostVariables = 8, Steps = 13;

    private const float Reach = 3;

    /// <param name="model">A model of images.</param>
    /// <param name="means">Posterior means of many samples, n x L; the first sample is the one to set out from.</param>
    public static Picture Of(VariationalAutoencoder model, float[] means)
    {
        (int height, int width) = model.Options.Image!.Value;
        double[] variances = ActiveUnits.Variances(means, model.Latent);
        int[] chosen = [.. Enumerable.Range(0, model.Latent).OrderByDescending(j => variances[j]).Take(MostVariables)];
        float[] z = new float[chosen.Length * Steps * model.Latent];
        for (int row = 0; row < chosen.Length; row++)
            for (int step = 0; step < Steps; step++)
            {
                Span<float> point = z.AsSpan(((row * Steps) + step) * model.Latent, model.Latent);
                means.AsSpan(0, model.Latent).CopyTo(point);
                point[chosen[row]] = Reach * ((2f * step / (Steps - 1)) - 1);
            }
        return new(
            "Traversals",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The {chosen.Length} latent variables whose posterior means vary most over the data, one a row "
                + $"(z{string.Join(", z", chosen.Select(c => c + 1))} from the top), each from -{Reach} to {Reach}, the others as they are "
                + $"of the first sample."),
            new ImageGrid { Columns = Steps }.Of(model.Decode(z), height, width))
        {
            Scale = 1.6,
            Side = [.. chosen.Select((c, row) => ((row + 0.5) / chosen.Length, string.Create(CultureInfo.InvariantCulture, $"z{c + 1}")))],
            Foot = [.. Enumerable.Range(0, Steps).Where(s => s % 2 == 0).Select(s => (
                (s + 0.5) / Steps, (Reach * ((2f * s / (Steps - 1)) - 1)).ToString("0.#", CultureInfo.InvariantCulture)))],
        };
    }
}
