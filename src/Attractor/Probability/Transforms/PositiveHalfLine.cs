using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>x = e^z, log dx/dz = z.</summary>
internal sealed class PositiveHalfLine : Transform
{
    public override string Description => "a finite number above 0";

    public override (Variable<double> Value, Variable<double> LogDeterminant) Constrain(Variable<double> unconstrained)
        => (unconstrained.Exp(), unconstrained.SumOverColumns());

    public override void Unconstrain(ReadOnlySpan<double> value, Span<double> unconstrained)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (!(value[i] > 0) || double.IsInfinity(value[i]))
                Refuse(value[i]);
            unconstrained[i] = Math.Log(value[i]);
        }
    }
}
