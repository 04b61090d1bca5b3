using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Attractor.Data;

/// <summary>Numbers of any type as a column of ours.</summary>
internal static class DoubleValues
{
    /// <summary>A copy of the values as float64.</summary>
    /// <exception cref="OverflowException">One is none.</exception>
    public static double[] Of<T>(ReadOnlySpan<T> values) where T : struct, INumberBase<T>
    {
        double[] numbers = new double[values.Length];
        if (typeof(T) == typeof(double))
            MemoryMarshal.Cast<T, double>(values).CopyTo(numbers);
        else
            TensorPrimitives.ConvertChecked(values, numbers.AsSpan());
        return numbers;
    }
}
