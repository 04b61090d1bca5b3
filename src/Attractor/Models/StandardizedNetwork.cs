using System.Runtime.CompilerServices;
using Attractor.Data;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Models;

/// <summary>A piecewise linear network in the units of its data: the same regions, and on each x' = S F(S^-1 (x - m)) + m.</summary>
internal sealed class StandardizedNetwork : StandardizedModel, IPiecewiseLinearMap
{
    private readonly IPiecewiseLinearMap _inner;
    private readonly double[] _mean, _scale;

    public StandardizedNetwork(IGenerativeModel model, Standardization standardization)
        : base(model, standardization)
    {
        _inner = (IPiecewiseLinearMap)model;
        // Under an affine observation the units of the data are those of B z alone.
        int same = IsAffine ? 0 : model.Observed, hidden = model.Dimension - same;
        _mean = [.. standardization.Mean.Take(same), .. Enumerable.Repeat(0.0, hidden)];
        _scale = [.. standardization.Scale.Take(same), .. Enumerable.Repeat(1.0, hidden)];
    }

    public int Boundaries => _inner.Boundaries;

    [SkipLocalsInit]
    public void BoundaryValues(ReadOnlySpan<double> state, Span<double> values)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], state.Length);
        for (int i = 0; i < state.Length; i++)
            scratch.Values[i] = (state[i] - _mean[i]) / _scale[i];
        _inner.BoundaryValues(scratch.Values, values);
    }

    // A'_ij = s_i A_ij / s_j, b' = s b + m - A' m.
    public void AffineMap(ReadOnlySpan<ulong> region, Span<double> matrix, Span<double> offset)
    {
        _inner.AffineMap(region, matrix, offset);
        int d = Dimension;
        for (int i = 0; i < d; i++)
        {
            double sum = (_scale[i] * offset[i]) + _mean[i];
            for (int j = 0; j < d; j++)
            {
                double entry = matrix[(i * d) + j] *= _scale[i] / _scale[j];
                sum -= entry * _mean[j];
            }
            offset[i] = sum;
        }
    }
}
