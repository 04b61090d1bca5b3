using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>How likely sequences are under a sequential variational autoencoder.</summary>
public static class SequentialAutoencoderEvaluation
{
    // Rows of the matrices that are computed with at once.
    private const int RowsAtOnce = 20_000;

    /// <summary>
    /// The evidence lower bound and the importance-weighted one (Burda, Grosse and Salakhutdinov, ICLR 2016) of whole sequences: a weight
    /// is that of a whole draw z_{1:T}.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="sequences">Of its D variables.</param>
    /// <param name="draws">k, for each sequence.</param>
    /// <param name="seed">Of the noise; a sequence has the same noise whatever the others are.</param>
    /// <param name="cancellationToken">Ends the evaluation with an exception.</param>
    /// <exception cref="ArgumentException">The sequences do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SequenceLikelihood Evaluate(
        SequentialVariationalAutoencoder model,
        SequenceSet sequences,
        int draws = 1,
        ulong seed = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        SequentialAutoencoderTraining.CheckSequences(model, sequences, "given");
        sequences = sequences.In(model.Standardization);
        double[] likelihoods = new double[sequences.Count],
            divergences = new double[sequences.Count], weighted = new double[sequences.Count];
        Concurrent.For(
            sequences.Count,
            i => (likelihoods[i], divergences[i], weighted[i]) = One(
                model, sequences[i], draws, new(seed, "noise of the evaluation", (ulong)i), cancellationToken),
            cancellationToken);
        double steps = sequences.TotalSteps, likelihood = likelihoods.Sum() / steps, divergence = divergences.Sum() / steps;
        return new(sequences.TotalSteps, likelihood - divergence, likelihood, divergence, weighted.Sum() / steps, draws);
    }

    private static (double LogLikelihood, double Divergence, double Weighted) One(
        SequentialVariationalAutoencoder model, TimeSeries sequence, int draws, RandomStream random, CancellationToken cancellationToken)
    {
        using InferencePass pass = new(model.Parameters, threads: 1);
        double[] weights = new double[draws];
        double likelihood = 0, divergence = 0;
        int copies = Math.Clamp(RowsAtOnce / sequence.Length, 1, draws);
        for (int start = 0; start < draws; start += copies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(copies, draws - start);
            pass.Begin();
            TimeSeries[] repeated = new TimeSeries[count];
            Array.Fill(repeated, sequence);
            PackedSequences packed = new(repeated);
            float[] noise = new float[packed.Layout.Rows * model.Latent];
            NormalNoise.Fill(random, noise.AsSpan());
            SequenceBound<float> bound = model.Bound(
                pass.Parameters,
                SequenceInput<float>.Of(pass.Tape, packed),
                pass.Tape.Constant(new(packed.Layout.Rows, model.Latent), noise));
            likelihood += Sum(bound.LogLikelihood.Value);
            divergence += Sum(bound.Divergence().Value);
            AddToWeights(bound.LogWeight().Value, count, weights.AsSpan(start));
        }
        double logScale = model.Standardization?.LogScaleOf(sequence) ?? 0;
        return ((likelihood / draws) - logScale, divergence / draws, LogSumExp.Of(weights) - Math.Log(draws) - logScale);
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }

    // Copies of one sequence are all of its length: row r is that of copy r mod count.
    private static void AddToWeights(ReadOnlySpan<float> rows, int count, Span<double> weights)
    {
        for (int r = 0; r < rows.Length; r++)
            weights[r % count] += rows[r];
    }
}
