using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>q(mu_k) = prod_d N(m_kd, 1 / rho_kd), and q(tau) = Gamma(c, d) where the precision is unknown.</summary>
/// <remarks>Without missing values rho_kd is the same for all d.</remarks>
public sealed class GaussianMeanPosterior : BlockPosterior
{
    private const double LogTwoPi = 1.8378770664093454836;

    private readonly GaussianMeanBlock _prior;
    private readonly double[] _mean, _precisionOfMean, _shape, _rate;

    internal GaussianMeanPosterior(GaussianMeanBlock prior, int components)
        : base(prior, components)
    {
        _prior = prior;
        _mean = [.. Enumerable.Repeat(prior.PriorMean, components).SelectMany(m => m)];
        _precisionOfMean = new double[_mean.Length];
        _precisionOfMean.AsSpan().Fill(prior.PriorPrecision);
        _shape = prior.PrecisionPrior is { } gamma ? [gamma.Shape] : [];
        _rate = prior.PrecisionPrior is { } same ? [same.Rate] : [];
        Factors = IsPrecisionKnown ? ["mean"] : ["mean", "precision"];
    }

    /// <summary>Shape and rate of q(tau), if it is unknown.</summary>
    public (double Shape, double Rate)? PrecisionOfPoints => IsPrecisionKnown ? null : (_shape[0], _rate[0]);

    /// <summary>E[tau].</summary>
    public double Precision => _prior.Precision ?? Tau.Mean;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Factors { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorTensor> Tensors
    {
        get
        {
            PosteriorTensor[] means =
            [
                new("mean", [Components, Dimension], _mean) { AnySign = true },
                new("precision_of_mean", [Components, Dimension], _precisionOfMean)
            ];
            return IsPrecisionKnown
                ? means
                : [.. means, new("precision.shape", [1], _shape) { Shared = true }, new("precision.rate", [1], _rate) { Shared = true }];
        }
    }

    private bool IsPrecisionKnown => _prior.Precision is not null;

    private int Dimension => _prior.Columns.Count;

    private GammaExpectations Tau => new(_shape[0], _rate[0]);

    private double MeanLogPrecision => _prior.Precision is { } tau ? Math.Log(tau) : Tau.MeanLog;

    /// <summary>m_k: D values.</summary>
    public ReadOnlySpan<double> Mean(int component) => _mean.AsSpan(component * Dimension, Dimension);

    /// <summary>rho_k, the precision of the mean: D values.</summary>
    public ReadOnlySpan<double> PrecisionOfMean(int component) => _precisionOfMean.AsSpan(component * Dimension, Dimension);

    /// <inheritdoc/>
    public override void Update(int factor, in BlockSums sums, double rate)
    {
        if (factor == 0)
            UpdateMeans(sums, rate);
        else
            UpdatePrecision(sums, rate);
    }

    /// <inheritdoc/>
    public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
    {
        double tau = Precision, log = MeanLogPrecision;
        for (int d = 0; d < Dimension; d++)
        {
            double m = Mean(component)[d] - origin[d];
            weights[d] = tau * m;
            weights[Dimension + d] = (0.5 * log) - (0.5 * tau * ((m * m) + (1 / PrecisionOfMean(component)[d])));
        }
        weights[2 * Dimension] = -0.5 * tau;
    }

    /// <inheritdoc/>
    public override double ExpectedLogPrior(int factor)
    {
        if (factor == 1)
            return Tau.ExpectedLogDensity(_prior.PrecisionPrior!.Value.Shape, _prior.PrecisionPrior.Value.Rate);
        double sum = 0, rho = _prior.PriorPrecision;
        for (int i = 0; i < _mean.Length; i++)
        {
            double off = _mean[i] - _prior.PriorMean[i % Dimension];
            sum += 0.5 * (Math.Log(rho) - LogTwoPi - (rho * ((off * off) + (1 / _precisionOfMean[i]))));
        }
        return sum;
    }

    /// <inheritdoc/>
    public override double Entropy(int factor) => factor == 1 ? Tau.Entropy : _precisionOfMean.Sum(p => 0.5 * (1 + LogTwoPi - Math.Log(p)));

    /// <inheritdoc/>
    public override double LogPredictive(int component, ReadOnlySpan<double> x)
    {
        double[] squares = new double[Dimension], precisions = new double[Dimension];
        int observed = 0;
        for (int d = 0; d < Dimension; d++)
        {
            if (double.IsNaN(x[d]))
                continue;
            double off = x[d] - Mean(component)[d];
            (squares[observed], precisions[observed++]) = (off * off, PrecisionOfMean(component)[d]);
        }
        if (_prior.Precision is null)
            return observed == 0
                ? 0
                : PrecisionIntegral.Log(_shape[0], _rate[0], squares.AsSpan(0, observed), precisions.AsSpan(0, observed));
        double sum = 0;
        for (int d = 0; d < observed; d++)
        {
            double variance = (1 / Precision) + (1 / precisions[d]);
            sum -= 0.5 * (LogTwoPi + Math.Log(variance) + (squares[d] / variance));
        }
        return sum;
    }

    /// <inheritdoc/>
    public override void Sample(int component, RandomStream random, Span<double> x)
    {
        double tau = _prior.Precision ?? GammaSampler.Next(random, _shape[0]) / _rate[0];
        for (int d = 0; d < Dimension; d++)
            x[d] = Mean(component)[d] + (Math.Sqrt((1 / tau) + (1 / PrecisionOfMean(component)[d])) * random.NextNormal());
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Describe(int component) =>
    [
        BlockValue.Of("mean", Mean(component).ToArray()),
        BlockValue.Of("precision_of_mean", PrecisionOfMean(component).ToArray()),
        BlockValue.Of("precision", Precision),
        .. PrecisionOfPoints is var (shape, rate)
            ? [BlockValue.Of("precision_shape", shape), BlockValue.Of("precision_rate", rate)]
            : (BlockValue[])[],
    ];

    /// <inheritdoc/>
    public override ComponentView View(int component) => PositionView.Spherical(
        Mean(component), [.. PrecisionOfMean(component).ToArray().Select(r => 1 / Math.Sqrt(r))], 1 / Precision);

    private void UpdateMeans(in BlockSums sums, double rate)
    {
        double tau = Precision, rho = _prior.PriorPrecision;
        for (int i = 0; i < _mean.Length; i++)
        {
            int k = i / Dimension, d = i % Dimension;
            double origin = sums.Origin[d], target = rho + (tau * sums[k, Dimension + d]);
            double moment = (rho * (_prior.PriorMean[d] - origin)) + (tau * sums[k, d]);
            double blended = ((1 - rate) * _precisionOfMean[i]) + (rate * target);
            double shifted = (((1 - rate) * _precisionOfMean[i] * (_mean[i] - origin)) + (rate * moment)) / blended;
            (_mean[i], _precisionOfMean[i]) = (shifted + origin, blended);
        }
    }

    private void UpdatePrecision(in BlockSums sums, double rate)
    {
        double count = 0, square = 0;
        for (int k = 0; k < Components; k++)
        {
            square += sums[k, 2 * Dimension];
            for (int d = 0; d < Dimension; d++)
            {
                double m = Mean(k)[d] - sums.Origin[d], n = sums[k, Dimension + d];
                count += n;
                square += (n * ((m * m) + (1 / PrecisionOfMean(k)[d]))) - (2 * m * sums[k, d]);
            }
        }
        (double shape, double prior) = _prior.PrecisionPrior!.Value;
        _shape[0] = ((1 - rate) * _shape[0]) + (rate * (shape + (0.5 * count)));
        _rate[0] = ((1 - rate) * _rate[0]) + (rate * (prior + (0.5 * Math.Max(0, square))));
    }
}
