using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>x = z.</summary>
internal sealed class RealLine : Transform
{
    public override string Description => "a finite number";

    public override (Variable<double> Value, Variable<double> LogDeterminant) Constrain(Variable<double> unconstrained)
        => (unconstrained, unconstrained.Tape.Constant(new(unconstrained.Rows, 1), new double[unconstrained.Rows]));

    public override void Unconstrain(ReadOnlySpan<double> value, Span<double> unconstrained)
    {
        foreach (double x in value)
            if (!double.IsFinite(x))
                Refuse(x);
        value.CopyTo(unconstrained);
    }
}
