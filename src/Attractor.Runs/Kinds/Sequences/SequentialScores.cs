using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Runs;

/// <summary>
/// How good a sequential variational autoencoder is: bounds on the log likelihood, and where it has dynamics of real variables, whether a
/// long sample behaves like the data.
/// </summary>
/// <param name="Bounds">For each number of draws.</param>
/// <param name="Truth">The sequence that a sample is compared with; null where there is none.</param>
/// <param name="Sample">As long a sample: latent variables drawn, of the observations the means.</param>
/// <param name="Score">The comparison.</param>
internal sealed record SequentialScores(
    IReadOnlyList<SequenceLikelihood> Bounds, TimeSeries? Truth, TimeSeries? Sample, Reconstruction? Score)
{
    private const int LeastRows = 1000, MostRows = 100_000;

    public static SequentialScores Of(
        SequentialSource source, SequenceSet set, IReadOnlyList<int> draws, ulong seed, CancellationToken token)
    {
        List<SequenceLikelihood> bounds =
            [.. draws.Select(k => SequentialAutoencoderEvaluation.Evaluate(source.Model, set, k, seed, token))];
        TimeSeries truth = set.Sequences.MaxBy(s => s.Length)!;
        bool real = source.Model.Options.Observation.Support == Domain.Real;
        if (!source.HasDynamics || !real || truth.Length < LeastRows || truth.FindNonFinite() is not null)
            return new(bounds, null, null, null);
        truth = truth.Slice(0, Math.Min(MostRows, truth.Length));
        // From where the data begin, after as many steps as let go of it.
        TimeSeries sample = source.Model
            .Generate(truth.Length + (truth.Length / 4), seed, GenerationNoise.Latent, source.StateAfter(truth), truth.Dt).Observations;
        sample = sample.Slice(sample.Length - truth.Length, truth.Length);
        // The scores are of standardised variables, whatever the units.
        Standardization? units = source.Model.Standardization;
        return new(bounds, truth, sample, Reconstruction.Compare(
            units?.Apply(truth) ?? truth, units?.Apply(sample) ?? sample, cancellationToken: token));
    }
}
