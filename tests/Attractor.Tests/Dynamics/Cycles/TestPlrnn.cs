using Attractor.Systems;

namespace Attractor.Tests.Dynamics.Cycles;

/// <summary>z' = A z + W relu(z) + h with any matrices, written out plainly.</summary>
internal sealed class TestPlrnn(double[] a, double[,] w, double[] h) : IPiecewiseLinearMap
{
    public int Dimension => a.Length;

    public int Boundaries => a.Length;

    public void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        double[] z = state.ToArray();
        for (int i = 0; i < a.Length; i++)
        {
            next[i] = (a[i] * z[i]) + h[i];
            for (int j = 0; j < a.Length; j++)
                next[i] += w[i, j] * Math.Max(0, z[j]);
        }
    }

    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        for (int i = 0; i < a.Length; i++)
            for (int j = 0; j < a.Length; j++)
                jacobian[(i * a.Length) + j] = (i == j ? a[i] : 0) + (state[j] > 0 ? w[i, j] : 0);
    }

    public void BoundaryValues(ReadOnlySpan<double> state, Span<double> values) => state.CopyTo(values);

    public void AffineMap(ReadOnlySpan<ulong> region, Span<double> matrix, Span<double> offset)
    {
        double[] inside = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
            inside[i] = (region[0] >> i & 1) == 1 ? 1 : -1;
        Jacobian(inside, matrix);
        h.CopyTo(offset);
    }
}
