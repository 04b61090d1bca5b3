using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>z' = A z + W relu(z) + h on a block of lanes, and its adjoint. Panels: z, r, g (M x lanes).</summary>
internal sealed unsafe class PlrnnKernel<S, T> : RecurrentKernel<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly PlrnnLayout _layout;
    private readonly PackedMatrix<T> _w, _wTransposed;
    private readonly AlignedBuffer<T> _vectors, _gradients;
    private readonly T* _a, _h;

    // Those of the vectors are lane by lane.
    private readonly WeightGradient<S, T> _gradientW;
    private readonly T* _gradientA, _gradientH;

    public PlrnnKernel(PlrnnLayout layout)
    {
        _layout = layout;
        int m = layout.Latent;
        (_w, _wTransposed) = (new(m, m, S.Accumulators), new(m, m, S.Accumulators));
        _vectors = new(2L * m);
        _a = _vectors.Pointer;
        _h = _a + m;
        _gradientW = new(m, m);
        _gradients = new(2L * m * s_lanes);
        _gradientA = _gradients.Pointer;
        _gradientH = _gradientA + ((nint)m * s_lanes);
    }

    public override int StateRows => _layout.Latent;

    public override int TapeRows => _layout.Latent;

    public override int AdjointRows => 0;

    public override void Load(T* parameters)
    {
        int m = _layout.Latent;
        _w.Pack(parameters + _layout.W, m, 1);
        _wTransposed.Pack(parameters + _layout.W, 1, m);
        new Span<T>(parameters + PlrnnLayout.A, m).CopyTo(new(_a, m));
        new Span<T>(parameters + _layout.H, m).CopyTo(new(_h, m));
    }

    // r = relu(z); next = A z + h + W r
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(T* z, T* tape, T* next)
    {
        nint state = (nint)_layout.Latent * s_lanes;
        for (nint at = 0; at < state; at += s_lanes)
            S.Relu(S.Load(z + at)).Store(tape + at);
        _w.Multiply<S>(tape, next);
        for (nint i = 0, at = 0; at < state; i++, at += s_lanes)
            (S.MultiplyAdd(S.Load(z + at), S.Broadcast(_a[i]), S.Broadcast(_h[i])) + S.Load(next + at)).Store(next + at);
    }

    // gradient = A g + D W' g, D = 1 where z > 0
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient)
    {
        _wTransposed.Multiply<S>(gradientNext, gradient);
        nint state = (nint)_layout.Latent * s_lanes;
        for (nint i = 0, at = 0; at < state; i++, at += s_lanes)
        {
            S x = S.Load(z + at), g = S.Load(gradientNext + at);
            S.MultiplyAdd(g, S.Broadcast(_a[i]), S.WhereGreater(x, default, S.Load(gradient + at))).Store(gradient + at);
            S.MultiplyAdd(g, x, S.Load(_gradientA + at)).Store(_gradientA + at);
            (S.Load(_gradientH + at) + g).Store(_gradientH + at);
        }
    }

    // dL/dW = sum g r'
    public override void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps)
    {
        nint state = (nint)_layout.Latent * s_lanes;
        _gradientW.Accumulate(gradientNext, state, tape, state, steps);
    }

    public override void StoreGradient(T* gradient)
    {
        int m = _layout.Latent;
        LaneProduct<S, T>.AddSums(_gradientA, m, gradient + PlrnnLayout.A);
        LaneProduct<S, T>.AddSums(_gradientH, m, gradient + _layout.H);
        _gradients.Clear();
        T* w = gradient + _layout.W;
        _gradientW.AddTo(w, m, 1);
        // The diagonal of W is no parameter.
        for (nint i = 0; i < m; i++)
            w[i * (m + 1)] = T.Zero;
    }

    public override void Dispose()
    {
        _w.Dispose();
        _wTransposed.Dispose();
        _vectors.Dispose();
        _gradients.Dispose();
        _gradientW.Dispose();
    }
}
