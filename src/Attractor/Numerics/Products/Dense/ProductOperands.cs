namespace Attractor.Numerics;

/// <summary>C (M x N) = A (M x K) B (K x N), plus a bias for each column or plus C itself.</summary>
internal readonly unsafe struct ProductOperands<T>(
    int m, int n, int k, Operand<T> a, Operand<T> b, T* bias, T* c, nint cStride, bool accumulate)
    where T : unmanaged
{
    public readonly int M = m, N = n, K = k;
    public readonly Operand<T> A = a, B = b;
    public readonly T* Bias = bias, C = c;
    public readonly nint CStride = cStride;
    public readonly bool Accumulate = accumulate;

    /// <summary>The product for some rows of C.</summary>
    public ProductOperands<T> Rows(int first, int count)
        => new(count, N, K, A.From(first, 0), B, Bias, C + (first * CStride), CStride, Accumulate);

    /// <summary>The product for some columns of C.</summary>
    public ProductOperands<T> Columns(int first, int count)
        => new(M, count, K, A, B.From(0, first), Bias is null ? null : Bias + first, C + first, CStride, Accumulate);

    /// <summary>
    /// The product of the transposed factors in the other order, which is C'; that the strides of C and the bias are transposed too, the
    /// caller keeps in mind.
    /// </summary>
    public ProductOperands<T> Transposed() => new(N, M, K, B.Transposed, A.Transposed, Bias, C, CStride, Accumulate);
}
