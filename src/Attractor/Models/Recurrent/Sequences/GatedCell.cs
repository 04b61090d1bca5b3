using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>The elementwise part of a gated recurrent unit, for one sequence at one step, and its adjoint.</summary>
/// <remarks>
/// Rows of H values: p the state before, h the state, u = (u_r, u_v, u_n) the projected input. The gates row of 4H values holds a = W p + b
/// in its first three parts before <see cref="Forward"/>, and (r, v, a_n, n) after.
/// </remarks>
internal static unsafe class GatedCell<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // r = sigmoid(u_r + a_r), v = sigmoid(u_v + a_v), n = tanh(u_n + r a_n), h = n + v (p - n)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(T* u, T* p, T* gates, T* h, nint units)
    {
        nint whole = PartialLanes<S, T>.Whole(units), rest = units - whole;
        for (nint j = 0; j < whole; j += PartialLanes<S, T>.Lanes)
        {
            S r = Logistic<S, T>.Sigmoid(S.Load(u + j) + S.Load(gates + j));
            S v = Logistic<S, T>.Sigmoid(S.Load(u + units + j) + S.Load(gates + units + j));
            S n = HyperbolicTangent<S, T>.Of(S.MultiplyAdd(r, S.Load(gates + (2 * units) + j), S.Load(u + (2 * units) + j)));
            r.Store(gates + j);
            v.Store(gates + units + j);
            n.Store(gates + (3 * units) + j);
            S.MultiplyAdd(v, S.Load(p + j) - n, n).Store(h + j);
        }
        if (rest == 0)
            return;
        nint k = whole;
        S lastR = Logistic<S, T>.Sigmoid(PartialLanes<S, T>.Load(u + k, rest) + PartialLanes<S, T>.Load(gates + k, rest));
        S lastV = Logistic<S, T>.Sigmoid(PartialLanes<S, T>.Load(u + units + k, rest) + PartialLanes<S, T>.Load(gates + units + k, rest));
        S lastN = HyperbolicTangent<S, T>.Of(S.MultiplyAdd(
            lastR, PartialLanes<S, T>.Load(gates + (2 * units) + k, rest), PartialLanes<S, T>.Load(u + (2 * units) + k, rest)));
        PartialLanes<S, T>.Store(lastR, gates + k, rest);
        PartialLanes<S, T>.Store(lastV, gates + units + k, rest);
        PartialLanes<S, T>.Store(lastN, gates + (3 * units) + k, rest);
        PartialLanes<S, T>.Store(S.MultiplyAdd(lastV, PartialLanes<S, T>.Load(p + k, rest) - lastN, lastN), h + k, rest);
    }

    // From g, the gradient of h: d = (d_r, d_v, d_n r) that of a, d_n that of u_n, and v g, the
    // part of that of p which does not go through a.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(T* g, T* p, T* gates, T* d, T* candidate, T* direct, nint units)
    {
        nint whole = PartialLanes<S, T>.Whole(units), rest = units - whole;
        for (nint j = 0; j < whole; j += PartialLanes<S, T>.Lanes)
        {
            S gradient = S.Load(g + j), r = S.Load(gates + j), v = S.Load(gates + units + j), n = S.Load(gates + (3 * units) + j);
            S dn = Candidate(gradient, v, n);
            Reset(dn, r, S.Load(gates + (2 * units) + j)).Store(d + j);
            Update(gradient, v, n, S.Load(p + j)).Store(d + units + j);
            (dn * r).Store(d + (2 * units) + j);
            dn.Store(candidate + j);
            (gradient * v).Store(direct + j);
        }
        if (rest == 0)
            return;
        nint k = whole;
        S lastGradient = PartialLanes<S, T>.Load(g + k, rest),
            lastR = PartialLanes<S, T>.Load(gates + k, rest), lastV = PartialLanes<S, T>.Load(gates + units + k, rest);
        S lastN = PartialLanes<S, T>.Load(gates + (3 * units) + k, rest), lastDn = Candidate(lastGradient, lastV, lastN);
        PartialLanes<S, T>.Store(Reset(lastDn, lastR, PartialLanes<S, T>.Load(gates + (2 * units) + k, rest)), d + k, rest);
        PartialLanes<S, T>.Store(Update(lastGradient, lastV, lastN, PartialLanes<S, T>.Load(p + k, rest)), d + units + k, rest);
        PartialLanes<S, T>.Store(lastDn * lastR, d + (2 * units) + k, rest);
        PartialLanes<S, T>.Store(lastDn, candidate + k, rest);
        PartialLanes<S, T>.Store(lastGradient * lastV, direct + k, rest);
    }

    // g (1 - v) (1 - n^2)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Candidate(S g, S v, S n)
    {
        S one = S.Broadcast(T.One);
        return g * (one - v) * (one - (n * n));
    }

    // d_n a_n r (1 - r)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Reset(S dn, S r, S a) => dn * a * (r * (S.Broadcast(T.One) - r));

    // g (p - n) v (1 - v)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Update(S g, S v, S n, S p) => g * (p - n) * (v * (S.Broadcast(T.One) - v));
}
