using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// A matrix (rows x depth) stored as the product with a panel of lanes reads it: in row panels of as many rows as there are
/// accumulators, each panel column by column.
/// </summary>
public sealed unsafe class PackedMatrix<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _values;

    /// <summary>Room for a matrix, all 0.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="depth">Columns.</param>
    /// <param name="accumulators"><see cref="ILanes{TSelf, T}.Accumulators"/> of the lanes that it is multiplied with.</param>
    public PackedMatrix(int rows, int depth, int accumulators)
    {
        (Rows, Depth) = (rows, depth);
        Panels = Math.Max(1, (rows + accumulators - 1) / accumulators);
        _values = new((long)rows * depth);
    }

    /// <summary>A row-major matrix, packed for the widest registers that this processor has.</summary>
    internal static PackedMatrix<T> ForThisProcessor(ReadOnlySpan<T> values, int rows, int depth)
    {
        PackedMatrix<T> packed = new(rows, depth, WidestLanes.Accumulators<T>());
        fixed (T* source = values)
            packed.Pack(source, depth, 1);
        return packed;
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Depth { get; }

    internal int Panels { get; }

    internal T* Values => _values.Pointer;

    /// <summary>Rows are spread evenly over the panels: this many in panel p.</summary>
    internal int Height(int panel) => (Rows / Panels) + (panel < Rows % Panels ? 1 : 0);

    /// <summary>Copies from a matrix whose element (i, j) is source[i * rowStride + j * columnStride].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(T* source, int rowStride, int columnStride)
    {
        Debug.Assert(source is not null, "There is no matrix to pack.");
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

    /// <summary>
    /// y = A x by the product that suits the number of rows; the order of a sum depends on the sizes and the lanes alone.
    /// </summary>
    /// <param name="x">Depth x lanes.</param>
    /// <param name="y">Rows x lanes, overwritten; not x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply<S>(T* x, T* y)
        where S : unmanaged, ILanes<S, T>
    {
        Debug.Assert(x is not null && y is not null && x != y, "A product needs a panel to read and another to write.");
        Debug.Assert(Rows <= (long)Panels * S.Accumulators, "The matrix was packed for lanes with more accumulators.");
        if (SplitPanelProduct<S, T>.Pays(Rows))
            SplitPanelProduct<S, T>.Multiply(this, x, y);
        else
            PanelProduct<S, T>.Multiply(this, x, y);
    }

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();
}
