using System.Numerics.Tensors;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>
/// A sequence of k regions of a piecewise-linear map, and the one point that the affine maps of these regions, one after the other, lead
/// back to itself: (I - A_k ... A_1) z = A_k ... A_2 b_1 + ... + b_k.
/// </summary>
internal sealed class RegionSequence
{
    // A pivot so small beside the largest says that I - A is singular but for rounding.
    private const double Singular = 1e-12;

    private readonly IPiecewiseLinearMap _map;
    private readonly int _words;
    private readonly ulong[] _region;
    private readonly double[] _matrix, _product, _next, _offset, _sum, _values;

    public RegionSequence(IPiecewiseLinearMap map, int order)
    {
        int d = map.Dimension;
        _map = map;
        Order = order;
        _words = Words(map);
        (Regions, _region) = (new ulong[order * _words], new ulong[_words]);
        (_matrix, _product, _next) = (new double[d * d], new double[d * d], new double[d * d]);
        (_offset, _sum, _values) = (new double[d], new double[d], new double[map.Boundaries]);
        Point = new double[d];
    }

    public int Order { get; }

    /// <summary>The k regions one after the other.</summary>
    public ulong[] Regions { get; }

    /// <summary>The candidate of the last <see cref="Solve"/>.</summary>
    public double[] Point { get; }

    public static int Words(IPiecewiseLinearMap map) => (map.Boundaries + 63) / 64;

    /// <summary>The region of a state.</summary>
    public static void RegionOf(ReadOnlySpan<double> boundaryValues, Span<ulong> region)
    {
        region.Clear();
        for (int i = 0; i < boundaryValues.Length; i++)
            if (boundaryValues[i] > 0)
                region[i >> 6] |= 1UL << (i & 63);
    }

    public Span<ulong> Region(int k) => Regions.AsSpan(k * _words, _words);

    /// <summary>Finds the candidate point; false if there is none, or a continuum of them.</summary>
    public bool Solve()
    {
        int d = _map.Dimension;
        _map.AffineMap(Region(0), _product, _sum);
        for (int k = 1; k < Order; k++)
        {
            _map.AffineMap(Region(k), _matrix, _offset);
            Array.Clear(_next);
            VectorOperations.AddProduct(_next, _matrix, _product, d, d);
            _next.CopyTo(_product, 0);
            VectorOperations.AddProduct(_offset, _matrix, _sum, d, 1);
            _offset.CopyTo(_sum, 0);
        }
        for (int i = 0; i < d * d; i++)
            _product[i] = -_product[i];
        for (int i = 0; i < d; i++)
            _product[i * (d + 1)] += 1;
        _sum.CopyTo(Point, 0);
        // The largest is not a number if an entry is not.
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(_product));
        return double.IsFinite(largest)
            && Elimination.Solve(_product, Point, d, Singular * largest)
            && TensorPrimitives.IsFiniteAll<double>(Point);
    }

    /// <summary>
    /// Runs the map itself from the candidate. True if it passes through the regions of the sequence, and so is a cycle; else the sequence
    /// becomes that of the regions it did pass through (the virtual cycle's own). A point on a boundary lies in both regions.
    /// </summary>
    /// <param name="tolerance">Relative distance from a boundary that counts as on it.</param>
    /// <param name="finite">Whether the run stayed finite.</param>
    public bool FollowsItself(double tolerance, out bool finite)
    {
        int d = _map.Dimension;
        double[] state = [.. Point];
        bool same = true;
        finite = true;
        for (int k = 0; k < Order; k++)
        {
            _map.BoundaryValues(state, _values);
            double size = 0;
            for (int i = 0; i < d; i++)
            {
                finite &= double.IsFinite(state[i]);
                size = Math.Max(size, Math.Abs(state[i]));
            }
            if (!finite)
                return false;
            RegionOf(_values, _region);
            Span<ulong> expected = Region(k);
            for (int i = 0; i < _values.Length; i++)
            {
                ulong bit = 1UL << (i & 63);
                if (((_region[i >> 6] ^ expected[i >> 6]) & bit) == 0)
                    continue;
                if (Math.Abs(_values[i]) <= tolerance * Math.Max(1, size))
                    _region[i >> 6] ^= bit;
                else
                    same = false;
            }
            _region.CopyTo(expected);
            _map.Step(state, state);
        }
        return same;
    }
}
