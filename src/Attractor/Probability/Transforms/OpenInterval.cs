using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>x = low + (high - low) s(z), s the logistic function; log dx/dz = log(high - low) + log s(z) + log s(-z).</summary>
internal sealed class OpenInterval : Transform
{
    private readonly double _low, _high;

    public OpenInterval(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
            throw new ArgumentException($"An interval goes from one finite number to a larger one, found {low} to {high}.");
        (_low, _high) = (low, high);
    }

    public override string Description => FormattableString.Invariant($"a number between {_low} and {_high}");

    public override (Variable<double> Value, Variable<double> LogDeterminant) Constrain(Variable<double> unconstrained)
    {
        Variable<double> slopes = unconstrained.LogSigmoid() + (-unconstrained).LogSigmoid() + Math.Log(_high - _low);
        return ((unconstrained.Sigmoid() * (_high - _low)) + _low, slopes.SumOverColumns());
    }

    public override void Unconstrain(ReadOnlySpan<double> value, Span<double> unconstrained)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (!(value[i] > _low && value[i] < _high))
                Refuse(value[i]);
            unconstrained[i] = Math.Log(value[i] - _low) - Math.Log(_high - value[i]);
        }
    }
}
