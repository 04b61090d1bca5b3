using System.Runtime.InteropServices;

namespace Attractor.Native;

/// <summary>Rows x columns of float64, row by row: <c>struct { double *values; int64_t rows; int64_t columns; }</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeArray
{
    /// <summary>rows x columns values; of an output allocated here, to be freed by <c>attractor_free</c>.</summary>
    public double* Values;

    /// <summary>Rows.</summary>
    public long Rows;

    /// <summary>Values of a row.</summary>
    public long Columns;
}
