namespace Attractor.Differentiation;

public static partial class Gradient
{
    /// <summary>The value and the gradient of a number computed from a matrix.</summary>
    /// <param name="function">Computes a 1 x 1 matrix from x on the tape.</param>
    /// <param name="shape">Rows and columns of x.</param>
    /// <param name="at">x, row by row.</param>
    /// <exception cref="ArgumentException">The function gives no single number, or x does not have rows x columns values.</exception>
    public static (double Value, double[] Gradient) Of(
        Func<Tape<double>, Variable<double>, Variable<double>> function, Shape shape, ReadOnlySpan<double> at)
    {
        ArgumentNullException.ThrowIfNull(function);
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(shape, at), y = function(tape, x);
        tape.Backward(y);
        return (y.Scalar, x.Gradient.ToArray());
    }

    /// <summary>Checks the gradient of a number computed from a matrix on a tape against central differences.</summary>
    /// <param name="function">Computes a 1 x 1 matrix from x on the tape.</param>
    /// <param name="shape">Rows and columns of x.</param>
    /// <param name="at">x, row by row.</param>
    /// <param name="step">The step of the differences, relative to max(1, |x_i|).</param>
    public static GradientCheck Check(
        Func<Tape<double>, Variable<double>, Variable<double>> function, Shape shape, ReadOnlySpan<double> at, double step = 6e-6)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Check(x => Of(function, shape, x), at, step);
    }

    /// <summary>Jv, J the Jacobian at x of a matrix computed from a matrix: forward mode, exact.</summary>
    /// <param name="function">Computes a matrix from x on the tape.</param>
    /// <param name="shape">Rows and columns of x.</param>
    /// <param name="at">x, row by row.</param>
    /// <param name="vector">v, as many values as x.</param>
    public static double[] JacobianVectorProduct(
        Func<Tape<double>, Variable<double>, Variable<double>> function, Shape shape, ReadOnlySpan<double> at, ReadOnlySpan<double> vector)
    {
        ArgumentNullException.ThrowIfNull(function);
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(shape, at), y = function(tape, x);
        return tape.JacobianVectorProduct(y, x, vector).ToArray();
    }

    /// <summary>u'J, J the Jacobian at x of a matrix computed from a matrix: reverse mode, exact.</summary>
    /// <param name="function">Computes a matrix from x on the tape.</param>
    /// <param name="shape">Rows and columns of x.</param>
    /// <param name="at">x, row by row.</param>
    /// <param name="cotangent">u, as many values as the result.</param>
    public static double[] VectorJacobianProduct(
        Func<Tape<double>, Variable<double>, Variable<double>> function,
        Shape shape,
        ReadOnlySpan<double> at,
        ReadOnlySpan<double> cotangent)
    {
        ArgumentNullException.ThrowIfNull(function);
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(shape, at), y = function(tape, x);
        return tape.VectorJacobianProduct(y, x, cotangent).ToArray();
    }

    /// <summary>Hv, H the Hessian at x of a number computed from a matrix.</summary>
    /// <param name="function">Computes a 1 x 1 matrix from x on the tape.</param>
    /// <param name="shape">Rows and columns of x.</param>
    /// <param name="at">x, row by row.</param>
    /// <param name="vector">v, as many values as x.</param>
    /// <remarks>
    /// Central differences of fourth order of the exact gradient along v: right to about ten digits where the function is smooth.
    /// </remarks>
    public static double[] HessianVectorProduct(
        Func<Tape<double>, Variable<double>, Variable<double>> function, Shape shape, ReadOnlySpan<double> at, ReadOnlySpan<double> vector)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (vector.Length != at.Length)
            throw new ArgumentException($"The point has {at.Length} values, the vector {vector.Length}.", nameof(vector));
        double size = 1, length = 0;
        for (int i = 0; i < at.Length; i++)
            (size, length) = (Math.Max(size, Math.Abs(at[i])), Math.Max(length, Math.Abs(vector[i])));
        double[] product = new double[at.Length], point = new double[at.Length];
        if (length == 0)
            return product;
        // The fifth root of the unit roundoff balances truncation against rounding.
        double h = 1e-3 * size / length;
        foreach ((double shift, double weight)
            in (ReadOnlySpan<(double, double)>)[(-2, 1.0 / 12), (-1, -2.0 / 3), (1, 2.0 / 3), (2, -1.0 / 12)])
        {
            for (int i = 0; i < point.Length; i++)
                point[i] = at[i] + (shift * h * vector[i]);
            double[] gradient = Of(function, shape, point).Gradient;
            for (int i = 0; i < product.Length; i++)
                product[i] += weight / h * gradient[i];
        }
        return product;
    }
}
