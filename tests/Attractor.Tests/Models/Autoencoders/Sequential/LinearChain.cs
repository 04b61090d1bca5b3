using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Autoencoders.Sequential;

/// <summary>z_t = 0.9 z_{t-1} + N(0, 1) from its stationary distribution, x_t = z_t + N(0, 1): everything about it is known.</summary>
internal static class LinearChain
{
    public const double A = 0.9;

    public static double StationaryVariance => 1 / (1 - (A * A));

    /// <summary>The published series with its known log likelihood.</summary>
    public static TimeSeries Published => new([0.5, -0.3, 1.2, 0.7, -1.1], 1);

    public static TimeSeries Simulate(int steps, ulong seed)
    {
        RandomStream random = new(seed, "chain");
        double[] x = new double[steps];
        double z = Math.Sqrt(StationaryVariance) * random.NextNormal();
        for (int t = 0; t < steps; t++)
        {
            x[t] = z + random.NextNormal();
            z = (A * z) + random.NextNormal();
        }
        return new(x, 1);
    }

    /// <summary>The Kalman filter: the log likelihood, and the means and variances of z_t given x_{1:t} and given x_{1:T}.</summary>
    public static (double LogLikelihood, double[] FilterMeans, double[] SmootherMeans) Kalman(TimeSeries x)
    {
        int steps = x.Length;
        double[] mean = new double[steps], variance = new double[steps], predictedVariance = new double[steps];
        double logLikelihood = 0, m = 0, p = StationaryVariance;
        for (int t = 0; t < steps; t++)
        {
            if (t > 0)
                (m, p) = (A * m, (A * A * p) + 1);
            predictedVariance[t] = p;
            double s = p + 1, residual = x[t, 0] - m;
            logLikelihood -= 0.5 * (Math.Log(2 * Math.PI * s) + (residual * residual / s));
            (m, p) = (m + (p / s * residual), p / s);
            (mean[t], variance[t]) = (m, p);
        }
        double[] smooth = [.. mean];
        for (int t = steps - 2; t >= 0; t--)
            smooth[t] += variance[t] * A / predictedVariance[t + 1] * (smooth[t + 1] - (A * mean[t]));
        return (logLikelihood, mean, smooth);
    }

    /// <summary>A model whose generative part is the chain, exactly.</summary>
    public static SequentialVariationalAutoencoder Model(SequentialAutoencoderOptions options)
    {
        SequentialVariationalAutoencoder model = new(
            options with { Observed = 1, Latent = 1, Transition = TransitionKind.Linear, Observation = Observation.Gaussian });
        model.Parameters.Set("transition.A", [A]);
        model.Parameters.Set("transition.b", [0]);
        model.Parameters.Set("transition.log_variance", [0]);
        model.Parameters.Set("initial.mean", [0]);
        model.Parameters.Set("initial.log_variance", [Math.Log(StationaryVariance)]);
        model.Parameters.Set("decoder.output.weight", [1]);
        model.Parameters.Set("decoder.output.bias", [0]);
        model.Parameters.Set("decoder.log_variance", [0]);
        return model;
    }

    /// <summary>The tensors that <see cref="Model"/> sets.</summary>
    public static IReadOnlyList<string> GenerativeTensors { get; } =
    [
        "transition.A",
        "transition.b",
        "transition.log_variance",
        "initial.mean",
        "initial.log_variance",
        "decoder.output.weight",
        "decoder.output.bias",
        "decoder.log_variance",
    ];
}
