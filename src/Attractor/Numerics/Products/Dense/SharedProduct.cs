using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>A product in parts of about equal size: some columns of C each, or some rows where there are more of them.</summary>
/// <remarks>
/// Never some k: the order of the sums is that of one thread. Parts share no packed matrix, so the longer
/// side is cut and the shorter packed by each.
/// </remarks>
internal sealed class SharedProduct<S, T> : ThreadTeam.IParts
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below this, in multiply-adds, a second thread gains nothing.
    private const long Smallest = 1_000_000;

    // Parts of this size and more are cut up to four times for each thread, so that one that is held up leaves its work to the others.
    private const long Divisible = 16_000_000;

    // For whoever has taken the team.
    private static readonly SharedProduct<S, T> s_shared = new();

    private ProductOperands<T> _operands;
    private int _parts;

    /// <summary>Computes the product on at most so many threads, or <see cref="ThreadTeam.AllProcessors"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in ProductOperands<T> o, int threads)
    {
        if (threads != 1 && (long)o.M * o.N * o.K >= Smallest)
        {
            int parts = Environment.ProcessorCount;
            if (threads > 0 && threads < parts)
                parts = threads;
            else
                parts *= (int)Math.Clamp((long)o.M * o.N * o.K / (parts * Divisible), 1, 4);
            if (parts > 1 && ThreadTeam.TryTake() is ThreadTeam crew)
            {
                s_shared._operands = o;
                s_shared._parts = parts;
                crew.Do(s_shared, parts);
                return;
            }
        }
        BlockedProduct<S, T>.Multiply(o);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Do(int part)
    {
        int lanes = sizeof(S) / sizeof(T), step = _operands.N >= _operands.M ? lanes : 1,
            length = Math.Max(_operands.N, _operands.M), steps = (length + step - 1) / step;
        int first = (int)((long)steps * part / _parts) * step, end = Math.Min(length, (int)((long)steps * (part + 1) / _parts) * step);
        if (first < end)
            BlockedProduct<S, T>.Multiply(
                _operands.N >= _operands.M ? _operands.Columns(first, end - first) : _operands.Rows(first, end - first));
    }
}
