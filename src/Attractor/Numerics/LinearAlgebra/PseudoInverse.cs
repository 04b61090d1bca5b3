using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Attractor.Numerics;

/// <summary>The Moore-Penrose inverse P of a matrix B (N x R), and the way back from a gradient with respect to it.</summary>
/// <remarks>
/// Of full rank by the normal equations of the smaller side, which cost little beside what is learnt with them; else by singular values.
/// </remarks>
internal sealed class PseudoInverse
{
    // Of the squared diagonal of a Cholesky factor: below it the normal equations have lost half of the digits.
    private const double LeastPivot = 1e-10;

    private readonly Matrix<double> _b, _p;

    /// <param name="b">B, row-major.</param>
    /// <param name="rows">N.</param>
    /// <param name="columns">R.</param>
    public PseudoInverse(ReadOnlySpan<double> b, int rows, int columns)
    {
        _b = Matrix<double>.Build.DenseOfRowMajor(rows, columns, b.ToArray());
        _p = ByNormalEquations(_b) ?? _b.PseudoInverse();
    }

    /// <summary>P: R x N, row-major.</summary>
    public double[] Values => _p.Transpose().ToColumnMajorArray();

    /// <summary>dL/dB (N x R, row-major) of G = dL/dP (R x N, row-major), the rank of B staying as it is.</summary>
    /// <remarks>
    /// -P' G P' + (I - B P) G' P P' + P' P G' (I - P B), after Golub and Pereyra, "The differentiation of pseudo-inverses and nonlinear
    /// least squares problems whose variables separate", SIAM Journal on Numerical Analysis 10, 1973.
    /// </remarks>
    public double[] Backward(ReadOnlySpan<double> gradient)
    {
        Matrix<double> g = Matrix<double>.Build.DenseOfRowMajor(_p.RowCount, _p.ColumnCount, gradient.ToArray());
        Matrix<double> transposed = _p.Transpose(), result = -(transposed * (g * transposed));
        if (_b.RowCount > _b.ColumnCount)
        {
            Matrix<double> w = g.TransposeThisAndMultiply(_p.TransposeAndMultiply(_p));
            result += w - (_b * (_p * w));
        }
        else if (_b.RowCount < _b.ColumnCount)
        {
            Matrix<double> v = transposed * _p.TransposeAndMultiply(g);
            result += v - ((v * _p) * _b);
        }
        return result.Transpose().ToColumnMajorArray();
    }

    /// <summary>
    /// (1 - s_1 / (s_n + 1e-8))^2 of the largest and the smallest singular value of B (N x R), and its gradient (N x R, row-major).
    /// </summary>
    public static (double Value, double[] Gradient) Condition(ReadOnlySpan<double> b, int rows, int columns)
    {
        const double floor = 1e-8;
        Matrix<double> matrix = Matrix<double>.Build.DenseOfRowMajor(rows, columns, b.ToArray());
        bool isTall = rows >= columns;
        Matrix<double> gram = isTall ? matrix.TransposeThisAndMultiply(matrix) : matrix.TransposeAndMultiply(matrix);
        Evd<double> evd = gram.Evd(Symmetricity.Symmetric);
        int last = gram.RowCount - 1;
        (Vector<double> u, Vector<double> v, double s) Singular(int index)
        {
            Vector<double> own = evd.EigenVectors.Column(index);
            Vector<double> other = isTall ? matrix * own : matrix.TransposeThisAndMultiply(own);
            double value = other.L2Norm();
            other = value > 0 ? other / value : other;
            return isTall ? (other, own, value) : (own, other, value);
        }

        (Vector<double> u1, Vector<double> v1, double s1) = Singular(last);
        (Vector<double> un, Vector<double> vn, double sn) = Singular(0);
        double ratio = s1 / (sn + floor);
        Matrix<double> slope = (u1.OuterProduct(v1) / (sn + floor)) - (un.OuterProduct(vn) * (s1 / ((sn + floor) * (sn + floor))));
        return ((1 - ratio) * (1 - ratio), (slope * (-2 * (1 - ratio))).Transpose().ToColumnMajorArray());
    }

    private static Matrix<double>? ByNormalEquations(Matrix<double> b)
    {
        bool isTall = b.RowCount >= b.ColumnCount;
        Matrix<double> gram = isTall ? b.TransposeThisAndMultiply(b) : b.TransposeAndMultiply(b);
        try
        {
            Cholesky<double> factor = gram.Cholesky();
            Vector<double> diagonal = factor.Factor.Diagonal();
            double share = diagonal.Minimum() / diagonal.Maximum();
            if (!(share * share > LeastPivot))
                return null;
            return isTall ? factor.Solve(b.Transpose()) : factor.Solve(b).Transpose();
        }
        catch (ArgumentException)
        {
            // Not positive definite: B has not full rank.
            return null;
        }
    }
}

