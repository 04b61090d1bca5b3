using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Products;

/// <summary>The four products against scalar loops, at every height of tile and at every width.</summary>
[Trait("Registers", "Any")]
public sealed unsafe class PanelProductTests
{
    public static TheoryData<int, int> Shapes()
    {
        TheoryData<int, int> shapes = [];
        for (int rows = 1; rows <= 26; rows++)
            shapes.Add(rows, 1 + (rows * 7 % 23));
        foreach ((int rows, int depth) in new[] { (3, 100), (100, 3), (33, 70), (70, 33), (49, 1), (1, 49) })
            shapes.Add(rows, depth);
        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Products_agree_with_scalar_loops(int rows, int depth)
    {
        Check<Lanes512<float>, float>(rows, depth, 1e-5);
        Check<Lanes256<float>, float>(rows, depth, 1e-5);
        Check<Lanes128<float>, float>(rows, depth, 1e-5);
        Check<Lanes512<double>, double>(rows, depth, 1e-14);
        Check<Lanes256<double>, double>(rows, depth, 1e-14);
        Check<Lanes128<double>, double>(rows, depth, 1e-14);
    }

    private static void Check<S, T>(int rows, int depth, double tolerance)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = sizeof(S) / sizeof(T);
        using AlignedBuffer<T> a = Random<T>(rows * depth, 1), x = Random<T>(depth * lanes, 2),
            y = new((rows * lanes) + lanes), z = new((rows * lanes) + lanes);
        // What lies behind the result must survive, and what lies behind the operands must not be read into it.
        y.Span[(rows * lanes)..].Fill(T.NaN);
        z.Span[(rows * lanes)..].Fill(T.NaN);
        using PackedMatrix<T> packed = new(rows, depth, S.Accumulators), transposed = new(rows, depth, S.Accumulators);
        using AlignedBuffer<T> at = new(rows * depth);
        for (int i = 0; i < rows; i++)
            for (int k = 0; k < depth; k++)
                at.Pointer[(k * rows) + i] = a.Pointer[(i * depth) + k];
        packed.Pack(a.Pointer, depth, 1);
        transposed.Pack(at.Pointer, 1, rows);

        PanelProduct<S, T>.Multiply(packed, x.Pointer, y.Pointer);
        PanelProduct<S, T>.Multiply(transposed, x.Pointer, z.Pointer);
        Assert.True(y.Span[..(rows * lanes)].SequenceEqual(z.Span[..(rows * lanes)]));
        Compare(rows, depth, lanes, a, x, y, tolerance);
        if (SplitPanelProduct<S, T>.Pays(rows))
        {
            y.Span[..(rows * lanes)].Clear();
            SplitPanelProduct<S, T>.Multiply(packed, x.Pointer, y.Pointer);
            Compare(rows, depth, lanes, a, x, y, tolerance);
        }
        // All columns in the other order, each doubled; then none.
        nint* selected = stackalloc nint[depth];
        T* factors = stackalloc T[depth];
        for (int k = 0; k < depth; k++)
            (selected[k], factors[k]) = (depth - 1 - k, T.CreateChecked(2));
        SelectedPanelProduct<S, T>.Multiply(packed, x.Pointer, y.Pointer, lanes, selected, factors, depth);
        for (int i = 0; i < rows * lanes; i++)
            y.Pointer[i] /= T.CreateChecked(2);
        Compare(rows, depth, lanes, a, x, y, tolerance);
        SelectedPanelProduct<S, T>.Multiply(packed, x.Pointer, y.Pointer, lanes, selected, factors, 0);
        Assert.All(y.Span[..(rows * lanes)].ToArray(), v => Assert.Equal(T.Zero, v));
        Assert.All(y.Span[(rows * lanes)..].ToArray(), v => Assert.True(T.IsNaN(v)));

        CheckLaneProduct<S, T>(rows, depth, lanes, tolerance);
        CheckOuterProduct<S, T>(rows, depth, lanes, tolerance);
    }

    private static void CheckOuterProduct<S, T>(int rows, int columns, int lanes, double tolerance)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Steps = 3;
        int xStride = (rows + 2) * lanes, yStride = (columns + 1) * lanes, padded = (columns + lanes - 1) / lanes * lanes;
        using AlignedBuffer<T> x = Random<T>(Steps * xStride, 3),
            y = Random<T>(Steps * yStride, 4), c = new(rows * padded), transposed = new(Steps * lanes * padded);

        OuterProduct<S, T>.Transpose(y.Pointer, yStride, columns, Steps, transposed.Pointer, padded);
        OuterProduct<S, T>.Accumulate(c.Pointer, rows, x.Pointer, xStride, transposed.Pointer, padded, Steps);
        OuterProduct<S, T>.Accumulate(c.Pointer, rows, x.Pointer, xStride, transposed.Pointer, padded, Steps);

        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                double sum = 0;
                for (int t = 0; t < Steps; t++)
                    for (int lane = 0; lane < lanes; lane++)
                        sum += 2 * double.CreateTruncating(x.Pointer[(t * xStride) + (i * lanes) + lane]) * double.CreateTruncating(
                            y.Pointer[(t * yStride) + (j * lanes) + lane]);
                Assert.Equal(sum, double.CreateTruncating(c.Pointer[(i * padded) + j]), 100 * tolerance);
            }
    }

    private static void CheckLaneProduct<S, T>(int rows, int columns, int lanes, double tolerance)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Steps = 3;
        int xStride = (rows + 2) * lanes, yStride = (columns + 1) * lanes;
        using AlignedBuffer<T> x = Random<T>(Steps * xStride, 3), y = Random<T>(Steps * yStride, 4),
            c = Random<T>(rows * columns * lanes, 5), before = Random<T>(rows * columns * lanes, 5);

        LaneProduct<S, T>.Accumulate(c.Pointer, rows, columns, x.Pointer, xStride, y.Pointer, yStride, Steps);

        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                for (int lane = 0; lane < lanes; lane++)
                {
                    int at = (((i * columns) + j) * lanes) + lane;
                    double sum = double.CreateTruncating(before.Pointer[at]);
                    for (int t = 0; t < Steps; t++)
                        sum += double.CreateTruncating(x.Pointer[(t * xStride) + (i * lanes) + lane]) * double.CreateTruncating(
                            y.Pointer[(t * yStride) + (j * lanes) + lane]);
                    Assert.Equal(sum, double.CreateTruncating(c.Pointer[at]), 10 * tolerance);
                }
    }

    private static void Compare<T>(
        int rows, int depth, int lanes, AlignedBuffer<T> a, AlignedBuffer<T> x, AlignedBuffer<T> y, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows; i++)
            for (int lane = 0; lane < lanes; lane++)
            {
                double sum = 0;
                for (int k = 0; k < depth; k++)
                    sum += double.CreateTruncating(a.Pointer[(i * depth) + k]) * double.CreateTruncating(x.Pointer[(k * lanes) + lane]);
                Assert.Equal(sum, double.CreateTruncating(y.Pointer[(i * lanes) + lane]), tolerance * 10 * Math.Sqrt(depth));
            }
    }

    private static AlignedBuffer<T> Random<T>(int length, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        AlignedBuffer<T> buffer = new(length);
        RandomStream random = new(seed, "panel");
        foreach (ref T value in buffer.Span)
            value = T.CreateTruncating(random.NextNormal());
        return buffer;
    }
}
