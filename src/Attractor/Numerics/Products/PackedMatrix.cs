using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// A matrix (rows x depth) stored as the product with a panel of lanes reads it: in row panels of as many rows as there are
/// accumulators, each panel column by column.
/// </summary>
internal sealed unsafe class PackedMatrix<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _values;

    public PackedMatrix(int rows, int depth, int accumulators)
    {
        (Rows, Depth) = (rows, depth);
        Panels = Math.Max(1, (rows + accumulators - 1) / accumulators);
        _values = new((long)rows * depth);
    }

    /// <summary>A row-major matrix, packed for the widest registers that this processor has.</summary>
    public static PackedMatrix<T> ForThisProcessor(ReadOnlySpan<T> values, int rows, int depth)
    {
        PackedMatrix<T> packed = new(rows, depth, WidestLanes.Accumulators<T>());
        fixed (T* source = values)
            packed.Pack(source, depth, 1);
        return packed;
    }

    public int Rows { get; }

    public int Depth { get; }

    public int Panels { get; }

    public T* Values => _values.Pointer;

    /// <summary>Rows are spread evenly over the panels: this many in panel p.</summary>
    public int Height(int panel) => (Rows / Panels) + (panel < Rows % Panels ? 1 : 0);

    /// <summary>Copies from a matrix whose element (i, j) is source[i * rowStride + j * columnStride].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(T* source, int rowStride, int columnStride)
    {
        T* target = Values;
        for (int panel = 0, row = 0; panel < Panels; panel++)
        {
            int height = Height(panel);
            for (int k = 0; k < Depth; k++)
            {
                T* column = source + ((nint)row * rowStride) + ((nint)k * columnStride);
                for (int i = 0; i < height; i++)
                    *target++ = column[(nint)i * rowStride];
            }
            row += height;
        }
    }

    /// <summary>y = A x by the product that suits the number of rows: y (rows x lanes), x (depth x lanes).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply<S>(T* x, T* y)
        where S : unmanaged, ILanes<S, T>
    {
        if (SplitPanelProduct<S, T>.Pays(Rows))
            SplitPanelProduct<S, T>.Multiply(this, x, y);
        else
            PanelProduct<S, T>.Multiply(this, x, y);
    }

    public void Dispose() => _values.Dispose();
}
