using System.Numerics;
using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>The negative bound of a variational autoencoder on a part of a batch.</summary>
internal sealed unsafe class AutoencoderShard<T> : IMinibatchShard<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly VariationalAutoencoder _model;
    private readonly SampleSet _samples;
    private readonly int _draws;
    private readonly double _logScale;
    private readonly ulong _seed;
    private readonly RandomStream _trainingNoise, _evaluationNoise;
    private readonly AlignedBuffer<T> _x, _present, _noise;

    public AutoencoderShard(VariationalAutoencoder model, SampleSet samples, int draws, ulong seed, int mostSamples)
    {
        (_model, _samples, _draws, _seed) = (model, samples, draws, seed);
        _logScale = model.Units?.LogScale ?? 0;
        _x = new((long)mostSamples * model.Observed);
        _present = new((long)mostSamples * model.Observed);
        _noise = new((long)mostSamples * draws * model.Latent);
        (_trainingNoise, _evaluationNoise) = (new(seed, "noise of the posterior"), new(seed, "noise of the evaluation"));
    }

    public Variable<T> Loss(TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place, out BoundSums sums)
    {
        int n = samples.Length;
        Span<T> values = new(_x.Pointer, n * _model.Observed), there = new(_present.Pointer, values.Length);
        _samples.Gather(samples, values, _seed, place.Epoch);
        Variable<T>? present = _model.TakeMissing(values, there)
            ? parameters.Tape.Parameter(new(n, _model.Observed), _present.Pointer, null)
            : null;
        RandomStream random = place.Training ? _trainingNoise : _evaluationNoise;
        random.Seek(place.Part);
        NormalNoise.Fill(random, new Span<T>(_noise.Pointer, n * _draws * _model.Latent));
        Variable<T> x = parameters.Tape.Parameter(new(n, _model.Observed), _x.Pointer, null);
        Variable<T> noise = parameters.Tape.Parameter(new(n * _draws, _model.Latent), _noise.Pointer, null);
        Variable<T> loss = _draws == 1
            ? Evidence(parameters, x, present, noise, place.Beta, out sums)
            : ImportanceWeighted(parameters, x, present, noise, place.Beta, out sums);
        // What is learnt is the same; what is told is the bound of the data in their own units.
        double logScale = (n * _logScale) - (present is null ? 0 : _model.LogScaleOfMissing<T>(there));
        sums = sums with { Bound = sums.Bound - logScale, LogLikelihood = sums.LogLikelihood - logScale };
        return loss;
    }

    public void Dispose()
    {
        _x.Dispose();
        _present.Dispose();
        _noise.Dispose();
    }

    // -E[log p(x | z)] by one draw, plus the divergence in closed form.
    private Variable<T> Evidence(
        TapeParameters<T> parameters, Variable<T> x, Variable<T>? present, Variable<T> noise, double beta, out BoundSums sums)
    {
        DiagonalPosterior<T> posterior = _model.Encode(parameters, x);
        Variable<T> output = _model.Decode(parameters, posterior.Reparameterize(noise));
        Variable<T> terms = _model.Observation.LogLikelihood(parameters, output, x);
        Variable<T> logLikelihood = (present is { } there ? terms * there : terms).Sum(),
            divergence = posterior.DivergenceFromStandardNormal().Sum();
        double likelihood = double.CreateTruncating(logLikelihood.Scalar), kl = double.CreateTruncating(divergence.Scalar);
        sums = new(likelihood - kl, likelihood, kl, x.Rows);
        return (divergence * beta) - logLikelihood;
    }

    // log w_ij = log p(x_i | z_ij) + beta (log p(z_ij) - log q(z_ij | x_i)); log q at z = mu + sigma eps needs eps and sigma alone.
    private Variable<T> ImportanceWeighted(
        TapeParameters<T> parameters, Variable<T> x, Variable<T>? present, Variable<T> noise, double beta, out BoundSums sums)
    {
        int n = x.Rows;
        int* rows = stackalloc int[n * _draws];
        for (int i = 0; i < n * _draws; i++)
            rows[i] = i / _draws;
        ReadOnlySpan<int> repeated = new(rows, n * _draws);
        DiagonalPosterior<T> posterior = _model.Encode(parameters, x);
        posterior = new(posterior.Mean.GatherRows(repeated), posterior.LogVariance.GatherRows(repeated));
        Variable<T> z = posterior.Reparameterize(noise);
        Variable<T> terms = _model.Observation.LogLikelihood(parameters, _model.Decode(parameters, z), x.GatherRows(repeated));
        Variable<T> logLikelihood = (present is { } there ? terms * there.GatherRows(repeated) : terms).SumOverColumns();
        Variable<T> divergence = ((z.Square() - noise.Square() - posterior.LogVariance) * 0.5).SumOverColumns();
        Variable<T> bound = (logLikelihood - (divergence * beta)).Reshape(n, _draws).LogSumExp().Sum() - (n * Math.Log(_draws));
        double likelihood = double.CreateTruncating(logLikelihood.Sum().Scalar) / _draws,
            kl = double.CreateTruncating(divergence.Sum().Scalar) / _draws;
        double full = beta == 1
            ? double.CreateTruncating(bound.Scalar)
            : double.CreateTruncating((logLikelihood - divergence).Reshape(n, _draws).LogSumExp().Sum().Scalar) - (n * Math.Log(_draws));
        sums = new(full, likelihood, kl, n);
        return -bound;
    }
}
