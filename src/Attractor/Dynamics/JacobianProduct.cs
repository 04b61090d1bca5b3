using System.Numerics.Tensors;
using Attractor.Numerics;
using Attractor.Systems;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Dynamics;

/// <summary>
/// The product of Jacobians J_T ... J_2 J_1 along an orbit, multiplied out as the definition of the largest Lyapunov exponent has it:
/// l = lim 1/T ln || J_T ... J_1 ||_2. On a chaotic orbit it overflows after some 709 / l steps; where the map contracts it underflows
/// after as many.
/// </summary>
/// <remarks>To show why it is not done so: <see cref="Lyapunov"/> computes exponents.</remarks>
public static class JacobianProduct
{
    private const int Iterations = 60;

    // Below the smallest number of full precision digits are lost one by one, until nothing is left.
    private const double Tolerance = 1e-14, LeastNormal = 2.2250738585072014e-308;

    /// <summary>The spectral norms of the first 1, 2, ..., T factors, up to the overflow or underflow.</summary>
    /// <param name="map">Any map.</param>
    /// <param name="from">D values.</param>
    /// <param name="steps">T, the most factors to multiply.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The state is not of D values, or the number of steps not positive.</exception>
    public static JacobianProductNorms Norms(IMap map, ReadOnlySpan<double> from, int steps, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        int d = map.Dimension;
        if (from.Length != d)
            throw new ArgumentException($"Expected a state of {d} values, found {from.Length}.", nameof(from));
        double[] state = from.ToArray(), product = new double[d * d], next = new double[d * d], direction = new double[d];
        for (int i = 0; i < d; i++)
            (product[i * (d + 1)], direction[i]) = (1, 1);
        List<double> norms = [];
        for (int step = 1; step <= steps; step++)
        {
            map.StepTangent(state, state, product, next);
            (product, next) = (next, product);
            if (Math.Abs(TensorPrimitives.MaxMagnitude<double>(product)) < LeastNormal)
                return new([.. norms], null) { Underflow = step };
            double norm = TensorPrimitives.IsFiniteAll<double>(product) ? Norm(product, d, direction) : double.PositiveInfinity;
            if (!double.IsFinite(norm))
                return new([.. norms], step);
            norms.Add(norm);
            if (step % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
        return new([.. norms], null);
    }

    /// <summary>
    /// The largest singular value: by iteration from the direction of the last, which the products share; else by decomposition.
    /// </summary>
    private static double Norm(double[] matrix, int d, double[] direction)
    {
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(matrix));
        if (largest == 0)
            return 0;
        double[] image = new double[d], back = new double[d];
        double last = 0;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double length = TensorPrimitives.Norm<double>(direction);
            Array.Clear(back);
            for (int i = 0; i < d; i++)
            {
                ReadOnlySpan<double> row = matrix.AsSpan(i * d, d);
                image[i] = TensorPrimitives.Dot(row, direction) / (largest * length);
                VectorOperations.AddScaled(back, image[i] / largest, row);
            }
            back.CopyTo(direction, 0);
            double norm = Math.Sqrt(TensorPrimitives.Norm<double>(back));
            if (Math.Abs(norm - last) <= Tolerance * norm)
                return largest * norm;
            last = norm;
        }
        // Two nearly equal singular values: the largest by a decomposition, in units in which squares stay finite.
        try
        {
            return largest * Matrix<double>.Build.DenseOfRowMajor(d, d, matrix.Select(value => value / largest)).L2Norm();
        }
        catch (NonConvergenceException)
        {
            return largest * last;
        }
    }
}
