using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>The product of two dense matrices, float32 or float64, each as it is or transposed.</summary>
/// <remarks>
/// Every element of the result is summed over k in an order that depends on the shapes alone: the bits do not depend on the number of
/// threads, nor on who else computes. NaN and infinity come through as in the plain triple loop. Safe to call from several threads at once.
/// No memory is allocated once a thread has packed a product of that size.
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>
    /// C = op(A) op(B), or with <paramref name="accumulate"/> C += op(A) op(B), plus the bias in every row. All
    /// matrices are row-major and none overlaps C.
    /// </summary>
    /// <param name="m">Rows of op(A) and C.</param>
    /// <param name="n">Columns of op(B) and C.</param>
    /// <param name="k">Columns of op(A), rows of op(B); with 0 the product is 0.</param>
    /// <param name="a">A: m x k, or k x m if it is to be transposed.</param>
    /// <param name="lda">Values from one row of A to the next.</param>
    /// <param name="transposeA">Whether op(A) is A'.</param>
    /// <param name="b">B: k x n, or n x k if it is to be transposed.</param>
    /// <param name="ldb">Values from one row of B to the next.</param>
    /// <param name="transposeB">Whether op(B) is B'.</param>
    /// <param name="c">C: m x n. What lies between its rows is not touched.</param>
    /// <param name="ldc">Values from one row of C to the next.</param>
    /// <param name="accumulate">Whether to add to C; otherwise C is not read.</param>
    /// <param name="bias">n values, one for each column; or null.</param>
    /// <param name="threads">The most threads to use, or <see cref="ThreadTeam.AllProcessors"/>. Small
    /// products are computed on the caller's alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative, or a leading dimension is below the number of
    /// columns.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(
        int m, int n, int k, T* a, int lda, bool transposeA, T* b, int ldb, bool transposeB, T* c, int ldc, bool accumulate, T* bias = null,
        int threads = ThreadTeam.AllProcessors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(lda, transposeA ? m : k);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldb, transposeB ? k : n);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldc, n);
        if (m == 0 || n == 0)
            return;
        Debug.Assert(c is not null && ((a is not null && b is not null) || k == 0), "There is no memory behind a matrix.");
        Debug.Assert(c != a && c != b, "The product would overwrite what it is made of.");
        if (accumulate && bias is not null)
        {
            for (nint i = 0; i < m; i++)
                for (nint j = 0; j < n; j++)
                    c[(i * ldc) + j] += bias[j];
            bias = null;
        }
        Operand<T> left = transposeA ? new(a, 1, lda) : new(a, lda, 1), right = transposeB ? new(b, 1, ldb) : new(b, ldb, 1);
        ProductOperands<T> operands = new(m, n, k, left, right, bias, c, ldc, accumulate);
        WidestLanes.Invoke<T, Product<T>>(new(operands, threads));
    }

    /// <summary>The same on lanes of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<S, T>(in ProductOperands<T> o, int threads)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (o.M == 1)
            VectorMatrixProduct<S, T>.Multiply(o, 1, 1);
        else if (o.N == 1)
            VectorMatrixProduct<S, T>.Multiply(o.Transposed(), o.CStride, 0);
        else
            SharedProduct<S, T>.Multiply(o, threads);
    }

    private readonly struct Product<T>(in ProductOperands<T> operands, int threads) : ILaneAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ProductOperands<T> _operands = operands;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => Multiply<S, T>(_operands, threads);
    }
}
