using System.Globalization;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>
/// The search for the mode of a posterior as the loop sees it: a stretch is some steps of the quasi-Newton method, with what the curvature
/// says where they end.
/// </summary>
internal sealed class LaplaceLearner : Learner<LaplaceState, double>
{
    private const int StretchLength = 50;

    // Nats that the next step promises, at which the quasi-Newton method hands over to Newton's; those at which it should not have; those
    // that must not be left in the end.
    private const double HandOver = 1e-9, TooEarly = 1e-3, Settled = 1e-6;

    private const int MostRounds = 6, MostNewtonSteps = 30;

    // The transforms of all quantities but real ones have left the range of numbers by then.
    private const double FarthestReal = 1e15, FarthestTransformed = 500;

    private readonly IReadOnlyList<LatentVariable> _latents;
    private readonly TargetFunction _target;
    private readonly LaplaceOptions _options;
    private readonly QuasiNewton _search;
    private LaplaceState _kept;
    private int _round;

    public LaplaceLearner(
        IReadOnlyList<LatentVariable> latents, TargetFunction target, double[] start, LaplaceOptions options, LaplaceState? resume)
    {
        (_latents, _target, _options) = (latents, target, options);
        if (resume is not null && resume.Point.Count != start.Length)
            throw new ArgumentException(
                $"The state is that of another density: it is of {resume.Point.Count} numbers, expected {start.Length}.", nameof(resume));
        double[] value = new double[1];
        _search = new((point, gradient) =>
        {
            target.Evaluate(point, value, gradient);
            foreach (ref double g in gradient)
                g = -g;
            return -value[0];
        }, start, [.. latents.SelectMany(
            l => Enumerable.Repeat(l.Transform == Transform.Real ? FarthestReal : FarthestTransformed, l.UnconstrainedSize))]);
        if (resume is not null)
            Take(resume);
        else if (!double.IsFinite(_search.Value) || !Array.TrueForAll(_search.Gradient, double.IsFinite))
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The log density at the start is {-_search.Value}, or its gradient is not finite; the search needs a "
                    + $"start where both are."),
                nameof(options));
        _kept = Save();
    }

    /// <summary>The approximation, or why there is none; null before the end.</summary>
    public LaplaceFit? Result { get; private set; }

    public override long Done => _search.Steps;

    public override long Steps => _options.Steps;

    public override double Loss => _search.Value;

    public override TrainingEnding? Ending => Result?.Ending;

    /// <summary>What there is without a mode.</summary>
    public LaplaceFit Without(TrainingEnding ending, double[] direction) => new(_latents, _target, _options, ending, _search, direction);

    public override bool Step(LearningLoop<LaplaceState, double> loop)
    {
        try
        {
            QuasiNewtonEnding ending = _search.Run(
                Math.Min(_options.Steps, _search.Steps + StretchLength), HandOver, loop.CancellationToken);
            if (ending == QuasiNewtonEnding.OutOfSteps && _search.Steps < _options.Steps)
                return true;
            Result = Conclude(ending, loop.CancellationToken);
            if (Result is null && ++_round == MostRounds)
                Result = Without(TrainingEnding.NotConverged, []);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // At the end, what is kept is where the last stretch set out from: whoever goes on from there comes to the same end.
    public override void Keep()
    {
        if (Ending is null)
            _kept = Save();
    }

    public override void Restore() => Take(_kept);

    public override LaplaceState Export(int divergences) => _kept;

    private LaplaceState Save() => new()
    {
        Point = [.. _search.Point],
        Value = _search.Value,
        Gradient = [.. _search.Gradient],
        InverseHessian = [.. _search.InverseHessian],
        IsSteepest = _search.IsSteepest,
        Steps = _search.Steps,
        Round = _round,
    };

    private void Take(LaplaceState state)
    {
        _search.Continue([.. state.Point], state.Value, [.. state.Gradient], [.. state.InverseHessian], state.IsSteepest, state.Steps);
        _round = state.Round;
    }

    // Null where the search is to go on.
    private LaplaceFit? Conclude(QuasiNewtonEnding ending, CancellationToken cancellationToken)
    {
        int d = _search.Point.Length;
        if (ending == QuasiNewtonEnding.Unbounded)
            return Without(TrainingEnding.Unbounded, _search.Direction);
        if (ending == QuasiNewtonEnding.OutOfSteps)
            return Without(TrainingEnding.NotConverged, []);
        ObservedInformation information = ObservedInformation.At(
            _target,
            _search.Point,
            [.. Enumerable.Range(0, d).Select(i => Math.Sqrt(_search.InverseHessian[(i * d) + i]))],
            cancellationToken);
        if (TryFactor(information) is { } factor)
        {
            double[] step = NewtonStep(factor, _search.Gradient);
            if (VectorOperations.Dot(step, _search.Gradient) / 2 > TooEarly)
            {
                if (ending == QuasiNewtonEnding.NoDescent)
                    return Without(TrainingEnding.NotConverged, _search.Direction);
                Continue(_search, factor);
                return null;
            }
            // Where no step helps, as on a kink, the gradient stays.
            if (Polish(_search, factor) > Settled)
                return Without(TrainingEnding.NotConverged, []);
            information = ObservedInformation.At(_target, _search.Point, information.Scales, cancellationToken);
        }
        else if (ending == QuasiNewtonEnding.Converged && Slope(_search, information) > Settled)
        {
            // Neither a mode nor a saddle: what was learnt of the curvature on the way misled.
            _search.ForgetCurvature();
            return null;
        }
        (TrainingEnding verdict, double[] direction) = CurvatureCheck.Of(_target, _search.Point, information);
        if (ending == QuasiNewtonEnding.NoDescent && verdict != TrainingEnding.Converged)
            verdict = TrainingEnding.NotConverged;
        return verdict == TrainingEnding.Converged && TryFactor(information) is { } root
            ? new LaplaceFit(_latents, _target, _options, _search, information, new Gaussian(_search.Point, root))
            : Without(verdict == TrainingEnding.Converged ? TrainingEnding.FlatDirection : verdict, direction);
    }

    // The lower triangular L of H^-1 = L L', without forming the inverse: turned end for end, H = U U' has an upper triangular U, and
    // L = U'^-1. In units of the scales, where H has ones on the diagonal.
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
                search.InverseHessian[(i * d) + j] = VectorOperations.Dot(
                    factor.AsSpan(i * d, Math.Min(i, j) + 1), factor.AsSpan(j * d, Math.Min(i, j) + 1));
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
