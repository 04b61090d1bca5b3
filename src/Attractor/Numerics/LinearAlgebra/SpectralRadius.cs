using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Numerics;

/// <summary>The largest magnitude of an eigenvalue of a square matrix.</summary>
public static class SpectralRadius
{
    // Below this size all eigenvalues cost less than the iteration.
    internal const int Small = 48;

    private const int KrylovSize = 40, MostRounds = 12;

    private const double Tolerance = 1e-12;

    /// <summary>y = A x: n values in, n values out; the spans do not overlap.</summary>
    public delegate void LinearMap(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>
    /// Of a matrix that is only known by its products with vectors, without all of its eigenvalues: steps of the power iteration purify a
    /// start vector, Arnoldi's method on it (Saad, Numerical Methods for Large Eigenvalue Problems, 2011, ch. 6) then separates what they
    /// left, complex pairs included; both again until the residual of the dominant pair is below 1e-12 of it.
    /// </summary>
    /// <param name="product">y = A x.</param>
    /// <param name="n">Rows of A.</param>
    /// <param name="value">The spectral radius; 0 exactly for a nilpotent matrix.</param>
    /// <returns>False if it did not converge, as where many eigenvalues share the largest magnitude.</returns>
    /// <remarks>The start vector is always the same, so the result is too.</remarks>
    /// <exception cref="ArithmeticException">A product is not finite.</exception>
    public static bool TryEstimate(LinearMap product, int n, out double value)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        RandomStream random = new(0, "spectral radius");
        double[] x = new double[n], y = new double[n];
        for (int i = 0; i < n; i++)
            x[i] = random.NextNormal();
        value = 0;
        if (Normalize(x) == 0)
            return false;
        // A matrix that is nilpotent maps every vector to zero in at most n steps.
        int steps = 100;
        for (int round = 0; round < MostRounds; round++, steps = Math.Min(2 * steps, Math.Max(800, n)))
        {
            for (int step = 0; step < steps; step++)
            {
                product(x, y);
                (x, y) = (y, x);
                if (Normalize(x) == 0)
                {
                    value = 0;
                    return true;
                }
            }
            if (Arnoldi(product, x, out value))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Of a dense matrix, by <see cref="TryEstimate"/>; by all eigenvalues where it is small or the iteration does not converge.
    /// </summary>
    /// <param name="a">n x n, row-major.</param>
    /// <param name="n">Rows.</param>
    /// <exception cref="ArgumentException">A is not n x n.</exception>
    /// <exception cref="ArithmeticException">A value is not finite.</exception>
    public static double Of(double[] a, int n)
    {
        Require(a, n);
        if (n <= Small)
            return ByEigenvalues(a, n);
        return TryEstimateDense(a, n, out double value) ? value : ByEigenvalues(a, n);
    }

    /// <summary>Of a dense matrix, by all eigenvalues: O(n^3).</summary>
    /// <inheritdoc cref="Of"/>
    public static double ByEigenvalues(double[] a, int n)
    {
        Require(a, n);
        if (!TensorPrimitives.IsFiniteAll<double>(a))
            throw new ArithmeticException("The matrix holds values that are not finite.");
        return Matrix<double>.Build.DenseOfRowMajor(n, n, a).Evd(Symmetricity.Asymmetric).EigenValues.Max(e => e.Magnitude);
    }

    private static bool TryEstimateDense(double[] a, int n, out double value)
    {
        double[] padded = new double[(n + 7) / 8 * 8];
        using VectorProduct matrix = new(a, n, n);
        using PairedProduct? paired = PairedProduct.Pays(n, n) ? new(matrix) : null;
        LinearMap product = paired is null ? matrix.Multiply : paired.Multiply;
        return TryEstimate(Product, n, out value);

        void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            product(x, padded);
            padded.AsSpan(0, y.Length).CopyTo(y);
        }
    }

    // H = V' A V on the Krylov space of x. The eigenvector s of H with |s| = 1 has the residual |h_{m+1,m}| |s_m|.
    private static bool Arnoldi(LinearMap product, double[] start, out double value)
    {
        int n = start.Length, size = Math.Min(KrylovSize, n);
        double[][] basis = new double[size + 1][];
        Matrix<double> h = Matrix<double>.Build.Dense(size, size);
        basis[0] = (double[])start.Clone();
        double beyond = 0;
        int m = 0;
        while (m < size)
        {
            double[] w = new double[n];
            product(basis[m], w);
            double before = TensorPrimitives.Norm<double>(w);
            for (int pass = 0; pass < 2; pass++)
                for (int i = 0; i <= m; i++)
                {
                    double dot = TensorPrimitives.Dot<double>(basis[i], w);
                    VectorOperations.AddScaled(w, -dot, basis[i]);
                    h[i, m] += dot;
                }
            beyond = Normalize(w);
            m++;
            // The space is invariant: its eigenvalues are eigenvalues of A.
            if (beyond <= 1e-15 * before)
            {
                beyond = 0;
                break;
            }
            if (m < size)
                h[m, m - 1] = beyond;
            basis[m] = w;
        }
        var eigen = h.SubMatrix(0, m, 0, m).Evd(Symmetricity.Asymmetric);
        int best = 0;
        for (int i = 1; i < m; i++)
            if (eigen.EigenValues[i].Magnitude > eigen.EigenValues[best].Magnitude)
                best = i;
        value = eigen.EigenValues[best].Magnitude;
        return value > 0 && beyond * Last(eigen.EigenVectors, eigen.EigenValues[best], best) <= Tolerance * value;
    }

    // A complex pair has the real and the imaginary part of its vector in two consecutive columns.
    private static double Last(Matrix<double> vectors, Complex eigenvalue, int column)
    {
        int last = vectors.RowCount - 1;
        if (eigenvalue.Imaginary == 0)
            return Math.Abs(vectors[last, column]) / vectors.Column(column).L2Norm();
        int real = eigenvalue.Imaginary > 0 ? column : column - 1;
        double norm = Math.Sqrt(Math.Pow(vectors.Column(real).L2Norm(), 2) + Math.Pow(vectors.Column(real + 1).L2Norm(), 2));
        return double.Hypot(vectors[last, real], vectors[last, real + 1]) / norm;
    }

    private static double Normalize(Span<double> x)
    {
        double length = TensorPrimitives.Norm<double>(x);
        if (!double.IsFinite(length))
            throw new ArithmeticException("A product with the matrix is not finite.");
        if (length > 0)
            TensorPrimitives.Divide(x, length, x);
        return length;
    }

    private static void Require(double[] a, int n)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (n < 1 || a.Length != (long)n * n)
            throw new ArgumentException($"Expected {n} x {n} values, found {a.Length}.", nameof(a));
    }
}
