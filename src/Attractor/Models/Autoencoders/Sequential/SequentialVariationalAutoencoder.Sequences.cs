using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

public sealed partial class SequentialVariationalAutoencoder
{
    // Rows that are decoded at once: more would not be faster.
    private const int RowsAtOnce = 500;

    /// <summary>
    /// q(z | x) of a sequence. Of a smoothing posterior, along the path of its means: each step is
    /// conditioned on the mean of the one before.
    /// </summary>
    /// <param name="x">T x D; a missing value is a NaN.</param>
    /// <returns>Means and standard deviations, T x L each.</returns>
    /// <exception cref="ArgumentException">The series has another number of variables, no rows, or a value that cannot be
    /// observed.</exception>
    public (TimeSeries Means, TimeSeries Deviations) Encode(TimeSeries x)
    {
        CheckObservable(x);
        PackedSequences packed = new(Standardization?.Apply(x) ?? x);
        using InferencePass pass = new(Parameters);
        pass.Begin();
        Variable<float> noise = pass.Tape.Constant(new(x.Length, Latent), new float[x.Length * Latent]);
        DiagonalPosterior<float> moments = _inference.Infer(pass.Parameters, SequenceInput<float>.Of(pass.Tape, packed), noise).Moments;
        return (Series(moments.Mean.Value, x.Dt), Series((moments.LogVariance * 0.5).Exp().Value, x.Dt));
    }

    /// <summary>E[x | z] at the posterior means: what the model keeps of a sequence, and what it puts where values are missing.</summary>
    /// <param name="x">T x D; a missing value is a NaN.</param>
    /// <returns>T x D.</returns>
    /// <exception cref="ArgumentException">The series has another number of variables, no rows, or a value that cannot be
    /// observed.</exception>
    public TimeSeries Reconstruct(TimeSeries x) => new(Decode(Encode(x).Means.Values, null), Observed, x.Dt, x.Names);

    /// <summary>E[x | z] of some latent variables: of Bernoulli variables the probabilities.</summary>
    /// <param name="z">T x L.</param>
    /// <returns>T x D.</returns>
    /// <exception cref="ArgumentException">The series has another number of variables.</exception>
    public TimeSeries Decode(TimeSeries z)
    {
        ArgumentNullException.ThrowIfNull(z);
        if (z.Dimension != Latent)
            throw new ArgumentException($"The model has {Latent} latent variables, the series has {z.Dimension}.", nameof(z));
        return new(Decode(z.Values, null), Observed, z.Dt);
    }

    /// <summary>A sequence from the model.</summary>
    /// <param name="steps">T.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="noise">What is random.</param>
    /// <param name="state">z before the first step, L values, such as the last posterior mean of given data; empty for a first step drawn
    /// from the prior.</param>
    /// <param name="dt">Time between two rows.</param>
    /// <remarks>Without a transition, that is with the prior N(0, I), the steps are independent and a state says nothing.</remarks>
    /// <exception cref="ArgumentException">The state does not have L values.</exception>
    public GeneratedSequence Generate(
        int steps, ulong seed, GenerationNoise noise = GenerationNoise.Full, ReadOnlySpan<double> state = default, double dt = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (state.Length != 0 && state.Length != Latent)
            throw new ArgumentException($"A state of this model has {Latent} values, found {state.Length}.", nameof(state));
        RandomStream random = new(seed, "latent variables");
        double[] z = new double[checked(steps * Latent)], before = state.ToArray();
        using InferencePass pass = new(Parameters, threads: 1);
        for (int t = 0; t < steps; t++)
        {
            bool first = before.Length == 0;
            Next(pass, before, first || noise != GenerationNoise.None ? random : null, z.AsSpan(t * Latent, Latent));
            before = z.AsSpan(t * Latent, Latent).ToArray();
        }
        double[] x = Decode(z, noise == GenerationNoise.Full ? new(seed, "observations") : null);
        return new(new(x, Observed, dt), new(z, Latent, dt));
    }

    // One step of the prior; without a state, its first.
    private void Next(InferencePass pass, double[] before, RandomStream? random, Span<double> z)
    {
        pass.Begin();
        DiagonalPosterior<float>? moments = before.Length == 0 || _prior.Transition is null
            ? _prior.First(pass.Parameters)
            : _prior.Transition.Next(pass.Parameters, pass.Tape.Constant(new(1, Latent), [.. before.Select(v => (float)v)]));
        for (int j = 0; j < z.Length; j++)
        {
            (double mean, double logVariance) = moments is { } m ? (m.Mean.Value[j], m.LogVariance.Value[j]) : (0, 0);
            z[j] = mean + (random is null ? 0 : Math.Exp(0.5 * logVariance) * random.NextNormal());
        }
    }

    // Means, or with a stream draws.
    private double[] Decode(ReadOnlySpan<double> z, RandomStream? random)
    {
        int rows = z.Length / Latent;
        double[] x = new double[checked(rows * Observed)];
        using InferencePass pass = new(Parameters);
        for (int start = 0; start < rows; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - start);
            pass.Begin();
            float[] piece = [.. z.Slice(start * Latent, count * Latent).ToArray().Select(v => (float)v)];
            ReadOnlySpan<float> output = Decode(pass.Parameters, pass.Tape.Constant(new(count, Latent), piece)).Value;
            for (int i = 0; i < output.Length; i++)
                x[(start * Observed) + i] = random is null
                    ? Observation.Mean(output[i], i % Observed, Parameters.Values)
                    : Observation.Sample(output[i], i % Observed, Parameters.Values, random);
        }
        Standardization?.Undo(x);
        return x;
    }

    private void CheckObservable(TimeSeries x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Dimension != Observed)
            throw new ArgumentException($"The model observes {Observed} variables, the series has {x.Dimension}.", nameof(x));
        if (x.Length == 0)
            throw new ArgumentException("The series has no rows.", nameof(x));
        for (int t = 0; t < x.Length; t++)
            for (int j = 0; j < Observed; j++)
                if (!double.IsNaN(x[t, j]) && Observation.Refusal(x[t, j]) is { } refusal)
                    throw new ArgumentException(
                        FormattableString.Invariant($"Variable {j} of row {t} is {x[t, j]}: {refusal}."), nameof(x));
    }

    private TimeSeries Series(ReadOnlySpan<float> values, double dt)
    {
        double[] copy = new double[values.Length];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = values[i];
        return new(copy, Latent, dt);
    }
}
