using System.Diagnostics;
using System.Numerics;

namespace Attractor.Models;

/// <summary>Rows of a row-major matrix as the lanes of a panel (columns x lanes), and back.</summary>
internal static unsafe class RowPanel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = RecurrentKernel<T>.Lanes;

    /// <summary>How many panels hold so many rows.</summary>
    public static int Count(int rows) => (rows + s_lanes - 1) / s_lanes;

    /// <summary>How many lanes of a panel the rows fill.</summary>
    public static int Filled(int rows, int panel) => Math.Min(s_lanes, rows - (panel * s_lanes));

    /// <summary>The first <paramref name="rows"/> lanes from the rows; the other lanes get 0.</summary>
    public static void Load(T* matrix, int rows, int columns, T* panel)
    {
        Check(matrix, rows, columns, panel);
        for (nint j = 0; j < columns; j++)
            for (nint lane = 0; lane < s_lanes; lane++)
                panel[(j * s_lanes) + lane] = lane < rows ? matrix[(lane * columns) + j] : T.Zero;
    }

    /// <summary>Adds the rows to the first <paramref name="rows"/> lanes.</summary>
    public static void LoadAdding(T* matrix, int rows, int columns, T* panel)
    {
        Check(matrix, rows, columns, panel);
        for (nint j = 0; j < columns; j++)
            for (nint lane = 0; lane < rows; lane++)
                panel[(j * s_lanes) + lane] += matrix[(lane * columns) + j];
    }

    /// <summary>The first <paramref name="rows"/> lanes to the rows.</summary>
    public static void Store(T* panel, T* matrix, int rows, int columns)
    {
        Check(matrix, rows, columns, panel);
        for (nint lane = 0; lane < rows; lane++)
            for (nint j = 0; j < columns; j++)
                matrix[(lane * columns) + j] = panel[(j * s_lanes) + lane];
    }

    /// <summary>Adds the first <paramref name="rows"/> lanes to the rows.</summary>
    public static void StoreAdding(T* panel, T* matrix, int rows, int columns)
    {
        Check(matrix, rows, columns, panel);
        for (nint lane = 0; lane < rows; lane++)
            for (nint j = 0; j < columns; j++)
                matrix[(lane * columns) + j] += panel[(j * s_lanes) + lane];
    }

    [Conditional("DEBUG")]
    private static void Check(T* matrix, int rows, int columns, T* panel)
    {
        Debug.Assert(rows >= 0 && rows <= s_lanes, "A panel has as many lanes as a block, no more rows.");
        Debug.Assert(columns >= 0, "A matrix has no negative number of columns.");
        Debug.Assert((matrix is not null && panel is not null) || rows * columns == 0, "There is no memory behind the rows or the panel.");
    }
}
