using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// z' = A z + W1 phi(W2 z; h2) + h1 on a block of lanes, and its adjoint. Panels: z, g (M x lanes), r, d (L x lanes).
/// </summary>
internal sealed unsafe class ShallowPlrnnKernel<S, T, TUnit> : RecurrentKernel<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TUnit : struct, IHiddenUnit
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly ShallowPlrnnLayout _layout;
    private readonly int _first, _hidden;
    private readonly bool _narrow;
    private readonly PackedMatrix<T> _w1, _w2, _w1Transposed, _w2Transposed;
    private readonly AlignedBuffer<T> _vectors, _gradients;
    private readonly T* _a, _h1, _h2, _start;

    // That of W2 is kept transposed, so that both products have the few rows first; those of the vectors are lane by lane.
    private readonly WeightGradient<S, T> _gradientW1, _gradientW2Transposed;
    private readonly T* _gradientA, _gradientH1, _gradientH2;

    /// <summary>All of a network.</summary>
    public ShallowPlrnnKernel(ShallowPlrnnLayout layout)
        : this(layout, 0, layout.Hidden)
    {
    }

    /// <summary>
    /// What some of the hidden units add to a step; those from 0 on with all that is linear. Panels of all of them have their rows of these
    /// units where the caller points.
    /// </summary>
    public ShallowPlrnnKernel(ShallowPlrnnLayout layout, int first, int count)
    {
        (_layout, _first, _hidden) = (layout, first, count);
        (int m, int l) = (layout.Latent, count);
        _narrow = NarrowProduct<S, T, Rectifying>.Fits(m);
        _w1 = new(m, l, S.Accumulators);
        _w2 = new(l, m, _narrow ? 1 : S.Accumulators);
        _w1Transposed = new(l, m, _narrow ? 1 : S.Accumulators);
        _w2Transposed = new(m, l, S.Accumulators);
        _vectors = new(2L * (m + l));
        _a = _vectors.Pointer;
        _h1 = _a + m;
        _h2 = _h1 + m;
        _start = _h2 + l;
        _gradientW1 = new(m, l);
        _gradientW2Transposed = new(m, l);
        _gradients = new(s_lanes * ((2L * m) + l));
        _gradientA = _gradients.Pointer;
        _gradientH1 = _gradientA + (m * s_lanes);
        _gradientH2 = _gradientH1 + (m * s_lanes);
    }

    public override int StateRows => _layout.Latent;

    public override int TapeRows => _hidden;

    public override int AdjointRows => _hidden;

    private bool IsLinear => _first == 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(T* parameters)
    {
        (int m, int l) = (_layout.Latent, _layout.Hidden);
        T* w1 = parameters + _layout.W1 + _first, w2 = parameters + _layout.W2 + ((nint)_first * m);
        _w1.Pack(w1, l, 1);
        _w2.Pack(w2, m, 1);
        _w1Transposed.Pack(w1, 1, l);
        _w2Transposed.Pack(w2, 1, m);
        for (int i = 0; i < m; i++)
        {
            _a[i] = parameters[ShallowPlrnnLayout.A + i];
            _h1[i] = parameters[_layout.H1 + i];
        }
        for (int i = 0; i < _hidden; i++)
        {
            _h2[i] = parameters[_layout.H2 + _first + i];
            _start[i] = TUnit.Start(_h2[i]);
        }
    }

    // r = phi(W2 z; h2); next = A z + h1 + W1 r
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(T* z, T* tape, T* next)
    {
        Rectifying rectify = new(_start, _h2, tape);
        if (_narrow)
        {
            NarrowProduct<S, T, Rectifying>.Multiply(_w2, z, rectify);
        }
        else
        {
            _w2.Multiply<S>(z, tape);
            Apply<Rectifying>(tape, rectify);
        }
        _w1.Multiply<S>(tape, next);
        if (!IsLinear)
            return;
        for (nint i = 0, at = 0; i < _layout.Latent; i++, at += s_lanes)
            (S.MultiplyAdd(S.Load(z + at), S.Broadcast(_a[i]), S.Broadcast(_h1[i])) + S.Load(next + at)).Store(next + at);
    }

    // d = dr/dv * (W1' g); gradient = A g + W2' d
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient)
    {
        RectifyingBackward rectify = new(_h2, tape, adjoint, _gradientH2);
        if (_narrow)
        {
            NarrowProduct<S, T, RectifyingBackward>.Multiply(_w1Transposed, gradientNext, rectify);
        }
        else
        {
            _w1Transposed.Multiply<S>(gradientNext, adjoint);
            Apply<RectifyingBackward>(adjoint, rectify);
        }
        _w2Transposed.Multiply<S>(adjoint, gradient);
        if (!IsLinear)
            return;
        for (nint i = 0, at = 0; i < _layout.Latent; i++, at += s_lanes)
        {
            S g = S.Load(gradientNext + at);
            S.MultiplyAdd(g, S.Broadcast(_a[i]), S.Load(gradient + at)).Store(gradient + at);
            S.MultiplyAdd(g, S.Load(z + at), S.Load(_gradientA + at)).Store(_gradientA + at);
            (S.Load(_gradientH1 + at) + g).Store(_gradientH1 + at);
        }
    }

    // dL/dW1 = sum g r', dL/dW2' = sum z d'
    public override void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps)
    {
        nint state = (nint)_layout.Latent * s_lanes, hidden = (nint)_layout.Hidden * s_lanes;
        _gradientW1.Accumulate(gradientNext, state, tape, hidden, steps);
        _gradientW2Transposed.Accumulate(z, state, adjoint, hidden, steps);
    }

    public override void StoreGradient(T* gradient)
    {
        (int m, int l) = (_layout.Latent, _layout.Hidden);
        if (IsLinear)
        {
            LaneProduct<S, T>.AddSums(_gradientA, m, gradient + ShallowPlrnnLayout.A);
            LaneProduct<S, T>.AddSums(_gradientH1, m, gradient + _layout.H1);
        }
        LaneProduct<S, T>.AddSums(_gradientH2, _hidden, gradient + _layout.H2 + _first);
        _gradients.Clear();
        _gradientW1.AddTo(gradient + _layout.W1 + _first, l, 1);
        _gradientW2Transposed.AddTo(gradient + _layout.W2 + ((nint)_first * m), 1, m);
    }

    public override void Dispose()
    {
        _w1.Dispose();
        _w2.Dispose();
        _w1Transposed.Dispose();
        _w2Transposed.Dispose();
        _vectors.Dispose();
        _gradients.Dispose();
        _gradientW1.Dispose();
        _gradientW2Transposed.Dispose();
    }

    // The epilogue on rows that are in memory already: for wide products the JIT cannot inline it into every row of a tile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply<TEpilogue>(T* hidden, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<S, T>
    {
        for (nint row = 0, at = 0; row < _hidden; row++, at += s_lanes)
            epilogue.Finish(row, S.Load(hidden + at) + epilogue.Start(row));
    }

    // v to r.
    private readonly struct Rectifying(T* start, T* h2, T* r) : IEpilogue<S, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Start(nint row) => S.Broadcast(start[row]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, S value)
            => TUnit.Forward<S, T>(value, S.Broadcast(h2[row])).Store(r + (row * (sizeof(S) / sizeof(T))));
    }

    // dL/dr to d = dL/dv, and dL/dh2.
    private readonly struct RectifyingBackward(T* h2, T* r, T* d, T* gradientH2) : IEpilogue<S, T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Start(nint row) => default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Finish(nint row, S value)
        {
            nint at = row * (sizeof(S) / sizeof(T));
            TUnit.Backward<S, T>(value, S.Load(r + at), S.Broadcast(h2[row]), out S threshold).Store(d + at);
            (S.Load(gradientH2 + at) + threshold).Store(gradientH2 + at);
        }
    }
}
