using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>
/// The time-dt flow of an equation that sums up the integral of the trace of the Jacobian along its orbit, by the same steps of the same
/// integrator. By Liouville's theorem it is the sum of all exponents times the time.
/// </summary>
/// <param name="map">What flows.</param>
/// <param name="skipped">Steps with tangent vectors before the sum begins.</param>
internal sealed class TracedFlow(FlowMap map, int skipped) : IMap
{
    private double[] _joint = [];
    private VariationalEquation? _field;
    private int _steps;
    private double _sum, _lost;

    public int Dimension => map.Dimension;

    /// <summary>The integral so far.</summary>
    public double Integral => _sum;

    /// <summary>The state after the last step.</summary>
    public double[] Last { get; } = new double[map.Dimension];

    public void Step(ReadOnlySpan<double> state, Span<double> next) => map.Step(state, next);

    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => map.Jacobian(state, jacobian);

    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int d = Dimension, k = vectors.Length / d;
        if (_field is null || _field.Count != k)
            (_field, _joint) = (new(map.Equation, k, controlled: true, traced: true), new double[d + vectors.Length + 1]);
        state.CopyTo(_joint);
        vectors.CopyTo(_joint.AsSpan(d));
        _joint[^1] = 0;
        map.Integrator.Advance(_field, _joint, map.Dt);
        _joint.AsSpan(0, d).CopyTo(next);
        _joint.AsSpan(d, vectors.Length).CopyTo(result);
        next.CopyTo(Last);
        if (++_steps > skipped)
            Sum(_joint[^1]);
    }

    // Kahan's summation: a million small numbers of one sign.
    private void Sum(double value)
    {
        double corrected = value - _lost, sum = _sum + corrected;
        _lost = (sum - _sum) - corrected;
        _sum = sum;
    }
}
