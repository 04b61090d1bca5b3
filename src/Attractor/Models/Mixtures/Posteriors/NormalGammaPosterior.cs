using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>q(mu_k, tau_k) = Gamma(tau_k; c_k, d_k) prod_d N(mu_kd; m_kd, 1 / (kappa_kd tau_k)).</summary>
/// <remarks>Without missing values kappa_kd is the same for all d.</remarks>
public sealed class NormalGammaPosterior : BlockPosterior
{
    private const double LogTwoPi = 1.8378770664093454836;

    private readonly NormalGammaBlock _prior;
    private readonly double[] _mean, _kappa, _shape, _rate;

    internal NormalGammaPosterior(NormalGammaBlock prior, int components)
        : base(prior, components)
    {
        _prior = prior;
        _mean = [.. Enumerable.Repeat(prior.PriorMean, components).SelectMany(m => m)];
        (_kappa, _shape, _rate) = (new double[_mean.Length], new double[components], new double[components]);
        _kappa.AsSpan().Fill(prior.Kappa);
        _shape.AsSpan().Fill(prior.Shape);
        _rate.AsSpan().Fill(prior.Rate);
    }

    /// <summary>c_k: K values.</summary>
    public IReadOnlyList<double> Shape => _shape;

    /// <summary>d_k: K values.</summary>
    public IReadOnlyList<double> Rate => _rate;

    /// <summary>E[tau_k]: K values.</summary>
    public IReadOnlyList<double> Precision => [.. _shape.Zip(_rate, (c, d) => c / d)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Factors { get; } = ["mean and precision"];

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorTensor> Tensors =>
    [
        new("mean", [Components, Dimension], _mean) { AnySign = true },
        new("kappa", [Components, Dimension], _kappa),
        new("shape", [Components], _shape),
        new("rate", [Components], _rate),
    ];

    private int Dimension => _prior.Columns.Count;

    /// <summary>m_k: D values.</summary>
    public ReadOnlySpan<double> Mean(int component) => _mean.AsSpan(component * Dimension, Dimension);

    /// <summary>kappa_k, how many points the mean counts for: D values.</summary>
    public ReadOnlySpan<double> Kappa(int component) => _kappa.AsSpan(component * Dimension, Dimension);

    /// <inheritdoc/>
    public override void Update(int factor, in BlockSums sums, double rate)
    {
        for (int k = 0; k < Components; k++)
        {
            // The natural parameters of the rate: d + sum_d kappa_d m_d^2 / 2, which is linear in the statistics.
            double count = 0, before = _rate[k], target = _prior.Rate + (0.5 * sums[k, 2 * Dimension]), after = 0;
            for (int d = 0; d < Dimension; d++)
            {
                int i = (k * Dimension) + d;
                double origin = sums.Origin[d], nu = _prior.PriorMean[d] - origin, old = _mean[i] - origin;
                before += 0.5 * _kappa[i] * old * old;
                target += 0.5 * _prior.Kappa * nu * nu;
                double moment = ((1 - rate) * _kappa[i] * old) + (rate * ((_prior.Kappa * nu) + sums[k, d]));
                _kappa[i] = ((1 - rate) * _kappa[i]) + (rate * (_prior.Kappa + sums[k, Dimension + d]));
                double m = moment / _kappa[i];
                _mean[i] = m + origin;
                after += 0.5 * m * moment;
                count += sums[k, Dimension + d];
            }
            _shape[k] = ((1 - rate) * _shape[k]) + (rate * (_prior.Shape + (0.5 * count)));
            // Never below the prior, which rounding could take it to where all points of a component are one.
            double least = Math.Min(_prior.Rate, _rate[k]);
            _rate[k] = Math.Max(least, ((1 - rate) * before) + (rate * target) - after);
        }
    }

    /// <inheritdoc/>
    public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
    {
        GammaExpectations tau = Tau(component);
        for (int d = 0; d < Dimension; d++)
        {
            double m = Mean(component)[d] - origin[d];
            weights[d] = tau.Mean * m;
            weights[Dimension + d] = (0.5 * tau.MeanLog) - (0.5 * ((tau.Mean * m * m) + (1 / Kappa(component)[d])));
        }
        weights[2 * Dimension] = -0.5 * tau.Mean;
    }

    /// <inheritdoc/>
    public override double ExpectedLogPrior(int factor)
    {
        double sum = 0;
        for (int k = 0; k < Components; k++)
        {
            GammaExpectations tau = Tau(k);
            sum += tau.ExpectedLogDensity(_prior.Shape, _prior.Rate);
            for (int d = 0; d < Dimension; d++)
            {
                double off = Mean(k)[d] - _prior.PriorMean[d];
                sum +=
                    0.5 * (Math.Log(_prior.Kappa) - LogTwoPi + tau.MeanLog - (_prior.Kappa * ((tau.Mean * off * off) + (1 / Kappa(k)[d]))));
            }
        }
        return sum;
    }

    /// <inheritdoc/>
    public override double Entropy(int factor)
    {
        double sum = 0;
        for (int k = 0; k < Components; k++)
        {
            GammaExpectations tau = Tau(k);
            sum += tau.Entropy;
            foreach (double kappa in Kappa(k))
                sum += 0.5 * (1 + LogTwoPi - Math.Log(kappa) - tau.MeanLog);
        }
        return sum;
    }

    /// <inheritdoc/>
    // A multivariate t distribution with 2c degrees of freedom, of which the values that are there are again one.
    public override double LogPredictive(int component, ReadOnlySpan<double> x)
    {
        double distance = 0, logScale = 0;
        int observed = 0;
        for (int d = 0; d < Dimension; d++)
        {
            if (double.IsNaN(x[d]))
                continue;
            double off = x[d] - Mean(component)[d], spread = 1 + (1 / Kappa(component)[d]);
            distance += off * off / spread;
            logScale += Math.Log(spread);
            observed++;
        }
        double c = _shape[component], rate = _rate[component], half = 0.5 * observed;
        return LogGamma.Of(c + half) - LogGamma.Of(c) - (half * (LogTwoPi + Math.Log(rate)))
            - (0.5 * logScale) - ((c + half) * Math.Log(1 + (distance / (2 * rate))));
    }

    /// <inheritdoc/>
    public override void Sample(int component, RandomStream random, Span<double> x)
    {
        double tau = GammaSampler.Next(random, _shape[component]) / _rate[component];
        for (int d = 0; d < Dimension; d++)
            x[d] = Mean(component)[d] + (Math.Sqrt((1 + (1 / Kappa(component)[d])) / tau) * random.NextNormal());
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Describe(int component) =>
    [
        BlockValue.Of("mean", Mean(component).ToArray()),
        BlockValue.Of("kappa", Kappa(component).ToArray()),
        BlockValue.Of("precision", Precision[component]),
        BlockValue.Of("precision_shape", _shape[component]), BlockValue.Of("precision_rate", _rate[component]),
    ];

    /// <inheritdoc/>
    public override ComponentView View(int component)
    {
        double variance = 1 / Precision[component];
        return PositionView.Spherical(
            Mean(component), [.. Kappa(component).ToArray().Select(kappa => Math.Sqrt(variance / kappa))], variance);
    }

    private GammaExpectations Tau(int component) => new(_shape[component], _rate[component]);
}
