using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>x ~ Bernoulli(sigmoid(output)); a grey x between 0 and 1 is taken as its own expectation.</summary>
internal sealed record BernoulliObservation : ObservationModel
{
    public override string Name => "bernoulli";

    public override string Family => "Bernoulli";

    public override Domain Support => Domain.Binary;

    public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
        => output.BernoulliLogLikelihood(x);

    protected internal override VectorValue? Trace(VectorProgram program, VectorValue output)
        => program.Apply(VectorFunction.Sigmoid, output);

    public override double Mean(double output, ReadOnlySpan<double> parameters) => Logistic.Sigmoid(output);

    public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random)
        => random.NextDouble() < Logistic.Sigmoid(output) ? 1 : 0;

    public override string? Refusal(double x) => x is >= 0 and <= 1 ? null : "a Bernoulli decoder observes 0 to 1";
}
