using System.Numerics.Tensors;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Models;

/// <content>The regions in which the network is affine.</content>
public partial class ShallowPlrnn : IPiecewiseLinearMap
{
    /// <summary>L: the boundaries W2 z + h2 = 0 of the hidden units.</summary>
    public virtual int Boundaries => Hidden;

    // The clipped unit relu(v + h) - relu(v) has another kink where v = 0.
    private protected virtual bool HasSecondBoundary => false;

    /// <inheritdoc/>
    public void BoundaryValues(ReadOnlySpan<double> state, Span<double> values)
    {
        ReadOnlySpan<double> w2 = Parameters["W2"], h2 = Parameters["h2"];
        for (int j = 0; j < Hidden; j++)
        {
            double v = TensorPrimitives.Dot(w2.Slice(j * Latent, Latent), state);
            values[j] = v + h2[j];
            if (HasSecondBoundary)
                values[Hidden + j] = v;
        }
    }

    /// <inheritdoc/>
    public void AffineMap(ReadOnlySpan<ulong> region, Span<double> matrix, Span<double> offset)
    {
        ReadOnlySpan<double> a = Parameters["A"], w1 = Parameters["W1"], w2 = Parameters["W2"], h2 = Parameters["h2"];
        matrix.Clear();
        Parameters["h1"].CopyTo(offset);
        for (int i = 0; i < Latent; i++)
            matrix[i * (Latent + 1)] = a[i];
        for (int j = 0; j < Hidden; j++)
        {
            double first = Bit(region, j), slope = first - (HasSecondBoundary ? Bit(region, Hidden + j) : 0);
            if (first == 0 && slope == 0)
                continue;
            for (int i = 0; i < Latent; i++)
            {
                double weight = w1[(i * Hidden) + j];
                offset[i] += weight * first * h2[j];
                VectorOperations.AddScaled(matrix.Slice(i * Latent, Latent), weight * slope, w2.Slice(j * Latent, Latent));
            }
        }
    }

    private static double Bit(ReadOnlySpan<ulong> region, int bit) => (region[bit >> 6] >> (bit & 63)) & 1;
}
