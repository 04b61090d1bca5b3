using System.Runtime.CompilerServices;

namespace Attractor.Models;

/// <summary>The non-zero weights, row by row (compressed sparse rows).</summary>
/// <param name="units">M.</param>
/// <param name="rows">M + 1 offsets: the weights of row i are those from rows[i] to rows[i + 1] - 1.</param>
/// <param name="columns">Of each weight, ascending within a row.</param>
/// <param name="values">The weights.</param>
internal sealed class SparseWeights(int units, int[] rows, int[] columns, double[] values) : RecurrentWeights(units)
{
    public int[] Rows { get; } = rows;

    public int[] Columns { get; } = columns;

    public override double[] Values { get; } = values;

    public override double this[int i, int j]
        => Columns.AsSpan(Rows[i], Rows[i + 1] - Rows[i]).BinarySearch(j) is >= 0 and int found ? Values[Rows[i] + found] : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, Units);
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, Units);
        fixed (double* source = x, target = y, w = Values)
        fixed (int* columns = Columns, rows = Rows)
            for (int i = 0; i < Units; i++)
            {
                // Four sums: one alone would wait for each addition.
                double a = 0, b = 0, c = 0, d = 0;
                int n = rows[i], end = rows[i + 1];
                for (; n + 4 <= end; n += 4)
                {
                    a += w[n] * source[columns[n]];
                    b += w[n + 1] * source[columns[n + 1]];
                    c += w[n + 2] * source[columns[n + 2]];
                    d += w[n + 3] * source[columns[n + 3]];
                }
                for (; n < end; n++)
                    a += w[n] * source[columns[n]];
                target[i] = (a + b) + (c + d);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe void MultiplyPanel<S>(double* x, double* y)
    {
        fixed (double* w = Values)
        fixed (int* columns = Columns, rows = Rows)
            for (int i = 0; i < Units; i++, y += Lanes)
            {
                S a = S.Broadcast(0), b = S.Broadcast(0), c = S.Broadcast(0), d = S.Broadcast(0);
                int n = rows[i], end = rows[i + 1];
                for (; n + 4 <= end; n += 4)
                {
                    a = S.MultiplyAdd(S.Broadcast(w[n]), S.Load(x + ((nint)columns[n] * Lanes)), a);
                    b = S.MultiplyAdd(S.Broadcast(w[n + 1]), S.Load(x + ((nint)columns[n + 1] * Lanes)), b);
                    c = S.MultiplyAdd(S.Broadcast(w[n + 2]), S.Load(x + ((nint)columns[n + 2] * Lanes)), c);
                    d = S.MultiplyAdd(S.Broadcast(w[n + 3]), S.Load(x + ((nint)columns[n + 3] * Lanes)), d);
                }
                for (; n < end; n++)
                    a = S.MultiplyAdd(S.Broadcast(w[n]), S.Load(x + ((nint)columns[n] * Lanes)), a);
                ((a + b) + (c + d)).Store(y);
            }
    }
}
