using System.Numerics.Tensors;

namespace Attractor.Numerics;

/// <summary>
/// The largest singular value of small square matrices, by power iteration on J'J with the Rayleigh quotient, each begun where the one
/// before it ended.
/// </summary>
/// <remarks>For many matrices that are alike; one thread at a time. Relative error about 1e-12.</remarks>
/// <param name="size">Rows and columns.</param>
internal sealed class SpectralNorm(int size)
{
    private const int MostIterations = 2000;
    private const double Tolerance = 1e-14;

    private readonly double[] _start = Start(size), _image = new double[size], _next = new double[size];
    private double[] _vector = Start(size);

    /// <summary>||J||; not a number where J is not finite.</summary>
    /// <param name="matrix">J, row-major.</param>
    public double Of(ReadOnlySpan<double> matrix)
    {
        // A little of everything, so that no direction is out of reach.
        TensorPrimitives.MultiplyAdd(_start, 0.1, _vector, _vector);
        double before = 0, square = 0;
        for (int i = 0; i < MostIterations; i++)
        {
            TensorPrimitives.Divide(_vector, TensorPrimitives.Norm<double>(_vector), _vector);
            Array.Clear(_next);
            for (int row = 0; row < size; row++)
            {
                ReadOnlySpan<double> values = matrix.Slice(row * size, size);
                _image[row] = TensorPrimitives.Dot(values, _vector);
                TensorPrimitives.MultiplyAdd(values, _image[row], _next, _next);
            }
            square = TensorPrimitives.SumOfSquares<double>(_image);
            if (!(square > 0) || !double.IsFinite(square) || Math.Abs(square - before) <= Tolerance * square)
                break;
            before = square;
            _next.CopyTo(_vector, 0);
        }
        if (!double.IsFinite(square))
            _vector = Start(size);
        return square > 0 || double.IsNaN(square) ? Math.Sqrt(square) : 0;
    }

    private static double[] Start(int size) => [.. Enumerable.Range(0, size).Select(i => Math.Cos(i + 1.0) + 0.1)];
}
