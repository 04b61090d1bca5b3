using System.Numerics;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Experiments;

/// <summary>
/// What the document's program minimises: z = mu + exp(logvar) eps, which takes the variance for the standard deviation, while the
/// divergence is that of a Gaussian with the variance exp(logvar).
/// </summary>
/// <remarks>
/// What it reports is no bound: of the Gaussian that it samples, whose variance is exp(2 logvar), the divergence is another. The layers are
/// those of a <see cref="VariationalAutoencoder"/> with one hidden layer and ReLU, in whose parameters it is learnt.
/// </remarks>
internal sealed class VarianceForDeviation(VariationalAutoencoder model, float[] images, ulong seed) : MinibatchObjective
{
    private const string LogVariance = "encoder.log_variance";

    public override int SampleCount => images.Length / model.Observed;

    public override Variable<T> Loss<T>(TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place)
    {
        int n = samples.Length, d = model.Observed;
        T[] x = new T[n * d], noise = new T[n * model.Latent];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < d; j++)
                x[(i * d) + j] = T.CreateTruncating(images[(samples[i] * d) + j]);
        RandomStream random = new(seed, place.Training ? "noise of the slip" : "noise of its evaluation");
        random.Seek(place.Part);
        for (int i = 0; i < noise.Length; i++)
            noise[i] = T.CreateTruncating(random.NextNormal());
        Variable<T> observed = parameters.Tape.Constant(new(n, d), x), eps = parameters.Tape.Constant(new(n, model.Latent), noise);
        Variable<T> hidden = Layer(parameters, "encoder.0", observed).Relu();
        Variable<T> mean = Layer(parameters, "encoder.mean", hidden), logVariance = Layer(parameters, LogVariance, hidden);
        Variable<T> z = mean + (logVariance.Exp() * eps);
        Variable<T> logits = Layer(parameters, "decoder.output", Layer(parameters, "decoder.0", z).Relu());
        return ((mean.Square() + logVariance.Exp() - logVariance - 1) * 0.5).Sum() - logits.BernoulliLogLikelihood(observed).Sum();
    }

    /// <summary>The mean over all samples of what is reported as a loss.</summary>
    public double Evaluate(ParameterBuffer parameters)
    {
        const int batch = 500;
        double sum = 0;
        for (int start = 0; start < SampleCount; start += batch)
        {
            int[] samples = [.. Enumerable.Range(start, Math.Min(batch, SampleCount - start))];
            using Tape<double> tape = new();
            TapeParameters<double> constants = new(tape.Constant(new(1, parameters.Count), parameters.Values), parameters);
            sum += Loss(constants, samples, new(Training: false, Epoch: 0, Part: (ulong)start, Beta: 1)).Scalar;
        }
        return sum / SampleCount;
    }

    /// <summary>The same model with log variances such that the posterior is the one that was sampled: N(mu, exp(2 logvar)).</summary>
    public static VariationalAutoencoder AsSampled(VariationalAutoencoder trained)
    {
        VariationalAutoencoder model = new(trained.Options);
        double[] values = trained.Parameters.Values.ToArray();
        foreach (ParameterTensor tensor in trained.Parameters.Tensors)
            if (tensor.Name.StartsWith(LogVariance, StringComparison.Ordinal))
                foreach (ref double value in values.AsSpan(tensor.Offset, tensor.Count))
                    value *= 2;
        model.Parameters.Set(values);
        return model;
    }

    private Variable<T> Layer<T>(TapeParameters<T> parameters, string name, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => x.Affine(parameters[Tensor(name + ".weight")], parameters[Tensor(name + ".bias")]);

    private ParameterTensor Tensor(string name) => model.Parameters.Tensors.Single(t => t.Name == name);
}
