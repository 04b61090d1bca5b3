using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Lanes;

/// <summary>Sums over rows of any length, of whole numbers: every order of adding gives the same.</summary>
[Trait("Registers", "Any")]
public sealed unsafe class PartialLanesTests
{
    // Longer than four blocks of the most lanes, with a rest.
    private const int Longest = 150;

    [Fact]
    public void Rows_of_every_length_are_summed_on_512_bits() => Check<Lanes512<float>, float>();

    [Fact]
    public void Rows_of_every_length_are_summed_on_256_bits() => Check<Lanes256<double>, double>();

    [Fact]
    public void Rows_of_every_length_are_summed_on_128_bits() => Check<Lanes128<double>, double>();

    private static void Check<S, T>()
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* a = stackalloc T[Longest], b = stackalloc T[Longest], sum = stackalloc T[Longest];
        for (int n = 0; n < Longest; n++)
            (a[n], b[n]) = (T.CreateChecked(n + 1), T.CreateChecked((n % 7) - 3));
        for (int count = 0; count <= Longest; count++)
        {
            int[] first = [.. Enumerable.Range(1, count)], second = [.. Enumerable.Range(0, count).Select(n => (n % 7) - 3)];
            Assert.Equal(T.CreateChecked(first.Sum()), PartialLanes<S, T>.Sum(a, count));
            Assert.Equal(T.CreateChecked(first.Zip(second, (x, y) => x * y).Sum()), PartialLanes<S, T>.Dot(a, b, count));
            Assert.Equal(
                count == 0 ? T.NegativeInfinity : T.CreateChecked(second.Max()), PartialLanes<S, T>.Largest(b, count));
            new Span<T>(sum, Longest).Fill(T.One);
            PartialLanes<S, T>.Add(a, sum, count);
            PartialLanes<S, T>.AddScaled(T.CreateChecked(-2), b, sum, count);
            PartialLanes<S, T>.Add(S.Broadcast(T.CreateChecked(5)), sum, count);
            for (int n = 0; n < Longest; n++)
                Assert.Equal(T.CreateChecked(n < count ? 6 + n + 1 - (2 * ((n % 7) - 3)) : 1), sum[n]);
        }
    }

    [Fact]
    public void The_rows_of_a_matrix_are_added_column_by_column()
    {
        const int Rows = 3, Columns = 21;
        double* matrix = stackalloc double[Rows * Columns], target = stackalloc double[Columns];
        for (int n = 0; n < Rows * Columns; n++)
            matrix[n] = n;
        for (int j = 0; j < Columns; j++)
            target[j] = 1000 * j;
        PartialLanes<Lanes256<double>, double>.AddRows(matrix, Rows, Columns, target);
        for (int j = 0; j < Columns; j++)
            Assert.Equal((1000 * j) + (3 * j) + (Columns * 3), target[j]);
    }
}
