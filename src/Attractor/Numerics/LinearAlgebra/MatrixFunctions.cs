using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Attractor.Numerics;

/// <summary>The logarithm and the exponential of small matrices.</summary>
internal static class MatrixFunctions
{
    // Of a defective matrix and of one without an inverse: the logarithm is taken of one that is so near.
    private const double Nearby = 1e-10;

    /// <summary>The principal logarithm, by eigenvectors; complex where an eigenvalue is negative.</summary>
    /// <param name="values">A square matrix, row-major.</param>
    /// <param name="size">Its rows.</param>
    public static Matrix<Complex> Logarithm(double[] values, int size)
    {
        Matrix<Complex> matrix = Matrix<double>.Build.DenseOfRowMajor(size, size, values).ToComplex();
        double scale = Math.Max(matrix.FrobeniusNorm(), double.Epsilon / Nearby);
        Matrix<Complex>? logarithm = ByEigenvectors(matrix, scale);
        if (logarithm is not null)
            return logarithm;
        for (int i = 0; i < size; i++)
            matrix[i, i] += Nearby * scale * (i + 1);
        return ByEigenvectors(matrix, scale) ?? Matrix<Complex>.Build.Dense(size, size, Complex.NaN);
    }

    /// <summary>The exponential, by its series after halving.</summary>
    public static Matrix<Complex> Exponential(Matrix<Complex> matrix)
    {
        const int terms = 24, mostHalvings = 1000;
        Matrix<Complex> identity = Matrix<Complex>.Build.DenseIdentity(matrix.RowCount);
        double norm = matrix.InfinityNorm();
        if (!double.IsFinite(norm))
            return identity * double.NaN;
        int halvings = Math.Clamp((int)Math.Ceiling(Math.Log2(Math.Max(norm, double.Epsilon))) + 1, 0, mostHalvings);
        Matrix<Complex> scaled = matrix * Math.Pow(0.5, halvings), sum = identity, term = identity;
        for (int i = 1; i <= terms; i++)
        {
            term = term * scaled / i;
            sum += term;
        }
        for (int i = 0; i < halvings; i++)
            sum *= sum;
        return sum;
    }

    // Null where the eigenvectors do not make the matrix up again.
    private static Matrix<Complex>? ByEigenvectors(Matrix<Complex> matrix, double scale)
    {
        if (!double.IsFinite(scale))
            return null;
        Evd<Complex> eigen = matrix.Evd();
        Matrix<Complex> inverse = eigen.EigenVectors.Inverse();
        Matrix<Complex> Made(Func<Complex, Complex> f)
            => eigen.EigenVectors * Matrix<Complex>.Build.DenseOfDiagonalVector(eigen.EigenValues.Map(f)) * inverse;
        double off = (Made(l => l) - matrix).FrobeniusNorm();
        bool exact = off <= 1e-8 * scale && eigen.EigenValues.All(l => l.Magnitude > 1e-14 * scale);
        return exact ? Made(Complex.Log) : null;
    }
}
