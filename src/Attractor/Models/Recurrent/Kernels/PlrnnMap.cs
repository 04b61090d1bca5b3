using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>One trajectory of z' = A z + W phi(z) + h.</summary>
/// <remarks>
/// W lies in blocks of as many rows as there are lanes, each block column by column and padded with zeros, so that a step is one
/// pass over it. Tangent vectors that fill the lanes pass through the active units only.
/// </remarks>
internal sealed unsafe class PlrnnMap : RecurrentMap
{
    private readonly int _latent, _padded, _depth;
    private readonly StateUnits _units;
    private readonly double[] _parameters, _a, _h, _zero, _w;
    private readonly PackedMatrix<double> _panels;

    public PlrnnMap(PlrnnLayout layout, StateUnits units, ParameterBuffer parameters)
        : base(parameters.Version)
    {
        _units = units;
        _parameters = parameters.Values.ToArray();
        _latent = layout.Latent;
        _padded = (_latent + Lanes - 1) / Lanes * Lanes;
        _depth = _latent + (_latent & 1);
        (_a, _h, _zero, _w) = (new double[_padded], new double[_padded], new double[_padded], new double[(long)_padded * _depth]);
        parameters["A"].CopyTo(_a);
        parameters["h"].CopyTo(_h);
        ReadOnlySpan<double> w = parameters["W"];
        for (int i = 0; i < _latent; i++)
            for (int j = 0; j < _latent; j++)
                _w[At(i, j)] = w[(i * _latent) + j];
        _panels = Packed(w, _latent, _latent);
    }

    [SkipLocalsInit]
    public override void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        if (state.Length != _latent || next.Length != _latent)
            throw new ArgumentException($"Expected states of {_latent} units, found {state.Length} and {next.Length}.");
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], 2 * _padded);
        Span<double> z = scratch.Values[.._padded], r = scratch.Values[_padded..];
        z[_latent..].Clear();
        state.CopyTo(z);
        Centre(z[.._latent], r);
        _units.Values(_parameters, r[.._latent], r);
        r[_latent..].Clear();
        Image(z, r, _h);
        z[.._latent].CopyTo(next);
    }

    public override void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int k = vectors.Length / _latent;
        if (state.Length != _latent || result.Length != k * _latent)
            throw new ArgumentException(
                $"Expected a state of {_latent} units and {k} tangent vectors, found {state.Length} units and {result.Length} values.");
        if (k % Lanes != 0)
            Narrow(state, vectors, result, k);
        else
            WidestLanes.Invoke<double, Tangent>(new(this, state, vectors, result, k));
        // The last, because next may be the state.
        Step(state, next);
    }

    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        if (state.Length != _latent || jacobian.Length != _latent * _latent)
            throw new ArgumentException(
                $"Expected a state of {_latent} units and room for {_latent * _latent} values, found {state.Length} and "
                + $"{jacobian.Length}.");
        double[] slopes = new double[_latent];
        Slopes(state, slopes);
        for (int i = 0; i < _latent; i++)
        {
            Span<double> row = jacobian.Slice(i * _latent, _latent);
            double mean = 0;
            for (int j = 0; j < _latent; j++)
            {
                row[j] = slopes[j] == 0 ? 0 : _w[At(i, j)] * slopes[j];
                mean += row[j] / _latent;
            }
            for (int j = 0; j < _latent && _units.IsCentred; j++)
                row[j] -= mean;
            row[i] += _a[i];
        }
    }

    // V' = A V + W (D V), the tangent vectors in the lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void Wide<S>(ReadOnlySpan<double> state, ReadOnlySpan<double> vectors, Span<double> result, nint k)
        where S : unmanaged, ILanes<S, double>
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], 2 * _latent);
        Slopes(state, scratch.Values[.._latent]);
        ReadOnlySpan<double> entering = _units.IsCentred ? Centred(vectors, (int)k) : vectors;
        fixed (double* v = vectors, x = entering, target = result, slopes = scratch.Values, a = _a)
        {
            nint* active = (nint*)(slopes + _latent);
            int count = 0;
            for (int j = 0; j < _latent; j++)
            {
                (active[count], slopes[count]) = (j, slopes[j]);
                count += slopes[count] != 0 ? 1 : 0;
            }
            for (nint block = 0; block < k; block += Lanes)
            {
                double* image = target + block;
                SelectedPanelProduct<S, double>.Multiply(_panels, x + block, image, k, active, slopes, count);
                for (nint i = 0; i < _latent; i++, image += k)
                    S.MultiplyAdd(S.Load(v + (i * k) + block), S.Broadcast(a[i]), S.Load(image)).Store(image);
            }
        }
    }

    // A few vectors that do not fill the lanes: one by one, as the state is.
    [SkipLocalsInit]
    private void Narrow(ReadOnlySpan<double> state, ReadOnlySpan<double> vectors, Span<double> result, int k)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], 3 * _padded);
        Span<double> v = scratch.Values[.._padded], active = scratch.Values[_padded..(2 * _padded)],
            slopes = scratch.Values[(2 * _padded)..];
        Slopes(state, slopes[.._latent]);
        for (int c = 0; c < k; c++)
        {
            v[_latent..].Clear();
            active[_latent..].Clear();
            for (int j = 0; j < _latent; j++)
                v[j] = vectors[(j * k) + c];
            Centre(v[.._latent], active);
            for (int j = 0; j < _latent; j++)
                active[j] = slopes[j] != 0 ? slopes[j] * active[j] : 0;
            Image(v, active, _zero);
            for (int i = 0; i < _latent; i++)
                result[(i * k) + c] = v[i];
        }
    }

    private void Slopes(ReadOnlySpan<double> state, Span<double> slopes)
    {
        Centre(state, slopes);
        _units.Slopes(_parameters, slopes, slopes);
    }

    // What phi takes: the values themselves or what they are above their mean.
    private void Centre(ReadOnlySpan<double> values, Span<double> target)
    {
        if (_units.IsCentred)
            TensorPrimitives.Subtract(values, TensorPrimitives.Sum(values) / _latent, target);
        else
            values.CopyTo(target);
    }

    private double[] Centred(ReadOnlySpan<double> vectors, int k)
    {
        double[] centred = vectors.ToArray(), mean = new double[k];
        for (int i = 0; i < _latent; i++)
            VectorOperations.AddScaled(mean, 1.0 / _latent, vectors.Slice(i * k, k));
        for (int i = 0; i < _latent; i++)
            VectorOperations.AddScaled(centred.AsSpan(i * k, k), -1, mean);
        return centred;
    }

    // z = A z + W r + offset, in place; all padded.
    private void Image(Span<double> z, ReadOnlySpan<double> r, ReadOnlySpan<double> offset)
        => WidestLanes.Invoke<double, Affine>(new(this, z, r, offset));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Image<S>(Span<double> state, ReadOnlySpan<double> units, ReadOnlySpan<double> offset)
        where S : unmanaged, ILanes<S, double>
    {
        fixed (double* w = _w, a = _a, h = offset, z = state, r = units)
        {
            double* column = w;
            for (int block = 0; block < _padded; block += Lanes)
            {
                // Two sums, so that each addition need not wait for the one before.
                S even = S.MultiplyAdd(S.Load(a + block), S.Load(z + block), S.Load(h + block)), odd = default;
                for (int j = 0; j < _depth; j += 2, column += 2 * Lanes)
                {
                    even = S.MultiplyAdd(S.Load(column), S.Broadcast(r[j]), even);
                    odd = S.MultiplyAdd(S.Load(column + Lanes), S.Broadcast(r[j + 1]), odd);
                }
                (even + odd).Store(z + block);
            }
        }
    }

    private int At(int i, int j) => (((i / Lanes * _depth) + j) * Lanes) + (i % Lanes);

    private readonly ref struct Affine(PlrnnMap map, Span<double> z, ReadOnlySpan<double> r, ReadOnlySpan<double> offset)
        : ILaneAction<double>
    {
        private readonly Span<double> _z = z;
        private readonly ReadOnlySpan<double> _r = r, _offset = offset;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => map.Image<S>(_z, _r, _offset);
    }

    private readonly ref struct Tangent(PlrnnMap map, ReadOnlySpan<double> state, ReadOnlySpan<double> vectors, Span<double> result, nint k)
        : ILaneAction<double>
    {
        private readonly ReadOnlySpan<double> _state = state, _vectors = vectors;
        private readonly Span<double> _result = result;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => map.Wide<S>(_state, _vectors, _result, k);
    }
}
