using Attractor.Systems;

namespace Attractor.Models;

/// <content>The map on each of its linear regions: F(z) = (A + W D) z + h, D the diagonal of positive units.</content>
public sealed partial class Plrnn : IPiecewiseLinearMap
{
    /// <summary>M: one boundary z_i = 0 for each unit.</summary>
    public int Boundaries => Latent;

    /// <inheritdoc/>
    public void BoundaryValues(ReadOnlySpan<double> state, Span<double> values) => state.CopyTo(values);

    /// <inheritdoc/>
    public void AffineMap(ReadOnlySpan<ulong> region, Span<double> matrix, Span<double> offset)
    {
        ReadOnlySpan<double> a = Parameters["A"];
        Parameters["W"].CopyTo(matrix);
        Parameters["h"].CopyTo(offset);
        for (int j = 0; j < a.Length; j++)
        {
            if ((region[j >> 6] >> (j & 63) & 1) == 0)
                for (int i = 0; i < a.Length; i++)
                    matrix[(i * a.Length) + j] = 0;
            matrix[j * (a.Length + 1)] += a[j];
        }
    }
}
