using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Evaluation;

/// <summary>Draws from the posterior of one sample after the other, with their importance weights. One thread at a time.</summary>
internal sealed class ImportanceSampler(VariationalAutoencoder model, SampleSet samples, int draws, ulong seed) : IDisposable
{
    // As many as keep the decoder's layers in the cache.
    private const int DrawsAtOnce = 250;

    private readonly InferencePass _pass = new(model.Parameters, threads: 1);
    private readonly RandomStream _random = new(seed, "importance sampling");
    private readonly float[] _x = new float[model.Observed], _present = new float[model.Observed];
    private readonly float[] _noise = new float[DrawsAtOnce * model.Latent];
    private readonly double[] _weights = new double[draws];
    private bool _isWhole;
    private double _logScale;

    /// <summary>log p(x, z_k) - log q(z_k | x) of every draw; valid until the next call.</summary>
    public ReadOnlySpan<double> LogWeights(int sample)
    {
        samples.Gather(new ReadOnlySpan<int>(in sample), _x, seed, 0);
        _isWhole = !model.TakeMissing<float>(_x, _present);
        _logScale = (model.Units?.LogScale ?? 0) - model.LogScaleOfMissing<float>(_present);
        _random.Seek((ulong)sample);
        _pass.Begin();
        DiagonalPosterior<float> posterior = model.Encode(_pass.Parameters, _pass.Tape.Constant(new(1, model.Observed), _x));
        float[] mean = posterior.Mean.Value.ToArray(), logVariance = posterior.LogVariance.Value.ToArray();
        for (int start = 0; start < draws; start += DrawsAtOnce)
            Block(mean, logVariance, start, Math.Min(DrawsAtOnce, draws - start));
        return _weights;
    }

    public void Dispose() => _pass.Dispose();

    private void Block(float[] mean, float[] logVariance, int start, int count)
    {
        NormalNoise.Fill(_random, _noise.AsSpan());
        _pass.Begin();
        Tape<float> tape = _pass.Tape;
        Variable<float> x = tape.Constant(new(1, model.Observed), _x),
            noise = tape.Constant(new(count, model.Latent), _noise.AsSpan(0, count * model.Latent));
        DiagonalPosterior<float> posterior = new(
            tape.Constant(new(1, model.Latent), mean), tape.Constant(new(1, model.Latent), logVariance));
        Variable<float> z = posterior.Reparameterize(noise);
        Variable<float> terms = model.Observation.LogLikelihood(_pass.Parameters, model.Decode(_pass.Parameters, z), x);
        Variable<float> logLikelihood
            = (_isWhole ? terms : terms * tape.Constant(new(1, model.Observed), _present)).SumOverColumns();
        // log N(z; 0, I) - log q: the constants cancel, and log q at z = mu + sigma eps needs eps and sigma alone.
        Variable<float> ratio = ((noise.Square() - z.Square() + posterior.LogVariance) * 0.5).SumOverColumns();
        for (int i = 0; i < count; i++)
            _weights[start + i] = (double)logLikelihood.Value[i] + ratio.Value[i] - _logScale;
    }
}
