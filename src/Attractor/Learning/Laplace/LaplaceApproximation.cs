using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>
/// Laplace's approximation of a posterior: the Gaussian, on unconstrained numbers, at its mode with the inverse of its curvature there as covariance, and with it the evidence.
/// </summary>
/// <remarks>
/// log p(x) is about log p(x, z0) + D/2 log 2 pi - 1/2 log |H| (Tierney and Kadane, JASA 81, 1986; MacKay, "Information Theory, Inference, and Learning Algorithms", 2003, chapter 27), with H the negative Hessian at the mode z0:
/// exact for a Gaussian, relative error 1 / n for n observations that inform on all of z. It depends on how the latent variables are parameterised; here it is by their unconstrained numbers, Jacobian included.
/// </remarks>
public static class LaplaceApproximation
{
    // Nats that the next step promises, at which the quasi-Newton method hands over to Newton's; those at which it should not have; those that must not be left in the end.
    private const double HandOver = 1e-9, TooEarly = 1e-3, Settled = 1e-6;

    private const int MostRounds = 6, MostNewtonSteps = 30;

    // The transforms of all quantities but real ones have left the range of numbers by then.
    private const double FarthestReal = 1e15, FarthestTransformed = 500;

    /// <summary>Approximates the posterior of a model.</summary>
    /// <param name="model">The model, with its data; its log density must have two derivatives.</param>
    /// <param name="options">How; the defaults suit models of up to some hundred unconstrained numbers.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="ArgumentException">An option is out of range, a starting value does not fit the model, or the log density is not finite at the start.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LaplaceFit Fit(LogJoint model, LaplaceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        return Fit(model.Latents, model.Unconstrained, model.Unconstrain(options.Start), options, cancellationToken);
    }

    /// <summary>Approximates the density that is proportional to e^f.</summary>
    /// <param name="logDensity">f, a function of D real numbers, which are called <c>z</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="ArgumentException">As of the other overload.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LaplaceFit Fit(TargetFunction logDensity, LaplaceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(logDensity);
        options ??= new();
        LatentVariable z = LatentVariable.Real("z", logDensity.Dimension);
        return Fit([z], logDensity, LogJoint.Unconstrain([z], options.Start), options, cancellationToken);
    }

    private static LaplaceFit Fit(IReadOnlyList<LatentVariable> latents, TargetFunction target, double[] start, LaplaceOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Steps, nameof(options.Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, 100, nameof(options.Draws));
        double[] value = new double[1];
        QuasiNewton search = new((point, gradient) =>
        {
            target.Evaluate(point, value, gradient);
            foreach (ref double g in gradient)
                g = -g;
            return -value[0];
        }, start, [.. latents.SelectMany(l => Enumerable.Repeat(l.Transform == Transform.Real ? FarthestReal : FarthestTransformed, l.UnconstrainedSize))]);
        if (!double.IsFinite(search.Value) || !Array.TrueForAll(search.Gradient, double.IsFinite))
            throw new ArgumentException(
                FormattableString.Invariant($"The log density at the start is {-search.Value}, or its gradient is not finite; the search needs a start where both are."), nameof(options));
        int d = start.Length;
        for (int round = 0; round < MostRounds; round++)
        {
            QuasiNewtonEnding ending = search.Run(options.Steps, HandOver, cancellationToken);
            if (ending == QuasiNewtonEnding.Unbounded)
                return new(latents, target, options, LaplaceEnding.Unbounded, search, search.Direction);
            if (ending == QuasiNewtonEnding.OutOfSteps)
                return new(latents, target, options, LaplaceEnding.NotConverged, search, []);
            ObservedInformation information = ObservedInformation.At(target, search.Point, [.. Enumerable.Range(0, d).Select(i => Math.Sqrt(search.InverseHessian[(i * d) + i]))], cancellationToken);
            if (TryFactor(information) is { } factor)
            {
                double[] step = NewtonStep(factor, search.Gradient);
                if (VectorOperations.Dot(step, search.Gradient) / 2 > TooEarly)
                {
                    if (ending == QuasiNewtonEnding.NoDescent)
                        return new(latents, target, options, LaplaceEnding.NotConverged, search, search.Direction);
                    Continue(search, factor);
                    continue;
                }
                // Where no step helps, as on a kink, the gradient stays.
                if (Polish(search, factor) > Settled)
                    return new(latents, target, options, LaplaceEnding.NotConverged, search, []);
                information = ObservedInformation.At(target, search.Point, information.Scales, cancellationToken);
            }
            else if (ending == QuasiNewtonEnding.Converged && Slope(search, information) > Settled)
            {
                // Neither a mode nor a saddle: what was learnt of the curvature on the way misled.
                search.ForgetCurvature();
                continue;
            }
            (LaplaceEnding verdict, double[] direction) = CurvatureCheck.Of(target, search.Point, information);
            if (ending == QuasiNewtonEnding.NoDescent && verdict != LaplaceEnding.Converged)
                verdict = LaplaceEnding.NotConverged;
            return verdict == LaplaceEnding.Converged && TryFactor(information) is { } root
                ? new(latents, target, options, search, information, new Gaussian(search.Point, root))
                : new(latents, target, options, verdict == LaplaceEnding.Converged ? LaplaceEnding.FlatDirection : verdict, search, direction);
        }
        return new(latents, target, options, LaplaceEnding.NotConverged, search, []);
    }

    // The lower triangular L of H^-1 = L L', without forming the inverse: turned end for end, H = U U' has an upper triangular U, and L = U'^-1. In units of the scales, where H has ones on the diagonal.
    private static double[]? TryFactor(ObservedInformation information)
    {
        double[] scales = information.Scales;
        int d = scales.Length;
        double[] turned = new double[d * d], factor = new double[d * d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                turned[((d - 1 - i) * d) + (d - 1 - j)] = information.Matrix[(i * d) + j] * scales[i] * scales[j];
        if (!Cholesky.TryFactor(turned, d))
            return null;
        for (int j = 0; j < d; j++)
        {
            for (int i = j; i < d; i++)
            {
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++)
                    sum -= Upper(k, i) * factor[(k * d) + j];
                factor[(i * d) + j] = sum / Upper(i, i);
            }
        }
        for (int i = 0; i < d; i++)
            for (int j = 0; j <= i; j++)
                factor[(i * d) + j] *= scales[i];
        return Array.TrueForAll(factor, double.IsFinite) ? factor : null;

        double Upper(int i, int j) => turned[((d - 1 - i) * d) + (d - 1 - j)];
    }

    // L L' g
    private static double[] NewtonStep(double[] factor, double[] gradient)
    {
        int d = gradient.Length;
        double[] whitened = new double[d], step = new double[d];
        for (int i = 0; i < d; i++)
            VectorOperations.AddScaled(whitened.AsSpan(0, i + 1), gradient[i], factor.AsSpan(i * d, i + 1));
        for (int i = 0; i < d; i++)
            step[i] = VectorOperations.Dot(factor.AsSpan(i * d, i + 1), whitened.AsSpan(0, i + 1));
        return step;
    }

    // What the gradient promises without regard to how the numbers hang together, nats.
    private static double Slope(QuasiNewton search, ObservedInformation information)
    {
        int d = search.Point.Length;
        double sum = 0;
        for (int i = 0; i < d; i++)
        {
            double scale = information.Scales[i], curvature = Math.Abs(information.Matrix[(i * d) + i]) * scale * scale;
            sum += Math.Pow(search.Gradient[i], 2) * (curvature > 1e-4 ? scale * scale : search.InverseHessian[(i * d) + i]) / 2;
        }
        return sum;
    }

    private static void Continue(QuasiNewton search, double[] factor)
    {
        int d = search.Point.Length;
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                search.InverseHessian[(i * d) + j] = VectorOperations.Dot(factor.AsSpan(i * d, Math.Min(i, j) + 1), factor.AsSpan(j * d, Math.Min(i, j) + 1));
    }

    // Newton's method with H held, until rounding is all there is left; what the next step would still promise, nats.
    private static double Polish(QuasiNewton search, double[] factor)
    {
        double[] step = NewtonStep(factor, search.Gradient);
        double promised = VectorOperations.Dot(step, search.Gradient);
        for (int i = 0; i < MostNewtonSteps && promised > 0; i++)
        {
            (double[] point, double value, double[] gradient) = search.Try([.. search.Point.Select((x, j) => x - step[j])]);
            double[] next = NewtonStep(factor, gradient);
            double left = VectorOperations.Dot(next, gradient);
            if (!(left < promised / 4) || !double.IsFinite(value))
                break;
            search.MoveTo(point, value, gradient);
            (step, promised) = (next, left);
        }
        return promised / 2;
    }
}
