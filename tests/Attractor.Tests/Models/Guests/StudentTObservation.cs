using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Models.Guests;

/// <summary>An observation model that the library does not know: Student's t of 3 degrees of freedom, its scale learnt.</summary>
internal sealed record StudentTObservation : ObservationModel
{
    private const double Nu = 3;

    private static readonly double s_constant = LogGamma.Of((Nu + 1) / 2) - LogGamma.Of(Nu / 2) - (0.5 * Math.Log(Nu * Math.PI));

    public override string Name => "student-t-3";

    public override string Family => "Student's t";

    public override IReadOnlyList<ObservationParameter> Parameters => [new("log_scale", Initial: -1)];

    public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
        => (((x - output).Square() * (parameters[0] * -2).Exp() / Nu + 1).Log() * (-0.5 * (Nu + 1))) - parameters[0] + s_constant;

    public override double Mean(double output, ReadOnlySpan<double> parameters) => output;

    public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random)
        => new StudentT(Nu, output, Math.Exp(parameters[0])).Sample(random);
}
