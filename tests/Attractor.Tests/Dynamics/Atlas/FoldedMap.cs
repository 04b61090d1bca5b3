using Attractor.Systems;

namespace Attractor.Tests.Dynamics.Atlas;

/// <summary>z' = M z + W1 relu(W2 z + h2) + h1 with any matrices, written out plainly.</summary>
internal sealed class FoldedMap(double[,] m, double[,] w1, double[,] w2, double[] h2, double[] h1) : IPiecewiseLinearMap
{
    public int Dimension => h1.Length;

    public int Boundaries => h2.Length;

    public void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        double[] z = state.ToArray(), g = new double[h2.Length];
        BoundaryValues(z, g);
        for (int i = 0; i < h1.Length; i++)
        {
            next[i] = h1[i];
            for (int j = 0; j < z.Length; j++)
                next[i] += m[i, j] * z[j];
            for (int l = 0; l < g.Length; l++)
                next[i] += w1[i, l] * Math.Max(0, g[l]);
        }
    }

    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        double[] g = new double[h2.Length];
        BoundaryValues(state, g);
        Linear(jacobian, l => g[l] > 0);
    }

    public void BoundaryValues(ReadOnlySpan<double> state, Span<double> values)
    {
        for (int l = 0; l < h2.Length; l++)
        {
            values[l] = h2[l];
            for (int j = 0; j < state.Length; j++)
                values[l] += w2[l, j] * state[j];
        }
    }

    public void AffineMap(ReadOnlySpan<ulong> region, Span<double> matrix, Span<double> offset)
    {
        ulong[] bits = region.ToArray();
        Linear(matrix, IsActive);
        for (int i = 0; i < h1.Length; i++)
        {
            offset[i] = h1[i];
            for (int l = 0; l < h2.Length; l++)
                offset[i] += IsActive(l) ? w1[i, l] * h2[l] : 0;
        }

        bool IsActive(int l) => (bits[l / 64] >> (l % 64) & 1) == 1;
    }

    private void Linear(Span<double> matrix, Func<int, bool> active)
    {
        int d = h1.Length;
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
            {
                matrix[(i * d) + j] = m[i, j];
                for (int l = 0; l < h2.Length; l++)
                    matrix[(i * d) + j] += active(l) ? w1[i, l] * w2[l, j] : 0;
            }
    }
}
