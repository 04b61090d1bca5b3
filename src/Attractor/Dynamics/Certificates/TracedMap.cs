using Attractor.Systems;

namespace Attractor.Dynamics.Certificates;

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
        double sum = 0;
        for (int c = 0; c < d; c++)
        {
            int pivot = c;
            for (int i = c + 1; i < d; i++)
                if (Math.Abs(a[(i * d) + c]) > Math.Abs(a[(pivot * d) + c]))
                    pivot = i;
            double diagonal = a[(pivot * d) + c];
            sum += Math.Log(Math.Abs(diagonal));
            if (diagonal == 0 || !double.IsFinite(diagonal))
                return sum;
            for (int j = c; j < d; j++)
                (a[(c * d) + j], a[(pivot * d) + j]) = (a[(pivot * d) + j], a[(c * d) + j]);
            for (int i = c + 1; i < d; i++)
            {
                double factor = a[(i * d) + c] / diagonal;
                for (int j = c + 1; j < d; j++)
                    a[(i * d) + j] -= factor * a[(c * d) + j];
            }
        }
        return sum;
    }
}
