using System.Numerics.Tensors;
using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Learning;

/// <summary>
/// A triangular factor of the samples themselves, [R Y] = Q [S Z; 0 E], by Householder reflections block by block: ridge regression from it
/// has the condition of the features, where <see cref="RidgeStatistics"/>, which hold their products, have its square.
/// </summary>
/// <remarks>
/// Twice the work of the products. For features that are large beside what tells them apart, such as the monomials of data with an offset.
/// A column's scale makes no difference: reflections are stable column by column (Higham, Accuracy and Stability of Numerical Algorithms,
/// 2002, ch. 19).
/// </remarks>
internal sealed class RidgeFactor
{
    // Columns of the upper triangle: column j holds j + 1 values; those of the targets F values.
    private readonly double[][] _factor, _block;
    private readonly double[] _left, _squares;
    private readonly int _rows;
    private int _filled;

    /// <param name="features">F.</param>
    /// <param name="targets">K.</param>
    public RidgeFactor(int features, int targets)
    {
        (Features, Targets) = (features, targets);
        _rows = Math.Max(64, features);
        _factor = [.. Enumerable.Range(0, features + targets).Select(j => new double[Math.Min(j + 1, features)])];
        _block = [.. Enumerable.Range(0, features + targets).Select(_ => new double[_rows])];
        (_left, _squares) = (new double[targets], new double[targets]);
    }

    /// <summary>F, the number of features.</summary>
    public int Features { get; }

    /// <summary>K, the number of targets.</summary>
    public int Targets { get; }

    /// <summary>Samples added.</summary>
    public long Samples { get; private set; }

    /// <summary>Adds a sample of F features and K targets, all finite.</summary>
    public void Add(ReadOnlySpan<double> features, ReadOnlySpan<double> targets)
    {
        for (int k = 0; k < Targets; k++)
            _squares[k] += targets[k] * targets[k];
        Append(features, targets);
        Samples++;
    }

    /// <summary>Adds all samples of another factor.</summary>
    public void Add(RidgeFactor other)
    {
        other.Reduce();
        double[] features = new double[Features], targets = new double[Targets];
        for (int i = 0; i < Features; i++)
        {
            for (int j = 0; j < Features; j++)
                features[j] = j < i ? 0 : other._factor[j][i];
            for (int k = 0; k < Targets; k++)
                targets[k] = other._factor[Features + k][i];
            Append(features, targets);
        }
        TensorPrimitives.Add(_left, other._left, _left);
        TensorPrimitives.Add(_squares, other._squares, _squares);
        Samples += other.Samples;
    }

    /// <summary>The fit at one lambda; its squared error is to be summed over the residuals.</summary>
    /// <exception cref="ArgumentException">lambda is 0 and the features are linearly dependent.</exception>
    public RidgeFit Solve(double ridge)
    {
        RidgeRegression.CheckRidge(ridge);
        RidgeFactor penalized = Penalized(ridge);
        int f = Features;
        double[] lower = new double[(long)f * f], weights = new double[Targets * f];
        for (int j = 0; j < f; j++)
            for (int i = 0; i <= j; i++)
                lower[(j * f) + i] = penalized._factor[j][i];
        int rank = Enumerable.Range(0, f).Count(
            j => Math.Abs(lower[j * (f + 1)]) > f * 2.3e-16 * Math.Sqrt(TensorPrimitives.SumOfSquares<double>(penalized._factor[j])));
        if (rank < f)
            throw RidgeRegression.Dependent(rank, f);
        for (int k = 0; k < Targets; k++)
        {
            Span<double> w = weights.AsSpan(k * f, f);
            penalized._factor[f + k].CopyTo(w);
            for (int i = f - 1; i >= 0; i--)
            {
                w[i] /= lower[i * (f + 1)];
                VectorOperations.AddScaled(w[..i], -w[i], lower.AsSpan(i * f, i));
            }
        }
        return new()
        {
            Weights = weights,
            Constants = new double[Targets],
            Ridge = ridge,
            SquaredError = SquaredError(weights),
            SquaredNorm = TensorPrimitives.SumOfSquares<double>(weights),
            ReciprocalCondition = Cholesky.ReciprocalCondition(lower, f, Norm(penalized)),
            ErrorIsResolved = false,
        };
    }

    /// <summary><see cref="RidgePath.GeneralizedCrossValidation"/>, from singular values.</summary>
    public IReadOnlyList<RidgePoint> GeneralizedCrossValidation(IReadOnlyList<double> ridges)
    {
        Reduce();
        Matrix<double> s = Matrix<double>.Build.Dense(Features, Features, (i, j) => i <= j ? _factor[j][i] : 0);
        Matrix<double> z = Matrix<double>.Build.Dense(Features, Targets, (i, k) => _factor[Features + k][i]);
        var values = s.Svd();
        Matrix<double> projections = values.U.TransposeThisAndMultiply(z);
        double floor = 1e-26 * _squares.Sum();
        return [.. ridges.Select(ridge =>
        {
            double error = _left.Sum(), freedom = 0;
            for (int i = 0; i < Features; i++)
            {
                double e = values.S[i] * values.S[i], kept = e > 0 ? ridge / (e + ridge) : 1;
                freedom += 1 - kept;
                for (int k = 0; k < Targets; k++)
                    error += kept * kept * projections[i, k] * projections[i, k];
            }
            double free = Math.Max(Samples - freedom, 0);
            return new RidgePoint(
                ridge, free > 0 ? Samples * Math.Max(error, floor) / (free * free) : double.PositiveInfinity, freedom);
        })];
    }

    /// <summary><see cref="RidgePath.Validation"/>.</summary>
    public IReadOnlyList<RidgePoint> Validation(RidgeFactor heldOut, IReadOnlyList<double> ridges)
    {
        IReadOnlyList<RidgePoint> path = GeneralizedCrossValidation(ridges);
        return [.. path.Select(p => p with
        {
            Score = heldOut.SquaredError(Solve(p.Ridge).Weights) / (heldOut.Samples * (double)Targets),
        })];
    }

    // |Z - S W'|^2 and what no weights reach.
    private double SquaredError(double[] weights)
    {
        Reduce();
        double sum = _left.Sum();
        double[] error = new double[Features];
        for (int k = 0; k < Targets; k++)
        {
            _factor[Features + k].CopyTo(error, 0);
            for (int j = 0; j < Features; j++)
                VectorOperations.AddScaled(error.AsSpan(0, j + 1), -weights[(k * Features) + j], _factor[j]);
            sum += TensorPrimitives.SumOfSquares<double>(error);
        }
        return sum;
    }

    // The penalty is F more samples: sqrt(lambda) of one feature each, and the target 0.
    private RidgeFactor Penalized(double ridge)
    {
        RidgeFactor result = new(Features, Targets);
        result.Add(this);
        double[] features = new double[Features], targets = new double[Targets];
        for (int i = 0; i < Features && ridge > 0; i++)
        {
            features[i] = Math.Sqrt(ridge);
            result.Append(features, targets);
            features[i] = 0;
        }
        result.Reduce();
        return result;
    }

    // The largest sum of magnitudes of a column of S'S.
    private static double Norm(RidgeFactor factor)
    {
        int f = factor.Features;
        double largest = 0;
        for (int j = 0; j < f; j++)
        {
            double sum = 0;
            for (int i = 0; i < f; i++)
            {
                int shared = Math.Min(i, j) + 1;
                sum += Math.Abs(TensorPrimitives.Dot<double>(factor._factor[i].AsSpan(0, shared), factor._factor[j].AsSpan(0, shared)));
            }
            largest = Math.Max(largest, sum);
        }
        return largest;
    }

    private void Append(ReadOnlySpan<double> features, ReadOnlySpan<double> targets)
    {
        for (int j = 0; j < Features; j++)
            _block[j][_filled] = features[j];
        for (int k = 0; k < Targets; k++)
            _block[Features + k][_filled] = targets[k];
        if (++_filled == _rows)
            Reduce();
    }

    // Reflects the block into the triangle, column by column; row i of the triangle is the only one that reflection i touches.
    private void Reduce()
    {
        if (_filled == 0)
            return;
        for (int i = 0; i < Features; i++)
        {
            Span<double> v = _block[i].AsSpan(0, _filled);
            double head = _factor[i][i], norm = Math.Sqrt((head * head) + TensorPrimitives.SumOfSquares<double>(v));
            if (norm == Math.Abs(head))
                continue;
            double diagonal = head > 0 ? -norm : norm, first = head - diagonal, scale = -1 / (diagonal * first);
            _factor[i][i] = diagonal;
            for (int j = i + 1; j < _factor.Length; j++)
            {
                Span<double> column = _block[j].AsSpan(0, _filled);
                double along = scale * ((first * _factor[j][i]) + TensorPrimitives.Dot<double>(v, column));
                _factor[j][i] -= along * first;
                VectorOperations.AddScaled(column, -along, v);
            }
        }
        for (int k = 0; k < Targets; k++)
            _left[k] += TensorPrimitives.SumOfSquares<double>(_block[Features + k].AsSpan(0, _filled));
        _filled = 0;
    }
}
