using Attractor.Numerics;

namespace Attractor.Models;

public sealed partial class VariationalAutoencoder
{
    // Rows that are encoded or decoded at once: more would not be faster.
    private const int RowsAtOnce = 500;

    /// <summary>q(z | x) of some observations.</summary>
    /// <param name="x">n x D, row by row; a missing value is a NaN.</param>
    /// <returns>Means and standard deviations, n x L each.</returns>
    /// <exception cref="ArgumentException">The values are not whole rows, or cannot be observed.</exception>
    public (float[] Means, float[] Deviations) Encode(ReadOnlySpan<float> x)
    {
        int rows = Rows(x, Observed, "observed variables");
        for (int i = 0; i < x.Length; i++)
            if (!float.IsNaN(x[i]) && Observation.Refusal(x[i]) is { } refusal)
                throw new ArgumentException(
                    FormattableString.Invariant($"Variable {i % Observed} of row {i / Observed} is {x[i]}: {refusal}."), nameof(x));
        float[] inside = (Units is { } units ? units.Apply(x) : x).ToArray();
        TakeMissing<float>(inside, new float[inside.Length]);
        float[] means = new float[rows * Latent], deviations = new float[rows * Latent];
        using InferencePass pass = new(Parameters);
        for (int start = 0; start < rows; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - start);
            pass.Begin();
            DiagonalPosterior<float> posterior = Encode(
                pass.Parameters, pass.Tape.Constant(new(count, Observed), inside.AsSpan(start * Observed, count * Observed)));
            posterior.Mean.Value.CopyTo(means.AsSpan(start * Latent));
            (posterior.LogVariance * 0.5).Exp().Value.CopyTo(deviations.AsSpan(start * Latent));
        }
        return (means, deviations);
    }

    /// <summary>E[x | z] of some latent variables: of Bernoulli variables the probabilities.</summary>
    /// <param name="z">n x L, row by row.</param>
    /// <returns>n x D.</returns>
    /// <exception cref="ArgumentException">The values are not whole rows.</exception>
    public float[] Decode(ReadOnlySpan<float> z)
    {
        float[] outputs = DecoderOutputs(z);
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = InUnits(Observation.Mean(outputs[i], i % Observed, Parameters.Values), i % Observed);
        return outputs;
    }

    /// <summary>Draws from the model: z ~ N(0, I), then x.</summary>
    /// <param name="count">n.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="means">E[x | z], which is what one looks at; else x is drawn from p(x | z) too.</param>
    /// <returns>n x D.</returns>
    public float[] Sample(int count, ulong seed, bool means = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        float[] z = new float[checked(count * Latent)];
        NormalNoise.Fill<float>(new(seed, "latent variables"), z);
        if (means)
            return Decode(z);
        float[] x = DecoderOutputs(z);
        RandomStream random = new(seed, "observations");
        for (int i = 0; i < x.Length; i++)
            x[i] = InUnits(Observation.Sample(x[i], i % Observed, Parameters.Values, random), i % Observed);
        return x;
    }

    /// <summary>E[x | z] at the posterior mean of every row: what the model keeps of it.</summary>
    /// <param name="x">n x D, row by row.</param>
    /// <returns>n x D.</returns>
    /// <exception cref="ArgumentException">The values are not whole rows, or cannot be observed.</exception>
    public float[] Reconstruct(ReadOnlySpan<float> x) => Decode(Encode(x).Means);

    /// <summary>From one observation to another along the straight line between their posterior means.</summary>
    /// <param name="from">D values.</param>
    /// <param name="to">D values.</param>
    /// <param name="steps">Rows of the result, the ends among them; at least 2.</param>
    /// <returns>steps x D values of E[x | z].</returns>
    /// <exception cref="ArgumentException">An end does not have D values, or cannot be observed.</exception>
    public float[] Interpolate(ReadOnlySpan<float> from, ReadOnlySpan<float> to, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        if (from.Length != Observed || to.Length != Observed)
            throw new ArgumentException($"Each end has {Observed} values, found {from.Length} and {to.Length}.", nameof(from));
        float[] ends = Encode([.. from, .. to]).Means, z = new float[checked(steps * Latent)];
        for (int i = 0; i < steps; i++)
        {
            float weight = i / (float)(steps - 1);
            for (int j = 0; j < Latent; j++)
                z[(i * Latent) + j] = ((1 - weight) * ends[j]) + (weight * ends[Latent + j]);
        }
        return Decode(z);
    }

    private float InUnits(double x, int variable)
        => (float)(Units is { } units ? units.Mean[variable] + (units.Scale[variable] * x) : x);

    private float[] DecoderOutputs(ReadOnlySpan<float> z)
    {
        int rows = Rows(z, Latent, "latent variables");
        float[] outputs = new float[checked(rows * Observed)];
        using InferencePass pass = new(Parameters);
        for (int start = 0; start < rows; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - start);
            pass.Begin();
            Decode(pass.Parameters, pass.Tape.Constant(new(count, Latent), z.Slice(start * Latent, count * Latent))).Value.CopyTo(
                outputs.AsSpan(start * Observed));
        }
        return outputs;
    }

    private static int Rows(ReadOnlySpan<float> values, int columns, string what)
        => values.Length % columns == 0
            ? values.Length / columns
            : throw new ArgumentException($"Expected rows of {columns} {what}, found {values.Length} values.");
}
