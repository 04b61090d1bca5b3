using System.Numerics.Tensors;

namespace Attractor;

/// <content>To and from the ways others hold a matrix.</content>
public sealed partial class TimeSeries
{
    /// <summary>A series from a copy of T * N values, row-major.</summary>
    /// <exception cref="ArgumentException">The values are not a whole number of rows, or the names are not N.</exception>
    public static TimeSeries FromSpan(ReadOnlySpan<double> values, int dimension, double dt = 1, IReadOnlyList<string>? names = null)
        => new(values.ToArray(), dimension, dt, names);

    /// <summary>A series from a copy of a T x N matrix.</summary>
    /// <exception cref="ArgumentException">The matrix has no columns, or the names are not N.</exception>
    public static TimeSeries FromMatrix(double[,] values, double dt = 1, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] copy = new double[values.Length];
        Buffer.BlockCopy(values, 0, copy, 0, Buffer.ByteLength(values));
        return new(copy, values.GetLength(1), dt, names);
    }

    /// <summary>A series from a copy of a tensor of shape (T, N), or (T) for one variable; strided views are welcome.</summary>
    /// <exception cref="ArgumentException">The tensor has another rank or no columns, or the names are not N.</exception>
    public static TimeSeries FromTensor(Tensor<double> values, double dt = 1, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Rank is not (1 or 2))
            throw new ArgumentException(
                $"Expected a tensor of shape (T, N) or (T), found ({string.Join(", ", values.Lengths.ToArray())}).", nameof(values));
        double[] copy = new double[checked((int)values.FlattenedLength)];
        values.FlattenTo(copy);
        return new(copy, values.Rank == 1 ? 1 : checked((int)values.Lengths[1]), dt, names);
    }

    /// <summary>A copy as a T x N matrix.</summary>
    public double[,] ToMatrix()
    {
        double[,] matrix = new double[Length, Dimension];
        Buffer.BlockCopy(_values, 0, matrix, 0, Buffer.ByteLength(matrix));
        return matrix;
    }

    /// <summary>A copy as a tensor of shape (T, N).</summary>
    public Tensor<double> ToTensor() => Tensor.Create((double[])_values.Clone(), [Length, Dimension]);
}
