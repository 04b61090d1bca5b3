using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>z' = A z + W phi(z) + h on a block of lanes, and its adjoint. Panels: z, r, g, d (M x lanes).</summary>
internal sealed unsafe class PlrnnKernel<S, T, TUnits> : RecurrentKernel<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TUnits : struct, IStateRows<S, T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly PlrnnLayout _layout;
    private readonly TUnits _units;
    private readonly PackedMatrix<T> _w, _wTransposed;
    private readonly AlignedBuffer<T> _vectors, _gradients;
    private readonly T* _a, _h;

    // Those of the vectors are lane by lane.
    private readonly WeightGradient<S, T> _gradientW;
    private readonly T* _gradientA, _gradientH;

    public PlrnnKernel(PlrnnLayout layout, TUnits units)
    {
        (_layout, _units) = (layout, units);
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

    public override int AdjointRows => TUnits.IsLearnt ? _layout.Latent : 0;

    public override void Load(T* parameters)
    {
        int m = _layout.Latent;
        _w.Pack(parameters + _layout.W, m, 1);
        _wTransposed.Pack(parameters + _layout.W, 1, m);
        new Span<T>(parameters + PlrnnLayout.A, m).CopyTo(new(_a, m));
        new Span<T>(parameters + _layout.H, m).CopyTo(new(_h, m));
        if (TUnits.IsLearnt)
            _units.Load(parameters);
    }

    // r = phi(z); next = A z + h + W r
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(T* z, T* tape, T* next)
    {
        nint state = (nint)_layout.Latent * s_lanes;
        TUnits units = _units;
        S mean = TUnits.IsCentred ? Mean(z) : default;
        for (nint i = 0, at = 0; at < state; i++, at += s_lanes)
            units.Forward(i, TUnits.IsCentred ? S.Load(z + at) - mean : S.Load(z + at)).Store(tape + at);
        _w.Multiply<S>(tape, next);
        for (nint i = 0, at = 0; at < state; i++, at += s_lanes)
            (S.MultiplyAdd(S.Load(z + at), S.Broadcast(_a[i]), S.Broadcast(_h[i])) + S.Load(next + at)).Store(next + at);
    }

    // d = W' g; gradient = A g + (dphi/dz)' d
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient)
    {
        _wTransposed.Multiply<S>(gradientNext, gradient);
        nint state = (nint)_layout.Latent * s_lanes;
        if (TUnits.IsLearnt)
            new Span<T>(gradient, (int)state).CopyTo(new(adjoint, (int)state));
        TUnits units = _units;
        S mean = TUnits.IsCentred ? Mean(z) : default, sum = default;
        for (nint i = 0, at = 0; at < state; i++, at += s_lanes)
        {
            S x = S.Load(z + at), g = S.Load(gradientNext + at);
            S d = units.Backward(i, TUnits.IsCentred ? x - mean : x, S.Load(gradient + at));
            if (TUnits.IsCentred)
                sum += d;
            S.MultiplyAdd(g, S.Broadcast(_a[i]), d).Store(gradient + at);
            S.MultiplyAdd(g, x, S.Load(_gradientA + at)).Store(_gradientA + at);
            (S.Load(_gradientH + at) + g).Store(_gradientH + at);
        }
        if (!TUnits.IsCentred)
            return;
        S share = sum * S.Broadcast(T.One / T.CreateTruncating(_layout.Latent));
        for (nint at = 0; at < state; at += s_lanes)
            (S.Load(gradient + at) - share).Store(gradient + at);
    }

    // dL/dW = sum g r'
    public override void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps)
    {
        nint state = (nint)_layout.Latent * s_lanes;
        _gradientW.Accumulate(gradientNext, state, tape, state, steps);
        if (TUnits.IsLearnt)
            _units.Accumulate(z, adjoint, steps);
    }

    public override void StoreGradient(T* gradient)
    {
        int m = _layout.Latent;
        LaneProduct<S, T>.AddSums(_gradientA, m, gradient + PlrnnLayout.A);
        LaneProduct<S, T>.AddSums(_gradientH, m, gradient + _layout.H);
        _gradients.Clear();
        T* w = gradient + _layout.W;
        _gradientW.AddTo(w, m, 1);
        if (TUnits.IsLearnt)
            _units.StoreGradient(gradient);
        // Without it the diagonal of W is no parameter.
        for (nint i = 0; i < m && !_layout.HasDiagonal; i++)
            w[i * (m + 1)] = T.Zero;
    }

    public override void Dispose()
    {
        _w.Dispose();
        _wTransposed.Dispose();
        _vectors.Dispose();
        _gradients.Dispose();
        _gradientW.Dispose();
        _units.Dispose();
    }

    // The mean of the units, lane by lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private S Mean(T* z)
    {
        S sum = default;
        for (nint i = 0; i < _layout.Latent; i++)
            sum += S.Load(z + (i * s_lanes));
        return sum * S.Broadcast(T.One / T.CreateTruncating(_layout.Latent));
    }
}
