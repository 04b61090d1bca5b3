using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>x ~ N(output, exp(log variance)), the log variance a parameter of each variable or of all.</summary>
internal sealed record GaussianObservation(bool PerVariable) : ObservationModel
{
    public override string Name => PerVariable ? "gaussian" : "isotropic-gaussian";

    public override string Family => "Gaussian";

    public override IReadOnlyList<ObservationParameter> Parameters => [new("log_variance", PerVariable)];

    public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
        => ((x - output).Square() * (-parameters[0]).Exp() + parameters[0] + Math.Log(2 * Math.PI)) * -0.5;

    protected internal override VectorValue? Trace(VectorProgram program, VectorValue output) => output;

    public override double Mean(double output, ReadOnlySpan<double> parameters) => output;

    public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random)
        => output + (Math.Exp(0.5 * parameters[0]) * random.NextNormal());
}
