using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Evaluation;

/// <summary>
/// Estimates log p(x) of a variational autoencoder with its encoder as the proposal: log (1/K) sum_k p(x, z_k) / q(z_k | x), z_k ~ q(z | x)
/// (Burda, Grosse and Salakhutdinov, ICLR 2016).
/// </summary>
public static class ImportanceWeighting
{
    /// <summary>
    /// The bound for several numbers of draws from the same draws: that with fewer is the mean over as many groups of them as there are.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="samples">Observations of its D variables. Pixels that are sampled are those of epoch 0.</param>
    /// <param name="draws">The numbers K of draws; usual are 1, 100 and 5000.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="progress">Called with the number of samples done.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>An estimate for each K, in their order.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the model, or a number of draws is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<ImportanceWeightedEstimate> Estimate(
        VariationalAutoencoder model,
        SampleSet samples,
        IReadOnlyList<int> draws,
        ulong seed = 0,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(draws);
        if (draws.Count == 0 || draws.Any(k => k < 1))
            throw new ArgumentException("Expected one or more positive numbers of draws.", nameof(draws));
        AutoencoderTraining.CheckSamples(model, samples, "test");
        samples = samples.In(model.Units);
        double[][] bounds = [.. draws.Select(_ => new double[samples.Count])];
        int done = 0;
        Parallel.For(
            0, samples.Count, new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new ImportanceSampler(model, samples, draws.Max(), seed),
            (i, _, sampler) =>
            {
                ReadOnlySpan<double> weights = sampler.LogWeights(i);
                for (int k = 0; k < draws.Count; k++)
                    bounds[k][i] = MeanOverGroups(weights, draws[k]);
                progress?.Report(Interlocked.Increment(ref done));
                return sampler;
            },
            sampler => sampler.Dispose());
        return [.. draws.Select((k, i) => Summarize(k, bounds[i]))];
    }

    private static double MeanOverGroups(ReadOnlySpan<double> weights, int draws)
    {
        int groups = weights.Length / draws;
        double sum = 0;
        for (int g = 0; g < groups; g++)
            sum += LogMeanExp(weights.Slice(g * draws, draws));
        return sum / groups;
    }

    private static double LogMeanExp(ReadOnlySpan<double> weights)
    {
        double most = double.NegativeInfinity, sum = 0;
        foreach (double weight in weights)
            most = Math.Max(most, weight);
        foreach (double weight in weights)
            sum += Math.Exp(weight - most);
        return most + Math.Log(sum / weights.Length);
    }

    private static ImportanceWeightedEstimate Summarize(int draws, double[] bounds)
    {
        double mean = bounds.Average(), variance = bounds.Sum(b => (b - mean) * (b - mean)) / Math.Max(1, bounds.Length - 1);
        return new(draws, mean, Math.Sqrt(variance / bounds.Length));
    }
}
