using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// <see cref="ShallowPlrnnKernel{S, T, TUnit}"/> for so few latent units that a state stays in registers: one loop over the hidden units,
/// each of which is computed where it is needed and never written to memory.
/// </summary>
/// <remarks>
/// With M = 3 a hidden unit costs as many multiplications as it has weights, and less than to fetch it from the second cache: there is no
/// tape, and the adjoint computes it again. That is 28 multiplications a unit and step in place of 18, and no traffic beyond the weights,
/// which all lanes share.
/// </remarks>
internal sealed unsafe class FusedShallowPlrnnKernel<S, T, TUnit, TLatent> : RecurrentKernel<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TUnit : struct, IHiddenUnit
    where TLatent : struct, ICount
{
    private readonly ShallowPlrnnLayout _layout;

    // Of each hidden unit: its row of W2, its threshold and what its sum starts from, its column of W1.
    private readonly AlignedBuffer<T> _units, _vectors;

    // Lane by lane; of each hidden unit those of its row of W2, of its threshold, of its column of W1.
    private readonly AlignedBuffer<T> _gradients, _gradientsOfUnits;

    public FusedShallowPlrnnKernel(ShallowPlrnnLayout layout)
    {
        _layout = layout;
        _units = new((long)layout.Hidden * Record);
        _vectors = new(2L * TLatent.N);
        _gradients = new(2L * TLatent.N * Width);
        _gradientsOfUnits = new((long)layout.Hidden * GradientRecord * Width);
    }

    public override int StateRows => TLatent.N;

    public override int TapeRows => 0;

    public override int AdjointRows => 0;

    /// <inheritdoc/>
    /// <remarks>The panels of the states and of their gradients fill half of the first cache.</remarks>
    public override int BlockSteps => 50;

    // Of a block; a property, which is a constant to the JIT where a field of a generic class is not.
    private static int Width => sizeof(S) / sizeof(T);

    private static int Record => (2 * TLatent.N) + 2;

    private static int GradientRecord => (2 * TLatent.N) + 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(T* parameters)
    {
        int m = TLatent.N, l = _layout.Hidden;
        for (int i = 0; i < m; i++)
        {
            _vectors.Pointer[i] = parameters[ShallowPlrnnLayout.A + i];
            _vectors.Pointer[m + i] = parameters[_layout.H1 + i];
        }
        T* unit = _units.Pointer;
        for (int k = 0; k < l; k++, unit += Record)
        {
            T threshold = parameters[_layout.H2 + k];
            for (int i = 0; i < m; i++)
            {
                unit[i] = parameters[_layout.W2 + (k * m) + i];
                unit[m + 2 + i] = parameters[_layout.W1 + (i * l) + k];
            }
            unit[m] = TUnit.Start(threshold);
            unit[m + 1] = threshold;
        }
    }

    // next = A z + h1 + sum_k w1_k phi(w2_k z; h2_k). Even and odd units apart: one sum would wait for itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public override void Forward(T* z, T* tape, T* next)
    {
        int m = TLatent.N;
        Panel state = new(z), even = state.Scaled(_vectors.Pointer, _vectors.Pointer + m), odd = default;
        T* unit = _units.Pointer, end = unit + ((nint)_layout.Hidden * Record), pairs = end - ((_layout.Hidden & 1) * Record);
        while (unit < pairs)
        {
            even = even.Plus(Unit(unit, state), unit + m + 2);
            unit += Record;
            odd = odd.Plus(Unit(unit, state), unit + m + 2);
            unit += Record;
        }
        if (unit < end)
            even = even.Plus(Unit(unit, state), unit + m + 2);
        even.Plus(odd).Store(next);
    }

    // gradient = A g + sum_k w2_k d_k, d_k = dr_k/dv_k (w1_k g)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public override void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient)
    {
        int m = TLatent.N;
        Panel state = new(z), g = new(gradientNext);
        T* a = _vectors.Pointer, gradientA = _gradients.Pointer, gradientH1 = gradientA + (m * Width);
        Panel sum = g.Scaled(a);
        T* end = _units.Pointer + ((nint)_layout.Hidden * Record);
        for (T* unit = _units.Pointer; unit < end; unit += Record)
        {
            // Its row of W2 is needed twice: loads are what this loop waits for.
            Panel w2 = Panel.Broadcast(unit);
            S h2 = S.Broadcast(unit[m + 1]), r = TUnit.Forward<S, T>(Panel.Product(w2, state, S.Broadcast(unit[m])), h2);
            S d = TUnit.Backward<S, T>(Product(unit + m + 2, g), r, h2, out _);
            sum = sum.Plus(d, w2);
        }
        sum.Store(gradient);
        for (nint i = 0, at = 0; i < m; i++, at += Width)
        {
            S next = S.Load(gradientNext + at);
            S.MultiplyAdd(next, S.Load(z + at), S.Load(gradientA + at)).Store(gradientA + at);
            (S.Load(gradientH1 + at) + next).Store(gradientH1 + at);
        }
    }

    // dL/dw1_k = sum g r_k, dL/dw2_k = sum d_k z, dL/dh2_k: of one unit over all steps at once, in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public override void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps)
    {
        int m = TLatent.N;
        nint state = (nint)m * Width;
        T* unit = _units.Pointer, sums = _gradientsOfUnits.Pointer;
        for (nint k = 0; k < _layout.Hidden; k++, unit += Record, sums += GradientRecord * Width)
        {
            T* sumsOfW1 = sums + ((m + 1) * Width);
            Panel w2 = Panel.Broadcast(unit), w1 = Panel.Broadcast(unit + m + 2);
            S start = S.Broadcast(unit[m]), h2 = S.Broadcast(unit[m + 1]), ofThreshold = S.Load(sums + (m * Width));
            S of20 = S.Load(sums), of21 = default, of22 = default, of23 = default;
            S of10 = S.Load(sumsOfW1), of11 = default, of12 = default, of13 = default;
            if (m > 1) (of21, of11) = (S.Load(sums + Width), S.Load(sumsOfW1 + Width));
            if (m > 2) (of22, of12) = (S.Load(sums + (2 * Width)), S.Load(sumsOfW1 + (2 * Width)));
            if (m > 3) (of23, of13) = (S.Load(sums + (3 * Width)), S.Load(sumsOfW1 + (3 * Width)));
            T* at = z, behind = gradientNext;
            for (int t = 0; t < steps; t++, at += state, behind += state)
            {
                Panel x = new(at), g = new(behind);
                S r = TUnit.Forward<S, T>(Panel.Product(w2, x, start), h2);
                S d = TUnit.Backward<S, T>(Panel.Product(w1, g), r, h2, out S threshold);
                ofThreshold += threshold;
                of20 = S.MultiplyAdd(d, x.X0, of20);
                of10 = S.MultiplyAdd(r, g.X0, of10);
                if (m > 1) (of21, of11) = (S.MultiplyAdd(d, x.X1, of21), S.MultiplyAdd(r, g.X1, of11));
                if (m > 2) (of22, of12) = (S.MultiplyAdd(d, x.X2, of22), S.MultiplyAdd(r, g.X2, of12));
                if (m > 3) (of23, of13) = (S.MultiplyAdd(d, x.X3, of23), S.MultiplyAdd(r, g.X3, of13));
            }
            ofThreshold.Store(sums + (m * Width));
            of20.Store(sums);
            of10.Store(sumsOfW1);
            if (m > 1) { of21.Store(sums + Width); of11.Store(sumsOfW1 + Width); }
            if (m > 2) { of22.Store(sums + (2 * Width)); of12.Store(sumsOfW1 + (2 * Width)); }
            if (m > 3) { of23.Store(sums + (3 * Width)); of13.Store(sumsOfW1 + (3 * Width)); }
        }
    }

    public override void StoreGradient(T* gradient)
    {
        int m = TLatent.N, l = _layout.Hidden;
        LaneProduct<S, T>.AddSums(_gradients.Pointer, m, gradient + ShallowPlrnnLayout.A);
        LaneProduct<S, T>.AddSums(_gradients.Pointer + (m * Width), m, gradient + _layout.H1);
        T* sums = _gradientsOfUnits.Pointer;
        for (int k = 0; k < l; k++, sums += GradientRecord * Width)
        {
            for (int i = 0; i < m; i++)
            {
                gradient[_layout.W2 + (k * m) + i] += S.Sum(S.Load(sums + (i * Width)));
                gradient[_layout.W1 + (i * l) + k] += S.Sum(S.Load(sums + ((m + 1 + i) * Width)));
            }
            gradient[_layout.H2 + k] += S.Sum(S.Load(sums + (m * Width)));
        }
        _gradients.Clear();
        _gradientsOfUnits.Clear();
    }

    public override void Dispose()
    {
        _units.Dispose();
        _vectors.Dispose();
        _gradients.Dispose();
        _gradientsOfUnits.Dispose();
    }

    // r = phi(w2 z; h2) of one unit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Unit(T* unit, in Panel state)
    {
        S v = S.MultiplyAdd(state.X0, S.Broadcast(unit[0]), S.Broadcast(unit[TLatent.N]));
        if (TLatent.N > 1) v = S.MultiplyAdd(state.X1, S.Broadcast(unit[1]), v);
        if (TLatent.N > 2) v = S.MultiplyAdd(state.X2, S.Broadcast(unit[2]), v);
        if (TLatent.N > 3) v = S.MultiplyAdd(state.X3, S.Broadcast(unit[3]), v);
        return TUnit.Forward<S, T>(v, S.Broadcast(unit[TLatent.N + 1]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Product(T* weights, in Panel panel)
    {
        S v = panel.X0 * S.Broadcast(weights[0]);
        if (TLatent.N > 1) v = S.MultiplyAdd(panel.X1, S.Broadcast(weights[1]), v);
        if (TLatent.N > 2) v = S.MultiplyAdd(panel.X2, S.Broadcast(weights[2]), v);
        if (TLatent.N > 3) v = S.MultiplyAdd(panel.X3, S.Broadcast(weights[3]), v);
        return v;
    }

    // M blocks of lanes in registers.
    private readonly struct Panel
    {
        public readonly S X0, X1, X2, X3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Panel(T* rows)
            : this(
                S.Load(rows),
                TLatent.N > 1 ? S.Load(rows + Width) : default,
                TLatent.N > 2 ? S.Load(rows + (2 * Width)) : default,
                TLatent.N > 3 ? S.Load(rows + (3 * Width)) : default)
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Panel(S x0, S x1, S x2, S x3) => (X0, X1, X2, X3) = (x0, x1, x2, x3);

        // Each row times its own of the factors.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Panel Scaled(T* factors) => new(
            X0 * S.Broadcast(factors[0]),
            TLatent.N > 1 ? X1 * S.Broadcast(factors[1]) : default,
            TLatent.N > 2 ? X2 * S.Broadcast(factors[2]) : default,
            TLatent.N > 3 ? X3 * S.Broadcast(factors[3]) : default);

        // The same, beside what each begins with.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Panel Scaled(T* factors, T* starts) => new(
            S.MultiplyAdd(X0, S.Broadcast(factors[0]), S.Broadcast(starts[0])),
            TLatent.N > 1 ? S.MultiplyAdd(X1, S.Broadcast(factors[1]), S.Broadcast(starts[1])) : default,
            TLatent.N > 2 ? S.MultiplyAdd(X2, S.Broadcast(factors[2]), S.Broadcast(starts[2])) : default,
            TLatent.N > 3 ? S.MultiplyAdd(X3, S.Broadcast(factors[3]), S.Broadcast(starts[3])) : default);

        // What a hidden unit adds to each row.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Panel Plus(S unit, T* weights) => new(
            S.MultiplyAdd(unit, S.Broadcast(weights[0]), X0),
            TLatent.N > 1 ? S.MultiplyAdd(unit, S.Broadcast(weights[1]), X1) : default,
            TLatent.N > 2 ? S.MultiplyAdd(unit, S.Broadcast(weights[2]), X2) : default,
            TLatent.N > 3 ? S.MultiplyAdd(unit, S.Broadcast(weights[3]), X3) : default);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Panel Plus(S unit, in Panel weights) => new(
            S.MultiplyAdd(unit, weights.X0, X0),
            TLatent.N > 1 ? S.MultiplyAdd(unit, weights.X1, X1) : default,
            TLatent.N > 2 ? S.MultiplyAdd(unit, weights.X2, X2) : default,
            TLatent.N > 3 ? S.MultiplyAdd(unit, weights.X3, X3) : default);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Panel Plus(in Panel other) => new(X0 + other.X0, X1 + other.X1, X2 + other.X2, X3 + other.X3);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(T* rows)
        {
            X0.Store(rows);
            if (TLatent.N > 1) X1.Store(rows + Width);
            if (TLatent.N > 2) X2.Store(rows + (2 * Width));
            if (TLatent.N > 3) X3.Store(rows + (3 * Width));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Panel Broadcast(T* values) => new(
            S.Broadcast(values[0]),
            TLatent.N > 1 ? S.Broadcast(values[1]) : default,
            TLatent.N > 2 ? S.Broadcast(values[2]) : default,
            TLatent.N > 3 ? S.Broadcast(values[3]) : default);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static S Product(in Panel weights, in Panel panel) => Rest(weights, panel, weights.X0 * panel.X0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static S Product(in Panel weights, in Panel panel, S start)
            => Rest(weights, panel, S.MultiplyAdd(panel.X0, weights.X0, start));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static S Rest(in Panel weights, in Panel panel, S v)
        {
            if (TLatent.N > 1) v = S.MultiplyAdd(panel.X1, weights.X1, v);
            if (TLatent.N > 2) v = S.MultiplyAdd(panel.X2, weights.X2, v);
            if (TLatent.N > 3) v = S.MultiplyAdd(panel.X3, weights.X3, v);
            return v;
        }
    }
}
