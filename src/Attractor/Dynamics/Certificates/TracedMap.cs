using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>A map that sums up ln |det J| along its orbit: the sum of all exponents times the number of steps.</summary>
internal sealed class TracedMap(IMap map, int skipped) : IMap
{
    private readonly double[] _jacobian = new double[map.Dimension * map.Dimension];
    private int _steps;

    public int Dimension => map.Dimension;

    public double Sum { get; private set; }

    public void Step(ReadOnlySpan<double> state, Span<double> next) => map.Step(state, next);

    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => map.Jacobian(state, jacobian);

    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        map.Jacobian(state, _jacobian);
        if (++_steps > skipped)
            Sum += LogDeterminant(_jacobian, Dimension);
        map.StepTangent(state, next, vectors, result);
    }

    /// <summary>ln |det A| by elimination with partial pivoting; A is overwritten.</summary>
    internal static double LogDeterminant(Span<double> a, int d)
    {
        // Where a column has no pivot, its zero on the diagonal makes the logarithm minus infinity.
        int done = Elimination.Triangularize(a, [], d);
        double sum = 0;
        for (int i = 0; i < Math.Min(d, done + 1); i++)
            sum += Math.Log(Math.Abs(a[i * (d + 1)]));
        return sum;
    }
}
