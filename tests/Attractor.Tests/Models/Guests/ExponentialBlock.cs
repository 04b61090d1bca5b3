using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Models.Guests;

/// <summary>
/// A block that the library does not know, made of public members only: x ~ Exponential(lambda_k) with lambda_k ~ Gamma(shape, rate).
/// </summary>
internal sealed class ExponentialBlock(string column, double shape = 1, double rate = 1) : SingleColumnBlock(column)
{
    public const string KindName = "exponential";

    public static BlockKind Registration { get; } = new(KindName, r => new ExponentialBlock(r.Column, r.Number("shape"), r.Number("rate")));

    public double Shape { get; } = Positive(shape, nameof(shape));

    public double Rate { get; } = Positive(rate, nameof(rate));

    public override string Kind => KindName;

    public override IReadOnlyList<BlockValue> Hyperparameters => [BlockValue.Of("shape", Shape), BlockValue.Of("rate", Rate)];

    public override BlockPosterior Prior(int components) => new Posterior(this, components);

    public override double LogBase(ReadOnlySpan<double> x) => 0;

    public override string? Fault(double value) => value >= 0 && double.IsFinite(value) ? null : "is not a waiting time: 0 or more";

    private sealed class Posterior(ExponentialBlock prior, int components) : BlockPosterior(prior, components)
    {
        private readonly double[] _shape = [.. Enumerable.Repeat(prior.Shape, components)],
            _rate = [.. Enumerable.Repeat(prior.Rate, components)];

        public override IReadOnlyList<string> Factors => ["rate"];

        public override IReadOnlyList<PosteriorTensor> Tensors => [new("shape", [Components], _shape), new("rate", [Components], _rate)];

        public override void Update(int factor, in BlockSums sums, double rate)
        {
            for (int k = 0; k < Components; k++)
            {
                _shape[k] = ((1 - rate) * _shape[k]) + (rate * (prior.Shape + sums[k, 1]));
                _rate[k] = ((1 - rate) * _rate[k]) + (rate * (prior.Rate + sums[k, 0]));
            }
        }

        public override void Weigh(int component, ReadOnlySpan<double> origin, Span<double> weights)
            => (weights[0], weights[1]) = (-_shape[component] / _rate[component], MeanLog(component));

        public override double ExpectedLogPrior(int factor) => Enumerable.Range(0, Components).Sum(k
            => (prior.Shape * Math.Log(prior.Rate)) - LogGamma.Of(prior.Shape)
                + ((prior.Shape - 1) * MeanLog(k)) - (prior.Rate * _shape[k] / _rate[k]));

        public override double Entropy(int factor) => Enumerable.Range(0, Components).Sum(k => new Gamma(_shape[k], _rate[k]).Entropy);

        public override double LogPredictive(int component, ReadOnlySpan<double> x)
            => double.IsNaN(x[0])
                ? 0
                : Math.Log(_shape[component] / _rate[component]) - ((_shape[component] + 1) * Math.Log(1 + (x[0] / _rate[component])));

        public override void Sample(int component, RandomStream random, Span<double> x)
            => x[0] = -Math.Log(1 - random.NextDouble()) / new Gamma(_shape[component], _rate[component]).Sample(random);

        private double MeanLog(int component) => Digamma.Of(_shape[component]) - Math.Log(_rate[component]);
    }
}
