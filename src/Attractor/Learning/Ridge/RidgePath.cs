using System.Numerics.Tensors;
using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Learning;

/// <summary>
/// Ridge regression at any number of lambdas from one eigendecomposition R'R = Q E Q': O(F^3) once, then O(F^2) for each lambda.
/// </summary>
public sealed class RidgePath
{
    private readonly RidgeStatistics.Moments _moments;
    private readonly double[] _eigenvalues, _vectors, _projections;
    private readonly double _largest, _rounding;

    /// <summary>Decomposes the statistics.</summary>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public RidgePath(RidgeStatistics statistics)
        : this(RidgeRegression.Checked(statistics))
    {
    }

    internal RidgePath(RidgeStatistics.Moments moments)
    {
        _moments = moments;
        int f = _moments.Features;
        var eigen = Matrix<double>.Build.Dense(f, f, (double[])_moments.Gram.Clone()).Evd(Symmetricity.Symmetric);
        // R'R is positive semidefinite: what comes out below 0 is rounding.
        _eigenvalues = [.. eigen.EigenValues.Select(e => Math.Max(0, e.Real))];
        _largest = _eigenvalues.Max();
        _rounding = f * 2.3e-16 * _largest;
        // Column-major, which is Q' row by row: eigenvector i is a contiguous row.
        _vectors = eigen.EigenVectors.ToColumnMajorArray();
        _projections = new double[_moments.Targets * f];
        for (int k = 0; k < _moments.Targets; k++)
            for (int i = 0; i < f; i++)
                _projections[(k * f) + i] = TensorPrimitives.Dot<double>(_vectors.AsSpan(i * f, f), _moments.Cross.AsSpan(k * f, f));
    }

    /// <summary>29 lambdas from 1e-10 to 1e4, two to a decade.</summary>
    public static IReadOnlyList<double> DefaultRidges { get; } = [.. Enumerable.Range(-20, 29).Select(i => Math.Pow(10, i / 2.0))];

    /// <summary>How many directions of the features carry more than rounding.</summary>
    public int Rank => _eigenvalues.Count(e => e > _rounding);

    /// <summary>The fit at one lambda.</summary>
    /// <exception cref="ArgumentException">lambda is negative.</exception>
    public RidgeFit Solve(double ridge)
    {
        RidgeRegression.CheckRidge(ridge);
        double floor = ridge > 0 ? 0 : _rounding;
        return RidgeRegression.ToFit(
            _moments, Weights(ridge), ridge, (_eigenvalues.Where(e => e > floor).DefaultIfEmpty().Min() + ridge) / (_largest + ridge));
    }

    /// <summary>
    /// n times the squared error over (n - degrees of freedom)^2, at each lambda (Golub, Heath and Wahba, Technometrics 21, 1979): the
    /// lambda of the smallest is the choice of generalised cross-validation.
    /// </summary>
    /// <remarks>Errors below the rounding of the moments (1e-13 of the targets) count as that: such lambdas are not told apart.</remarks>
    public IReadOnlyList<RidgePoint> GeneralizedCrossValidation(IReadOnlyList<double>? ridges = null)
    {
        int f = _moments.Features;
        double n = _moments.Weight, floor = 1e-13 * _moments.Squares.Sum();
        return [.. (ridges ?? DefaultRidges).Select(ridge =>
        {
            RidgeRegression.CheckRidge(ridge);
            double error = _moments.Squares.Sum(), freedom = DegreesOfFreedom(ridge);
            for (int i = 0; i < f; i++)
            {
                double e = _eigenvalues[i];
                if (e + ridge <= 0)
                    continue;
                for (int k = 0; k < _moments.Targets; k++)
                {
                    double h = _projections[(k * f) + i];
                    error -= h * h * (e + (2 * ridge)) / ((e + ridge) * (e + ridge));
                }
            }
            double left = Math.Max(n - freedom, 0);
            return new RidgePoint(ridge, left > 0 ? n * Math.Max(error, floor) / (left * left) : double.PositiveInfinity, freedom);
        })];
    }

    /// <summary>The mean squared error of the fit at each lambda on other samples.</summary>
    /// <param name="heldOut">Statistics of samples that the fit has not seen, of the same features and targets.</param>
    /// <param name="ridges">The lambdas; <see cref="DefaultRidges"/> if absent.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public IReadOnlyList<RidgePoint> Validation(RidgeStatistics heldOut, IReadOnlyList<double>? ridges = null)
    {
        RidgeStatistics.Moments moments = RidgeRegression.Checked(heldOut);
        int f = _moments.Features;
        if (moments.Features != f || moments.Targets != _moments.Targets || moments.Intercept != _moments.Intercept)
            throw new ArgumentException("The held-out statistics are of other features or targets.", nameof(heldOut));
        double[] product = new double[f];
        return [.. (ridges ?? DefaultRidges).Select(ridge =>
        {
            RidgeFit fit = Solve(ridge);
            double error = 0;
            for (int k = 0; k < _moments.Targets; k++)
            {
                ReadOnlySpan<double> w = fit.Weights.AsSpan(k * f, f);
                error += RidgeRegression.SquaredError(moments, k, w, product);
                if (!_moments.Intercept)
                    continue;
                // Centred moments leave out the squared error of the means.
                double bias = moments.Mean[f + k] - fit.Constants[k] - TensorPrimitives.Dot(w, moments.Mean.AsSpan(0, f));
                error += moments.Weight * bias * bias;
            }
            return new RidgePoint(ridge, Math.Max(error, 0) / (moments.Weight * _moments.Targets), DegreesOfFreedom(ridge));
        })];
    }

    // The mean that an intercept takes up is one more.
    private double DegreesOfFreedom(double ridge) => (_moments.Intercept ? 1 : 0) + _eigenvalues.Sum(e => e > 0 ? e / (e + ridge) : 0);

    private double[] Weights(double ridge)
    {
        int f = _moments.Features;
        double floor = ridge > 0 ? 0 : _rounding;
        double[] weights = new double[_projections.Length];
        for (int k = 0; k < _moments.Targets; k++)
            for (int i = 0; i < f; i++)
                if (_eigenvalues[i] + ridge > floor)
                    VectorOperations.AddScaled(
                        weights.AsSpan(k * f, f), _projections[(k * f) + i] / (_eigenvalues[i] + ridge), _vectors.AsSpan(i * f, f));
        return weights;
    }
}
