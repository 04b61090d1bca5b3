using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics.Lanes;
using Attractor.Numerics.Products;

namespace Attractor.Models.Recurrent;

/// <summary>
/// z' = A z + W1 phi(W2 z; h2) + h1 on a block of lanes, and its adjoint. Panels: z, g (M x lanes), r, d (L x lanes).
/// </summary>
internal sealed unsafe class ShallowPlrnnKernel<S, T, TUnit> : RecurrentKernel<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TUnit : struct, IHiddenUnit
{
    // Beyond this many weights the accumulators of LaneProduct outgrow the caches and OuterProduct is faster.
    private const int LargestLaneProduct = 4000;
    private const int OuterProductSteps = 5;

    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly ShallowPlrnnLayout _layout;
    private readonly bool _narrow;
    private readonly PackedMatrix<T> _w1, _w2, _w1Transposed, _w2Transposed;
    private readonly AlignedBuffer<T> _vectors, _gradients;
    private readonly AlignedBuffer<T>? _transposed;
    private readonly nint _columns;
    private readonly T* _a, _h1, _h2, _start;

    // Gradients of the vectors lane by lane. Those of the matrices lane by lane too where they are small, else summed already, (M x L padded);
    // that of W2 is kept transposed, so that both products have the few rows first.
    private readonly T* _gradientW1, _gradientW2Transposed, _gradientA, _gradientH1, _gradientH2;

    public ShallowPlrnnKernel(ShallowPlrnnLayout layout)
    {
        _layout = layout;
        (int m, int l) = (layout.Latent, layout.Hidden);
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
        _columns = (l + s_lanes - 1) / s_lanes * s_lanes;
        bool large = (long)m * l > LargestLaneProduct;
        _transposed = large ? new((long)OuterProductSteps * s_lanes * _columns) : null;
        nint weights = large ? m * _columns : (nint)m * l * s_lanes;
        _gradients = new((2 * weights) + (s_lanes * ((2L * m) + l)));
        _gradientW1 = _gradients.Pointer;
        _gradientW2Transposed = _gradientW1 + weights;
        _gradientA = _gradientW2Transposed + weights;
        _gradientH1 = _gradientA + (m * s_lanes);
        _gradientH2 = _gradientH1 + (m * s_lanes);
    }

    public override int StateRows => _layout.Latent;

    public override int TapeRows => _layout.Hidden;

    public override int AdjointRows => _layout.Hidden;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(T* parameters)
    {
        (int m, int l) = (_layout.Latent, _layout.Hidden);
        T* w1 = parameters + _layout.W1, w2 = parameters + _layout.W2;
        _w1.Pack(w1, l, 1);
        _w2.Pack(w2, m, 1);
        _w1Transposed.Pack(w1, 1, l);
        _w2Transposed.Pack(w2, 1, m);
        for (int i = 0; i < m; i++)
        {
            _a[i] = parameters[ShallowPlrnnLayout.A + i];
            _h1[i] = parameters[_layout.H1 + i];
        }
        for (int i = 0; i < l; i++)
        {
            _h2[i] = parameters[_layout.H2 + i];
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
            Multiply(_w2, z, tape);
            Apply<Rectifying>(tape, rectify);
        }
        Multiply(_w1, tape, next);
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
            Multiply(_w1Transposed, gradientNext, adjoint);
            Apply<RectifyingBackward>(adjoint, rectify);
        }
        Multiply(_w2Transposed, adjoint, gradient);
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
        (int m, int l) = (_layout.Latent, _layout.Hidden);
        nint state = (nint)m * s_lanes, hidden = (nint)l * s_lanes;
        if (_transposed is not null)
        {
            // In pieces whose transposed panel stays in the second cache.
            for (int t = 0; t < steps; t += OuterProductSteps)
            {
                int count = Math.Min(OuterProductSteps, steps - t);
                T* panel = _transposed.Pointer;
                OuterProduct<S, T>.Transpose(tape + (t * hidden), hidden, l, count, panel, _columns);
                OuterProduct<S, T>.Accumulate(_gradientW1, m, gradientNext + (t * state), state, panel, _columns, count);
                OuterProduct<S, T>.Transpose(adjoint + (t * hidden), hidden, l, count, panel, _columns);
                OuterProduct<S, T>.Accumulate(_gradientW2Transposed, m, z + (t * state), state, panel, _columns, count);
            }
            return;
        }
        LaneProduct<S, T>.Accumulate(_gradientW1, m, l, gradientNext, state, tape, hidden, steps);
        LaneProduct<S, T>.Accumulate(_gradientW2Transposed, m, l, z, state, adjoint, hidden, steps);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void StoreGradient(T* gradient)
    {
        (int m, int l) = (_layout.Latent, _layout.Hidden);
        AddSums(gradient + ShallowPlrnnLayout.A, _gradientA, m);
        AddSums(gradient + _layout.H1, _gradientH1, m);
        AddSums(gradient + _layout.H2, _gradientH2, l);
        T* w1 = gradient + _layout.W1, w2 = gradient + _layout.W2;
        for (int i = 0; i < m; i++)
            for (int j = 0; j < l; j++)
            {
                nint at = _transposed is null ? (((nint)i * l) + j) * s_lanes : (i * _columns) + j;
                w1[((nint)i * l) + j] += _transposed is null ? S.Sum(S.Load(_gradientW1 + at)) : _gradientW1[at];
                w2[((nint)j * m) + i] += _transposed is null ? S.Sum(S.Load(_gradientW2Transposed + at)) : _gradientW2Transposed[at];
            }
        _gradients.Clear();
    }

    public override void Dispose()
    {
        _w1.Dispose();
        _w2.Dispose();
        _w1Transposed.Dispose();
        _w2Transposed.Dispose();
        _vectors.Dispose();
        _gradients.Dispose();
        _transposed?.Dispose();
    }

    private static void Multiply(PackedMatrix<T> a, T* x, T* y)
    {
        if (SplitPanelProduct<S, T>.Pays(a.Rows))
            SplitPanelProduct<S, T>.Multiply(a, x, y);
        else
            PanelProduct<S, T>.Multiply(a, x, y);
    }

    // The epilogue on rows that are in memory already: for wide products the JIT cannot inline it into every row of a tile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply<TEpilogue>(T* hidden, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<S, T>
    {
        for (nint row = 0, at = 0; row < _layout.Hidden; row++, at += s_lanes)
            epilogue.Finish(row, S.Load(hidden + at) + epilogue.Start(row));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSums(T* target, T* lanes, int count)
    {
        for (nint i = 0; i < count; i++)
            target[i] += S.Sum(S.Load(lanes + (i * s_lanes)));
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
