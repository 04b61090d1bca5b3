using System.Numerics.Tensors;
using Attractor.Systems;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Dynamics;

/// <summary>z' = A z + b.</summary>
/// <param name="Matrix">A: D x D, row-major.</param>
/// <param name="Offset">b.</param>
internal sealed record AffinePart(double[] Matrix, double[] Offset)
{
    // Beyond this condition number the inverse has no digits to speak of.
    private const double Singular = 1e12;

    public static AffinePart Of(IPiecewiseLinearMap map, ReadOnlySpan<ulong> region)
    {
        double[] matrix = new double[map.Dimension * map.Dimension], offset = new double[map.Dimension];
        map.AffineMap(region, matrix, offset);
        return new(matrix, offset);
    }

    public double[] Image(IReadOnlyList<double> point)
    {
        double[] z = [.. point], image = new double[Offset.Length];
        for (int i = 0; i < image.Length; i++)
            image[i] = Offset[i] + TensorPrimitives.Dot(Matrix.AsSpan(i * image.Length, image.Length), z);
        return image;
    }

    /// <summary>A^-1 z - A^-1 b, or null.</summary>
    public AffinePart? Inverse()
    {
        int d = Offset.Length;
        Matrix<double> matrix = Matrix<double>.Build.DenseOfRowMajor(d, d, Matrix);
        if (!(matrix.ConditionNumber() < Singular))
            return null;
        Matrix<double> inverse = matrix.Inverse();
        return new(
            inverse.ToRowMajorArray(),
            (-(inverse * Vector<double>.Build.Dense(Offset))).ToArray());
    }
}
