using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>sum_b alpha_b unit(x; -H_b), the unit being relu(x - H_b) or that less relu(x), and the gradients of alpha and H.</summary>
internal readonly unsafe struct DendriticRows<S, T, TUnit> : IStateRows<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TUnit : struct, IHiddenUnit
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly PlrnnLayout _layout;

    // alpha (B), -H and what sums start from (M x B); the gradients of alpha (B) and of H (M x B) lane by lane.
    private readonly AlignedBuffer<T> _values, _gradients;
    private readonly T* _alpha, _h, _start, _gradientAlpha, _gradientH;

    public DendriticRows(PlrnnLayout layout)
        : this(
            layout,
            values: new(layout.Bases + (2L * layout.Latent * layout.Bases)),
            gradients: new((layout.Bases + ((long)layout.Latent * layout.Bases)) * s_lanes))
    {
    }

    private DendriticRows(PlrnnLayout layout, AlignedBuffer<T> values, AlignedBuffer<T> gradients)
    {
        (_layout, _values, _gradients) = (layout, values, gradients);
        _alpha = values.Pointer;
        _h = _alpha + layout.Bases;
        _start = _h + ((nint)layout.Latent * layout.Bases);
        _gradientAlpha = gradients.Pointer;
        _gradientH = _gradientAlpha + ((nint)layout.Bases * s_lanes);
    }

    public static bool IsCentred => false;

    public static bool IsLearnt => true;

    // Not into the rows: a loop of its own is as fast there, and the JIT inlines all of it here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public S Forward(nint row, S x)
    {
        S sum = default;
        T* h = _h + (row * _layout.Bases), start = _start + (row * _layout.Bases);
        for (nint b = 0; b < _layout.Bases; b++)
            sum = S.MultiplyAdd(S.Broadcast(_alpha[b]), TUnit.Forward<S, T>(x + S.Broadcast(start[b]), S.Broadcast(h[b])), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public S Backward(nint row, S x, S gradient)
    {
        S sum = default;
        T* h = _h + (row * _layout.Bases), start = _start + (row * _layout.Bases);
        for (nint b = 0; b < _layout.Bases; b++)
        {
            S threshold = S.Broadcast(h[b]), r = TUnit.Forward<S, T>(x + S.Broadcast(start[b]), threshold);
            sum = S.MultiplyAdd(S.Broadcast(_alpha[b]), TUnit.Backward<S, T>(gradient, r, threshold, out _), sum);
        }
        return sum;
    }

    public void Load(T* parameters)
    {
        for (nint b = 0; b < _layout.Bases; b++)
            _alpha[b] = parameters[_layout.Slopes + b];
        for (nint i = 0; i < (nint)_layout.Latent * _layout.Bases; i++)
        {
            _h[i] = -parameters[_layout.Thresholds + i];
            _start[i] = TUnit.Start(_h[i]);
        }
    }

    // dL/dalpha_b = sum g_i unit(x_i; -H_ib), dL/dH_ib = -alpha_b sum g_i dunit/dh
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Accumulate(T* x, T* gradient, int steps)
    {
        nint state = (nint)_layout.Latent * s_lanes, bases = _layout.Bases;
        for (nint row = 0; row < _layout.Latent; row++)
            for (nint b = 0; b < bases; b++)
            {
                nint at = (row * bases) + b;
                S h = S.Broadcast(_h[at]), start = S.Broadcast(_start[at]), alpha = default, threshold = default;
                T* xs = x + (row * s_lanes), gradients = gradient + (row * s_lanes);
                for (int t = 0; t < steps; t++, xs += state, gradients += state)
                {
                    S g = S.Load(gradients), r = TUnit.Forward<S, T>(S.Load(xs) + start, h);
                    alpha = S.MultiplyAdd(g, r, alpha);
                    TUnit.Backward<S, T>(g, r, h, out S slope);
                    threshold += slope;
                }
                T* alphas = _gradientAlpha + (b * s_lanes), thresholds = _gradientH + (at * s_lanes);
                (S.Load(alphas) + alpha).Store(alphas);
                (S.Load(thresholds) - (S.Broadcast(_alpha[b]) * threshold)).Store(thresholds);
            }
    }

    public void StoreGradient(T* gradient)
    {
        LaneProduct<S, T>.AddSums(_gradientAlpha, _layout.Bases, gradient + _layout.Slopes);
        LaneProduct<S, T>.AddSums(_gradientH, _layout.Latent * _layout.Bases, gradient + _layout.Thresholds);
        _gradients.Clear();
    }

    public void Dispose()
    {
        _values.Dispose();
        _gradients.Dispose();
    }
}
