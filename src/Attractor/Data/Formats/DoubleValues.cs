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
        Copy(values, numbers);
        return numbers;
    }

    /// <summary>Puts the values as float64 into <paramref name="numbers"/>, of which there are as many.</summary>
    /// <exception cref="ArgumentException">There are fewer, or more.</exception>
    /// <exception cref="OverflowException">A value is no float64.</exception>
    public static void Copy<T>(ReadOnlySpan<T> values, Span<double> numbers) where T : struct, INumberBase<T>
    {
        if (values.Length != numbers.Length)
            throw new ArgumentException($"{values.Length} values for {numbers.Length} places.", nameof(values));
        if (typeof(T) == typeof(double))
            MemoryMarshal.Cast<T, double>(values).CopyTo(numbers);
        else
            TensorPrimitives.ConvertChecked(values, numbers);
    }
}
