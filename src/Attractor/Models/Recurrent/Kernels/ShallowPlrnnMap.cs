using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>One trajectory of a shallow PLRNN.</summary>
/// <remarks>
/// Hidden units are contiguous: W2' (M x L) for v = W2 z, W1 (M x L) for W1 r, both padded with zero units to whole blocks of
/// lanes. Tangent vectors pass through the active units only; the Jacobian is never formed for them.
/// </remarks>
internal sealed unsafe class ShallowPlrnnMap<TUnit> : RecurrentMap
    where TUnit : struct, IHiddenUnit
{
    private const int StackLimit = 1024;

    private readonly int _latent, _hidden, _padded;
    private readonly double[] _a, _h1, _h2, _start, _w1, _w2Transposed;
    private readonly PackedMatrix<double> _panelW1, _panelW2;

    public ShallowPlrnnMap(ShallowPlrnnLayout layout, ParameterBuffer parameters)
        : base(parameters.Version)
    {
        (_latent, _hidden) = (layout.Latent, layout.Hidden);
        _padded = (_hidden + Lanes - 1) / Lanes * Lanes;
        _a = parameters["A"].ToArray();
        _h1 = parameters["h1"].ToArray();
        _h2 = new double[_padded];
        parameters["h2"].CopyTo(_h2);
        _start = Array.ConvertAll(_h2, TUnit.Start);
        _w1 = new double[_latent * _padded];
        _w2Transposed = new double[_latent * _padded];
        ReadOnlySpan<double> w1 = parameters["W1"], w2 = parameters["W2"];
        for (int i = 0; i < _latent; i++)
            for (int j = 0; j < _hidden; j++)
            {
                _w1[(i * _padded) + j] = w1[(i * _hidden) + j];
                _w2Transposed[(i * _padded) + j] = w2[(j * _latent) + i];
            }
        (_panelW1, _panelW2) = (Packed(w1, _latent, _hidden), Packed(w2, _hidden, _latent));
    }

    public override void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        double[]? rented = _padded > StackLimit ? ArrayPool<double>.Shared.Rent(_padded) : null;
        Span<double> r = rented is null ? stackalloc double[StackLimit] : rented;
        Step(state, next, r);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int k = vectors.Length / _latent;
        double[] rented = ArrayPool<double>.Shared.Rent(_padded + (_hidden * (k + 2)) + Lanes + 2);
        Span<double> r = rented.AsSpan(0, _padded), projections = rented.AsSpan(_padded);
        Step(state, next, r);
        if (k % Lanes != 0)
            Narrow(r, vectors, result, projections[..k]);
        else
            WidestLanes.Invoke<double, Tangent>(new(this, r, vectors, result, projections));
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>V' = A V + W1 (D (W2 V)), the tangent vectors in the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Wide<S>(ReadOnlySpan<double> hidden, ReadOnlySpan<double> vectors, Span<double> result, Span<double> projections)
        where S : unmanaged, ILanes<S, double>
    {
        nint k = vectors.Length / _latent;
        Span<double> slopeValues = projections[..(_hidden + 1)];
        Span<nint> activeUnits = MemoryMarshal.Cast<double, nint>(projections.Slice(_hidden + 1, _hidden + 1));
        fixed (double* r = hidden, v = vectors, target = result,
            slopes = slopeValues, buffer = projections[(2 * (_hidden + 1))..], h2 = _h2, a = _a)
        fixed (nint* active = activeUnits)
        {
            // A block that straddles two cache lines is read twice.
            double* p = (double*)(((nint)buffer + 63) & ~(nint)63);
            int count = 0;
            for (int j = 0; j < _hidden; j++)
            {
                active[count] = j;
                double slope = slopes[count] = TUnit.Slope(r[j], h2[j]);
                count += slope == 0 ? 0 : 1;
            }
            for (nint block = 0; block < k; block += Lanes)
            {
                double* image = target + block;
                PanelProduct<S, double>.Multiply(_panelW2, v + block, p + block, k);
                SelectedPanelProduct<S, double>.Multiply(_panelW1, p + block, image, k, active, slopes, count);
                for (nint i = 0; i < _latent; i++, image += k)
                    S.MultiplyAdd(S.Load(v + (i * k) + block), S.Broadcast(a[i]), S.Load(image)).Store(image);
            }
        }
    }

    /// <summary>A few vectors that do not fill the lanes: they pass through the active units one by one.</summary>
    private void Narrow(ReadOnlySpan<double> r, ReadOnlySpan<double> vectors, Span<double> result, Span<double> projection)
    {
        int k = vectors.Length / _latent;
        for (int i = 0; i < _latent; i++)
            TensorPrimitives.Multiply(vectors.Slice(i * k, k), _a[i], result.Slice(i * k, k));
        for (int j = 0; j < _hidden; j++)
        {
            double slope = TUnit.Slope(r[j], _h2[j]);
            if (slope == 0)
                continue;
            if (k == 1)
            {
                double dot = 0;
                for (int i = 0; i < _latent; i++)
                    dot += _w2Transposed[(i * _padded) + j] * vectors[i];
                dot *= slope;
                for (int i = 0; i < _latent; i++)
                    result[i] += _w1[(i * _padded) + j] * dot;
                continue;
            }
            projection.Clear();
            for (int i = 0; i < _latent; i++)
                AddScaled(vectors.Slice(i * k, k), slope * _w2Transposed[(i * _padded) + j], projection);
            for (int i = 0; i < _latent; i++)
                AddScaled(projection, _w1[(i * _padded) + j], result.Slice(i * k, k));
        }
    }

    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        double[] identity = new double[_latent * _latent], next = new double[_latent];
        for (int i = 0; i < _latent; i++)
            identity[i * (_latent + 1)] = 1;
        StepTangent(state, next, identity, jacobian);
    }

    // Spans this short are not worth the call into a library kernel.
    private static void AddScaled(ReadOnlySpan<double> x, double scale, Span<double> y)
    {
        if (x.Length > Lanes)
        {
            TensorPrimitives.MultiplyAdd(x, scale, y, y);
            return;
        }
        for (int i = 0; i < x.Length; i++)
            y[i] += scale * x[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(ReadOnlySpan<double> state, Span<double> next, Span<double> r)
    {
        if (state.Length != _latent || next.Length != _latent)
            throw new ArgumentException($"Expected states of {_latent} units, found {state.Length} and {next.Length}.");
        WidestLanes.Invoke<double, Image>(new(this, state, next, r));
    }

    // z' = A z + h1 + W1 phi(W2 z; h2)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step<S>(ReadOnlySpan<double> state, Span<double> next, Span<double> hidden)
        where S : unmanaged, ILanes<S, double>
    {
        fixed (double* w1 = _w1, w2 = _w2Transposed, start = _start, h2 = _h2, z = state, r = hidden)
        {
            for (int j = 0; j < _padded; j += Lanes)
            {
                S v = S.Load(start + j);
                double* column = w2 + j;
                for (int i = 0; i < _latent; i++, column += _padded)
                    v = S.MultiplyAdd(S.Load(column), S.Broadcast(z[i]), v);
                TUnit.Forward<S, double>(v, S.Load(h2 + j)).Store(r + j);
            }
            double* row = w1;
            for (int i = 0; i < _latent; i++, row += _padded)
            {
                S sum = default;
                for (int j = 0; j < _padded; j += Lanes)
                    sum = S.MultiplyAdd(S.Load(row + j), S.Load(r + j), sum);
                next[i] = (_a[i] * z[i]) + _h1[i] + S.Sum(sum);
            }
        }
    }

    private readonly ref struct Image(ShallowPlrnnMap<TUnit> map, ReadOnlySpan<double> state, Span<double> next, Span<double> r)
        : ILaneAction<double>
    {
        private readonly ReadOnlySpan<double> _state = state;
        private readonly Span<double> _next = next, _r = r;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => map.Step<S>(_state, _next, _r);
    }

    private readonly ref struct Tangent(
        ShallowPlrnnMap<TUnit> map, ReadOnlySpan<double> r, ReadOnlySpan<double> vectors, Span<double> result, Span<double> projections)
        : ILaneAction<double>
    {
        private readonly ReadOnlySpan<double> _r = r, _vectors = vectors;
        private readonly Span<double> _result = result, _projections = projections;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => map.Wide<S>(_r, _vectors, _result, _projections);
    }
}
