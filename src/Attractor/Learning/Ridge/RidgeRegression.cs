using System.Globalization;
using System.Numerics.Tensors;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Ridge regression from accumulated statistics: W = Y'R (R'R + lambda I)^-1 (Hoerl and Kennard,
/// Technometrics 12, 1970), by Cholesky factorisation.
/// </summary>
public static class RidgeRegression
{
    private const double Resolved = 1e-9;

    // Below it the weights would be made of the rounding of the moments.
    private const double LeastCondition = 1e-14;

    /// <summary>The fit at one lambda.</summary>
    /// <param name="statistics">Of the samples.</param>
    /// <param name="ridge">lambda, at least 0, on the sum of the squared errors; an intercept is not penalised.</param>
    /// <exception cref="ArgumentException">lambda is out of its range, there are no samples, or lambda is 0 and the features are linearly
    /// dependent; the message names their rank.</exception>
    /// <exception cref="ArithmeticException">The moments are not finite.</exception>
    public static RidgeFit Solve(RidgeStatistics statistics, double ridge)
    {
        RidgeStatistics.Moments moments = Checked(statistics);
        CheckRidge(ridge);
        int f = moments.Features;
        double[] a = (double[])moments.Gram.Clone();
        for (int i = 0; i < f; i++)
            a[i * (f + 1)] += ridge;
        double norm = 0;
        for (int i = 0; i < f; i++)
            norm = Math.Max(norm, TensorPrimitives.SumOfMagnitudes<double>(a.AsSpan(i * f, f)));
        if (norm == 0 && ridge == 0)
            throw Dependent(0, f);
        bool definite = Cholesky.TryFactor(a, f);
        double condition = definite ? Cholesky.ReciprocalCondition(a, f, norm) : 0;
        if (ridge == 0 && condition < f * 1e-16)
            throw Dependent(new RidgePath(moments).Rank, f);
        // A lambda below the rounding of R'R: its spectrum is known to be positive, the factorisation does not see it.
        if (!definite)
            return new RidgePath(moments).Solve(ridge);
        double[] weights = (double[])moments.Cross.Clone(), correction = new double[f];
        for (int k = 0; k < moments.Targets; k++)
        {
            Span<double> w = weights.AsSpan(k * f, f);
            Cholesky.Solve(a, w);
            Residual(moments, ridge, k, w, correction);
            Cholesky.Solve(a, correction);
            TensorPrimitives.Add<double>(w, correction, w);
        }
        return ToFit(moments, weights, ridge, condition);
    }

    /// <summary>
    /// Whether the moments determine the weights at a lambda: they hold the squares of the features, and with them the square of their
    /// condition.
    /// </summary>
    internal static bool IsResolved(RidgeStatistics statistics, double ridge)
    {
        RidgeStatistics.Moments moments = Checked(statistics);
        int f = moments.Features;
        double[] a = (double[])moments.Gram.Clone();
        double norm = 0;
        for (int i = 0; i < f; i++)
        {
            a[i * (f + 1)] += ridge;
            norm = Math.Max(norm, TensorPrimitives.SumOfMagnitudes<double>(a.AsSpan(i * f, f)));
        }
        return Cholesky.TryFactor(a, f) && Cholesky.ReciprocalCondition(a, f, norm) >= LeastCondition;
    }

    /// <summary>Throws where a fit is worse than what weights of 0 leave of the targets.</summary>
    /// <exception cref="ArithmeticException">It is.</exception>
    internal static void RequireUse(RidgeFit fit, double squaredTargets)
    {
        if (!(fit.SquaredError <= squaredTargets * (1 + 1e-9)))
            throw new ArithmeticException(string.Create(
                CultureInfo.InvariantCulture,
                $"The fit is worse than none: it leaves a squared error of {fit.SquaredError:G4}, a readout of 0 leaves "
                + $"{squaredTargets:G4}; standardise the data, or raise the ridge lambda of {fit.Ridge:G3}."));
    }

    /// <summary>Weights to a fit, with the losses that follow from the moments.</summary>
    internal static RidgeFit ToFit(RidgeStatistics.Moments moments, double[] weights, double ridge, double condition)
    {
        int f = moments.Features;
        double error = 0, squares = moments.Squares.Sum();
        double[] constants = new double[moments.Targets], product = new double[f];
        for (int k = 0; k < moments.Targets; k++)
        {
            ReadOnlySpan<double> w = weights.AsSpan(k * f, f);
            error += SquaredError(moments, k, w, product);
            if (moments.Intercept)
                constants[k] = moments.Mean[f + k] - TensorPrimitives.Dot(w, moments.Mean.AsSpan(0, f));
        }
        return new()
        {
            Weights = weights,
            Constants = constants,
            Ridge = ridge,
            SquaredError = Math.Max(0, error),
            SquaredNorm = TensorPrimitives.SumOfSquares<double>(weights),
            ReciprocalCondition = condition,
            ErrorIsResolved = error > Resolved * squares,
        };
    }

    /// <summary>y'y - 2 w'R'y + w'R'R w of one target.</summary>
    internal static double SquaredError(RidgeStatistics.Moments moments, int target, ReadOnlySpan<double> weights, double[] product)
    {
        int f = moments.Features;
        for (int i = 0; i < f; i++)
            product[i] = TensorPrimitives.Dot(weights, moments.Gram.AsSpan(i * f, f)) - (2 * moments.Cross[(target * f) + i]);
        return moments.Squares[target] + TensorPrimitives.Dot<double>(weights, product);
    }

    internal static RidgeStatistics.Moments Checked(RidgeStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (statistics.Samples == 0)
            throw new ArgumentException(
                "There are no samples to fit: all rows are in the washout, masked, or have missing targets.", nameof(statistics));
        RidgeStatistics.Moments moments = statistics.ToMoments();
        return TensorPrimitives.IsFiniteAll<double>(moments.Gram) && TensorPrimitives.IsFiniteAll<double>(moments.Cross)
            ? moments
            : throw new ArithmeticException(
                "The products of the features leave the finite numbers: lower the spectral radius or the scales of the "
                + "reservoir, or the units of the data.");
    }

    internal static void CheckRidge(double ridge)
    {
        if (!(ridge >= 0) || !double.IsFinite(ridge))
            throw new ArgumentException(
                FormattableString.Invariant($"The ridge lambda must be a number of at least 0, not {ridge}."), nameof(ridge));
    }

    // Y'R - W (R'R + lambda I), one row.
    private static void Residual(RidgeStatistics.Moments moments, double ridge, int target, ReadOnlySpan<double> w, double[] residual)
    {
        int f = moments.Features;
        for (int i = 0; i < f; i++)
            residual[i] = moments.Cross[(target * f) + i] - TensorPrimitives.Dot(w, moments.Gram.AsSpan(i * f, f)) - (ridge * w[i]);
    }

    /// <summary>The complaint that a ridge of 0 leaves the weights undetermined.</summary>
    internal static ArgumentException Dependent(int rank, int features)
        => new(
            $"The features are linearly dependent: their rank is {rank} of {features}, so that a ridge of 0 leaves the weights "
            + $"undetermined; take a ridge above 0.");
}
