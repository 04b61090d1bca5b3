using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>q(mu_k, Lambda_k) = Wishart(Lambda_k; W_k, v_k) N(mu_k; m_k, (kappa_k Lambda_k)^-1).</summary>
/// <remarks>Bishop, Pattern Recognition and Machine Learning (2006), section 10.2 and appendix B.</remarks>
public sealed class NormalWishartPosterior : BlockPosterior
{
    private const double LogTwoPi = 1.8378770664093454836, LogPi = 1.1447298858494001741;

    private readonly NormalWishartBlock _prior;
    private readonly double _priorLogNormalizer;
    private readonly double[] _mean, _kappa, _degrees, _inverseScale;
    private readonly WishartExpectations?[] _expectations;

    internal NormalWishartPosterior(NormalWishartBlock prior, int components)
        : base(prior, components)
    {
        _prior = prior;
        _mean = [.. Enumerable.Repeat(prior.PriorMean, components).SelectMany(m => m)];
        _inverseScale = [.. Enumerable.Repeat(prior.InverseScale, components).SelectMany(w => w)];
        (_kappa, _degrees, _expectations) = (new double[components], new double[components], new WishartExpectations?[components]);
        _kappa.AsSpan().Fill(prior.Kappa);
        _degrees.AsSpan().Fill(prior.DegreesOfFreedom);
        _priorLogNormalizer = LogNormalizer(new([.. prior.InverseScale], prior.DegreesOfFreedom, Dimension));
    }

    /// <summary>kappa_k, how many points the mean counts for: K values.</summary>
    public IReadOnlyList<double> Kappa => _kappa;

    /// <summary>v_k: K values.</summary>
    public IReadOnlyList<double> DegreesOfFreedom => _degrees;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Factors { get; } = ["mean and covariance"];

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorTensor> Tensors =>
    [
        new("mean", [Components, Dimension], _mean) { AnySign = true },
        new("kappa", [Components], _kappa),
        new("degrees_of_freedom", [Components], _degrees),
        new("inverse_scale", [Components, Dimension, Dimension], _inverseScale) { AnySign = true },
    ];

    private int Dimension => _prior.Columns.Count;

    /// <summary>m_k: D values.</summary>
    public ReadOnlySpan<double> Mean(int component) => _mean.AsSpan(component * Dimension, Dimension);

    /// <summary>W_k^-1: D x D, row by row.</summary>
    public ReadOnlySpan<double> InverseScale(int component)
        => _inverseScale.AsSpan(component * Dimension * Dimension, Dimension * Dimension);

    /// <inheritdoc/>
    public override void Refresh() => Array.Clear(_expectations);

    /// <inheritdoc/>
    public override string? Fault
    {
        get
        {
            if (_degrees.Any(v => v <= Dimension - 1))
                return FormattableString.Invariant($"degrees of freedom that are not above {Dimension - 1}");
            try
            {
                for (int k = 0; k < Components; k++)
                    _ = Expectations(k);
                return null;
            }
            catch (ArithmeticException)
            {
                return "an inverse scale matrix that is not positive definite";
            }
        }
    }

    /// <inheritdoc/>
    public override void Update(int factor, in BlockSums sums, double rate)
    {
        int n = Dimension;
        double[] before = new double[n], after = new double[n], nu = new double[n];
        for (int k = 0; k < Components; k++)
        {
            double count = sums[k, _prior.Statistics - 1], kappa = ((1 - rate) * _kappa[k]) + (rate * (_prior.Kappa + count));
            for (int d = 0; d < n; d++)
            {
                (before[d], nu[d]) = (_mean[(k * n) + d] - sums.Origin[d], _prior.PriorMean[d] - sums.Origin[d]);
                after[d] = (((1 - rate) * _kappa[k] * before[d]) + (rate * ((_prior.Kappa * nu[d]) + sums[k, d]))) / kappa;
                _mean[(k * n) + d] = after[d] + sums.Origin[d];
            }
            // The natural parameter is W^-1 + kappa m m', which is linear in the statistics.
            Span<double> inverse = _inverseScale.AsSpan(k * n * n, n * n);
            int at = n;
            for (int d = 0; d < n; d++)
                for (int e = d; e < n; e++, at++)
                {
                    double old = inverse[(d * n) + e] + (_kappa[k] * before[d] * before[e]);
                    double target = _prior.InverseScale[(d * n) + e] + (_prior.Kappa * nu[d] * nu[e]) + sums[k, at];
                    inverse[(d * n) + e] = inverse[(e * n) + d] = ((1 - rate) * old) + (rate * target) - (kappa * after[d] * after[e]);
                }
            (_kappa[k], _degrees[k]) = (kappa, ((1 - rate) * _degrees[k]) + (rate * (_prior.DegreesOfFreedom + count)));
            _expectations[k] = null;
        }
    }

    /// <inheritdoc/>
    public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
    {
        int n = Dimension, at = n;
        WishartExpectations q = Expectations(component);
        double quadratic = 0;
        for (int d = 0; d < n; d++)
        {
            double row = 0;
            for (int e = 0; e < n; e++)
                row += q.Mean[(d * n) + e] * (Mean(component)[e] - origin[e]);
            weights[d] = row;
            quadratic += row * (Mean(component)[d] - origin[d]);
            for (int e = d; e < n; e++)
                weights[at++] = (e == d ? -0.5 : -1) * q.Mean[(d * n) + e];
        }
        weights[at] = 0.5 * (q.MeanLogDeterminant - (n / _kappa[component]) - quadratic);
    }

    /// <inheritdoc/>
    public override double ExpectedLogPrior(int factor)
    {
        int n = Dimension;
        double sum = 0;
        for (int k = 0; k < Components; k++)
        {
            WishartExpectations q = Expectations(k);
            double quadratic = 0, trace = 0;
            for (int d = 0; d < n; d++)
                for (int e = 0; e < n; e++)
                {
                    quadratic += q.Mean[(d * n) + e] * (Mean(k)[d] - _prior.PriorMean[d]) * (Mean(k)[e] - _prior.PriorMean[e]);
                    trace += _prior.InverseScale[(d * n) + e] * q.Mean[(d * n) + e];
                }
            sum +=
                0.5 * ((n * (Math.Log(_prior.Kappa) - LogTwoPi)) + q.MeanLogDeterminant - (_prior.Kappa * ((n / _kappa[k]) + quadratic)));
            sum += _priorLogNormalizer + (0.5 * (_prior.DegreesOfFreedom - n - 1) * q.MeanLogDeterminant) - (0.5 * trace);
        }
        return sum;
    }

    /// <inheritdoc/>
    public override double Entropy(int factor)
    {
        int n = Dimension;
        double sum = 0;
        for (int k = 0; k < Components; k++)
        {
            WishartExpectations q = Expectations(k);
            sum += 0.5 * ((n * (1 + LogTwoPi - Math.Log(_kappa[k]))) - q.MeanLogDeterminant);
            sum += (0.5 * n * _degrees[k]) - LogNormalizer(q) - (0.5 * (_degrees[k] - n - 1) * q.MeanLogDeterminant);
        }
        return sum;
    }

    /// <inheritdoc/>
    // A multivariate t distribution with v + 1 - D degrees of freedom.
    public override double LogPredictive(int component, ReadOnlySpan<double> x)
    {
        if (NormalWishartBlock.IsMissing(x))
            return 0;
        int n = Dimension;
        WishartExpectations q = Expectations(component);
        double v = _degrees[component], spread = 1 + (1 / _kappa[component]), distance = 0;
        for (int d = 0; d < n; d++)
            for (int e = 0; e < n; e++)
                distance += q.Mean[(d * n) + e] / v * (x[d] - Mean(component)[d]) * (x[e] - Mean(component)[e]);
        return LogGamma.Of(0.5 * (v + 1)) - LogGamma.Of(0.5 * (v + 1 - n))
            - (0.5 * n * (LogPi + Math.Log(spread))) - (0.5 * q.LogDeterminantOfInverseScale)
            - (0.5 * (v + 1) * Math.Log(1 + (distance / spread)));
    }

    /// <inheritdoc/>
    public override void Sample(int component, RandomStream random, Span<double> x)
    {
        // x - m = L z sqrt(spread / u) with L L' = W^-1 and u ~ chi-squared of v + 1 - D: the t distribution of the predictive density.
        int n = Dimension;
        double u = 2 * GammaSampler.Next(random, 0.5 * (_degrees[component] + 1 - n)), scale = Math.Sqrt((1 + (1 / _kappa[component])) / u);
        double[] factor = Expectations(component).Factor, noise = new double[n];
        for (int d = 0; d < n; d++)
        {
            noise[d] = random.NextNormal();
            double sum = 0;
            for (int e = 0; e <= d; e++)
                sum += factor[(d * n) + e] * noise[e];
            x[d] = Mean(component)[d] + (scale * sum);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BlockValue> Describe(int component) =>
    [
        BlockValue.Of("mean", Mean(component).ToArray()),
        BlockValue.Of("kappa", _kappa[component]),
        BlockValue.Of("degrees_of_freedom", _degrees[component]),
        BlockValue.Of("inverse_scale", InverseScale(component).ToArray()),
    ];

    /// <inheritdoc/>
    public override ComponentView View(int component)
    {
        // The inverse of the expected precision.
        double[] covariance = [.. InverseScale(component).ToArray().Select(w => w / _degrees[component])];
        return new PositionView(
            Mean(component).ToArray(),
            [.. Enumerable.Range(0, Dimension).Select(d => Math.Sqrt(covariance[(d * Dimension) + d] / _kappa[component]))],
            covariance);
    }

    private WishartExpectations Expectations(int component)
        => _expectations[component] ??= new(InverseScale(component).ToArray(), _degrees[component], Dimension);

    // log B(W, v)
    private double LogNormalizer(WishartExpectations q)
    {
        int n = Dimension;
        double v = q.DegreesOfFreedom,
            sum = (0.5 * v * q.LogDeterminantOfInverseScale) - (0.5 * v * n * Math.Log(2)) - (0.25 * n * (n - 1) * LogPi);
        for (int i = 0; i < n; i++)
            sum -= LogGamma.Of(0.5 * (v - i));
        return sum;
    }
}
