using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>Rows of a row-major matrix as the lanes of a panel (columns x lanes), and back.</summary>
internal static unsafe class RowPanel<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Lanes of a panel.</summary>
    public static readonly int Lanes = sizeof(S) / sizeof(T);

    /// <summary>How many panels hold so many rows.</summary>
    public static int Count(int rows) => (rows + Lanes - 1) / Lanes;

    /// <summary>The first <paramref name="rows"/> lanes from the rows; the other lanes get 0.</summary>
    public static void Load(T* matrix, int rows, int columns, T* panel)
    {
        for (nint j = 0; j < columns; j++)
            for (nint lane = 0; lane < Lanes; lane++)
                panel[(j * Lanes) + lane] = lane < rows ? matrix[(lane * columns) + j] : T.Zero;
    }

    /// <summary>Adds the rows to the first <paramref name="rows"/> lanes.</summary>
    public static void LoadAdding(T* matrix, int rows, int columns, T* panel)
    {
        for (nint j = 0; j < columns; j++)
            for (nint lane = 0; lane < rows; lane++)
                panel[(j * Lanes) + lane] += matrix[(lane * columns) + j];
    }

    /// <summary>The first <paramref name="rows"/> lanes to the rows.</summary>
    public static void Store(T* panel, T* matrix, int rows, int columns)
    {
        for (nint lane = 0; lane < rows; lane++)
            for (nint j = 0; j < columns; j++)
                matrix[(lane * columns) + j] = panel[(j * Lanes) + lane];
    }

    /// <summary>Adds the first <paramref name="rows"/> lanes to the rows.</summary>
    public static void StoreAdding(T* panel, T* matrix, int rows, int columns)
    {
        for (nint lane = 0; lane < rows; lane++)
            for (nint j = 0; j < columns; j++)
                matrix[(lane * columns) + j] += panel[(j * Lanes) + lane];
    }
}
