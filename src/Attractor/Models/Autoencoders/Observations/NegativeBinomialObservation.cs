using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>x ~ NegativeBinomial of mean m = exp(output) and variance m + m^2 / r, r = exp(log count) of each variable.</summary>
internal sealed record NegativeBinomialObservation : ObservationModel
{
    // Near Poisson for counts of a few.
    private static readonly double s_initial = Math.Log(10);

    public override string Name => "negative-binomial";

    public override string Family => "negative binomial";

    public override Domain Support => Domain.Natural;

    public override IReadOnlyList<ObservationParameter> Parameters => [new("log_count", PerVariable: true, s_initial)];

    public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
        => LogDensity<NegativeBinomial>.Of(x, parameters[0].Exp(), output - parameters[0]);

    protected internal override VectorValue? Trace(VectorProgram program, VectorValue output)
        => program.Apply(VectorFunction.Exp, output);

    public override double Mean(double output, ReadOnlySpan<double> parameters) => Math.Exp(output);

    public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random)
        => new NegativeBinomial(Math.Exp(parameters[0]), output - parameters[0]).Sample(random);

    public override string? Refusal(double x)
        => x >= 0 && x == Math.Floor(x) && x < double.PositiveInfinity ? null : "a negative binomial decoder observes counts: 0, 1, 2, ..";

    public override (double Mean, double Scale)? OutputUnits(double mean) => Poisson.OutputUnits(mean);
}
