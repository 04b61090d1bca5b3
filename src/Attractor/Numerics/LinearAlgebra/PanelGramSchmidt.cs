using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// <see cref="GramSchmidt"/> with the vectors in the lanes: V (D x stride, row-major), the k vectors its first columns, the others
/// zero, the stride a whole number of blocks of lanes.
/// </summary>
/// <remarks>
/// A column stays unnormalised while it is taken out of those to its right, so that one pass over the rows gives both its length
/// and all projections on it; all columns are normalised together at the end. Two columns are taken out at a time, as the time
/// goes into waiting for one before the next.
/// </remarks>
internal static unsafe class PanelGramSchmidt
{
    /// <summary>Lanes in a block.</summary>
    public const int Lanes = 8;

    // "Twice is enough", and squares that stay within the range of numbers: see GramSchmidt.
    private const double Shrinkage = 1e-4, Smallest = 1e-200, Largest = 1e200;

    // Of squares.
    private const double Rounding = GramSchmidt.Rounding * GramSchmidt.Rounding;

    // The projections on two columns are computed together unless the second lies so close to the first that their difference
    // would lose more than a digit of its length.
    private const double Separation = 0.01;

    // From the (7 - c)th on: one in the lanes beyond c, zero in the others; one in the lane after c alone.
    private static ReadOnlySpan<double> Beyond => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];

    private static ReadOnlySpan<double> At => [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Replaces V by Q of V = Q R and returns the diagonal of R, k values &gt;= 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Orthonormalize(Span<double> vectors, Span<double> diagonal, int stride)
    {
        fixed (double* v = vectors, r = diagonal)
        {
            int rows = vectors.Length / stride;
            if (!WidestLanes.Invoke<double, Attempt, bool>(new(v, rows, stride, r, diagonal.Length)))
                Compact(vectors, diagonal, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Try<S>(double* v, int rows, int stride, double* diagonal, int k)
        where S : unmanaged, ILanes<S, double>
    {
        double* scratch = stackalloc double[stride];
        Squares<S>(v, rows, stride, scratch);
        if (!Pass<S>(v, rows, stride, diagonal, k, scratch))
            return false;
        bool shrunk = false;
        for (int c = 0; c < k; c++)
            shrunk |= diagonal[c] > 0 && diagonal[c] < Shrinkage * Math.Sqrt(scratch[c]);
        if (!shrunk)
            return true;
        // Of columns that are nearly orthogonal and of length one, or zero: no length leaves the range of numbers.
        Pass<S>(v, rows, stride, scratch, k, null);
        for (int c = 0; c < k; c++)
            diagonal[c] *= scratch[c];
        return true;
    }

    /// <summary>
    /// False, with orthogonal columns of their old lengths so far, where a length leaves the range in which it can be squared.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Pass<S>(double* v, int rows, int stride, double* diagonal, int k, double* before)
        where S : unmanaged, ILanes<S, double>
    {
        double* scales = stackalloc double[stride], lanes = stackalloc double[(2 * Lanes) + 1];
        for (int c = 0; c < stride; c++)
            scales[c] = 0;
        fixed (double* beyond = Beyond, at = At)
        {
            for (int c = 0; c < k;)
            {
                int block = c / Lanes * Lanes, lane = c - block;
                bool pair = c + 1 < k && lane + 1 < Lanes;
                (S first, S second) = pair ? Dots<S>(v + c, v + block, rows, stride) : (Dot<S>(v + c, v + block, rows, stride), default);
                first.Store(lanes);
                second.Store(lanes + Lanes);
                double square = lanes[lane];
                if (Depends(v + c, rows, stride, square, before is null ? 0 : before[c]))
                {
                    (diagonal[c], scales[c]) = (0, 0);
                    c++;
                    continue;
                }
                if (!(square is > Smallest and < Largest))
                    return false;
                double inverse = -1 / square;
                diagonal[c] = Math.Sqrt(square);
                scales[c] = 1 / diagonal[c];
                // The second column without its part along the first: w = v' + r v.
                double r = lanes[lane + 1] * inverse, own = lanes[Lanes + lane + 1], rest = own + (r * lanes[lane + 1]);
                if (!pair || !(rest > Separation * own) || !(rest is > Smallest and < Largest)
                    || (before is not null && rest <= Rounding * before[c + 1]))
                {
                    S factor = S.Broadcast(inverse);
                    Subtract(v + c, v + block, rows, stride, first * factor * S.Load(beyond + Lanes - 1 - lane));
                    for (block += Lanes; block < stride; block += Lanes)
                        Subtract(v + c, v + block, rows, stride, Dot<S>(v + c, v + block, rows, stride) * factor);
                    c++;
                    continue;
                }
                double secondInverse = -1 / rest;
                diagonal[c + 1] = Math.Sqrt(rest);
                scales[c + 1] = 1 / diagonal[c + 1];
                // v_j - <v, v_j>/<v, v> v - <w, v_j>/<w, w> w, in terms of the two columns as they are.
                S f1 = S.Broadcast(inverse), f2 = S.Broadcast(secondInverse),
                    along = S.Broadcast(r), mask = S.Load(beyond + Lanes - 2 - lane);
                S b = S.MultiplyAdd(along, first, second) * f2 * mask;
                S a = S.MultiplyAdd(along, b, first * f1 * mask) + (along * S.Load(at + Lanes - 2 - lane));
                Subtract(v + c, v + block, rows, stride, a, b);
                for (block += Lanes; block < stride; block += Lanes)
                {
                    // The second column is w by now.
                    (first, second) = Dots<S>(v + c, v + block, rows, stride);
                    Subtract(v + c, v + block, rows, stride, first * f1, second * f2);
                }
                c += 2;
            }
        }
        for (int block = 0; block < stride; block += Lanes)
        {
            S scale = S.Load(scales + block);
            double* row = v + block;
            for (int i = 0; i < rows; i++, row += stride)
                (S.Load(row) * scale).Store(row);
        }
        return true;
    }

    /// <summary>Whether a column depends on those before it, which are taken out of it: it is zero, or nothing but rounding.</summary>
    private static bool Depends(double* column, int rows, int stride, double square, double before)
    {
        if (before is > Smallest and < Largest)
            return square <= Rounding * before;
        for (int i = 0; i < rows; i++)
            if (column[(nint)i * stride] != 0)
                return false;
        return true;
    }

    /// <summary>The sum over the rows of x times the block; x and block advance by the stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Dot<S>(double* x, double* block, nint rows, nint stride)
        where S : unmanaged, ILanes<S, double>
    {
        // Four sums, as an addition takes four cycles.
        S a = default, b = default, c = default, d = default;
        for (; rows >= 4; rows -= 4, x += 4 * stride, block += 4 * stride)
        {
            a = S.MultiplyAdd(S.Load(block), S.Broadcast(x[0]), a);
            b = S.MultiplyAdd(S.Load(block + stride), S.Broadcast(x[stride]), b);
            c = S.MultiplyAdd(S.Load(block + (2 * stride)), S.Broadcast(x[2 * stride]), c);
            d = S.MultiplyAdd(S.Load(block + (3 * stride)), S.Broadcast(x[3 * stride]), d);
        }
        for (; rows > 0; rows--, x += stride, block += stride)
            a = S.MultiplyAdd(S.Load(block), S.Broadcast(x[0]), a);
        return (a + b) + (c + d);
    }

    /// <summary>The sums for a column and for the one to its right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (S First, S Second) Dots<S>(double* x, double* block, nint rows, nint stride)
        where S : unmanaged, ILanes<S, double>
    {
        S a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (; rows >= 4; rows -= 4, x += 4 * stride, block += 4 * stride)
        {
            S row = S.Load(block);
            a = S.MultiplyAdd(row, S.Broadcast(x[0]), a);
            e = S.MultiplyAdd(row, S.Broadcast(x[1]), e);
            row = S.Load(block + stride);
            b = S.MultiplyAdd(row, S.Broadcast(x[stride]), b);
            f = S.MultiplyAdd(row, S.Broadcast(x[stride + 1]), f);
            row = S.Load(block + (2 * stride));
            c = S.MultiplyAdd(row, S.Broadcast(x[2 * stride]), c);
            g = S.MultiplyAdd(row, S.Broadcast(x[(2 * stride) + 1]), g);
            row = S.Load(block + (3 * stride));
            d = S.MultiplyAdd(row, S.Broadcast(x[3 * stride]), d);
            h = S.MultiplyAdd(row, S.Broadcast(x[(3 * stride) + 1]), h);
        }
        for (; rows > 0; rows--, x += stride, block += stride)
        {
            S row = S.Load(block);
            a = S.MultiplyAdd(row, S.Broadcast(x[0]), a);
            e = S.MultiplyAdd(row, S.Broadcast(x[1]), e);
        }
        return ((a + b) + (c + d), (e + f) + (g + h));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract<S>(double* x, double* block, nint rows, nint stride, S negative)
        where S : unmanaged, ILanes<S, double>
    {
        for (nint i = 0; i < rows; i++, x += stride, block += stride)
            S.MultiplyAdd(negative, S.Broadcast(x[0]), S.Load(block)).Store(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract<S>(double* x, double* block, nint rows, nint stride, S first, S second)
        where S : unmanaged, ILanes<S, double>
    {
        for (nint i = 0; i < rows; i++, x += stride, block += stride)
            S.MultiplyAdd(second, S.Broadcast(x[1]), S.MultiplyAdd(first, S.Broadcast(x[0]), S.Load(block))).Store(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squares<S>(double* v, int rows, int stride, double* squares)
        where S : unmanaged, ILanes<S, double>
    {
        for (int block = 0; block < stride; block += Lanes)
        {
            S sum = default;
            double* row = v + block;
            for (int i = 0; i < rows; i++, row += stride)
            {
                S value = S.Load(row);
                sum = S.MultiplyAdd(value, value, sum);
            }
            sum.Store(squares + block);
        }
    }

    private static void Compact(Span<double> vectors, Span<double> diagonal, int stride)
    {
        int k = diagonal.Length, rows = vectors.Length / stride;
        double[] compact = new double[rows * k];
        for (int i = 0; i < rows; i++)
            vectors.Slice(i * stride, k).CopyTo(compact.AsSpan(i * k));
        GramSchmidt.Orthonormalize(compact, diagonal);
        for (int i = 0; i < rows; i++)
            compact.AsSpan(i * k, k).CopyTo(vectors.Slice(i * stride));
    }

    private readonly struct Attempt(double* v, int rows, int stride, double* diagonal, int k) : ILaneFunction<double, bool>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => Try<S>(v, rows, stride, diagonal, k);
    }
}
