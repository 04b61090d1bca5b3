using Attractor.Learning;
using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>
/// The logarithm of an integral over all variables by Laplace's method, with what it is compared with: of one variable quadrature, of
/// several importance sampling from the Gaussian.
/// </summary>
internal sealed class LaplaceEstimate
{
    private LaplaceEstimate(LogDensity density) => Density = density;

    /// <summary>What was integrated.</summary>
    public LogDensity Density { get; }

    /// <summary>The value of the parameter that is varied; NaN if none is.</summary>
    public double Parameter { get; private init; } = double.NaN;

    /// <summary>Of one variable, the approximation.</summary>
    public LaplaceIntegral? Integral { get; private init; }

    /// <summary>Of one variable, the same by quadrature.</summary>
    public LogQuadrature? Quadrature { get; private init; }

    /// <summary>Of several variables, the approximation.</summary>
    public LaplaceFit? Fit { get; private init; }

    /// <summary>The logarithm of the integral: the log evidence, of a posterior. NaN if Laplace's method has none.</summary>
    public double LogIntegral => Integral?.LogIntegral ?? Fit!.LogEvidence;

    /// <summary>What it is compared with.</summary>
    public double Reference => Quadrature?.LogIntegral ?? Fit!.ImportanceLogEvidence;

    /// <summary>The error of that, relative to the integral.</summary>
    public double ReferenceError => Quadrature?.RelativeError ?? Fit!.ImportanceStandardError;

    /// <summary>1 - Laplace / reference, of the integrals.</summary>
    public double RelativeError => 2 * Math.Sinh((Reference - LogIntegral) / 2) * Math.Exp((LogIntegral - Reference) / 2);

    /// <summary>The highest maximum: D numbers.</summary>
    public IReadOnlyList<double> Mode => Integral is { } integral ? [integral.Maximum] : Fit!.UnconstrainedMode;

    /// <summary>The log density there.</summary>
    public double LogDensityAtMode => Integral?.Value ?? Fit!.LogJointAtMode;

    /// <summary>Its Hessian there, D x D; empty if it was not found.</summary>
    public IReadOnlyList<double> Hessian => Integral is { } integral ? [integral.Curvature] : [.. Fit!.Precision.Select(p => -p)];

    /// <summary>The covariance of the Gaussian, D x D; empty if there is none, as at an end of an interval.</summary>
    public double[] Covariance
    {
        get
        {
            if (Integral is { } integral)
                return integral.Kind == LaplaceMaximumKind.Interior ? [-1 / integral.Curvature] : [];
            if (Fit!.Distribution is not { } gaussian)
                return [];
            // L L^T.
            int d = gaussian.Dimension;
            double[] factor = gaussian.Factor.ToArray();
            return [.. Enumerable.Range(0, d * d).Select(
                ij => Enumerable.Range(0, d).Sum(k => factor[(ij / d * d) + k] * factor[(ij % d * d) + k]))];
        }
    }

    /// <summary>The standard deviations of the Gaussian; empty if there is none.</summary>
    public double[] StandardDeviations
    {
        get
        {
            double[] covariance = Covariance;
            int d = Mode.Count;
            return covariance.Length == 0 ? [] : [.. Enumerable.Range(0, d).Select(i => Math.Sqrt(covariance[(i * d) + i]))];
        }
    }

    /// <summary>What was found, as sentences.</summary>
    public string Summary => Integral?.Summary ?? Fit!.Summary;

    /// <summary>Why it is no result; null if it is one.</summary>
    public string? Failure => !double.IsFinite(LogIntegral) ? Summary
        : Quadrature is { } quadrature && double.IsNaN(quadrature.LogIntegral)
            ? "the integrand falls so slowly that its integral seems not to exist: what Laplace's method says of it means nothing"
            : null;

    /// <summary>Approximates.</summary>
    /// <param name="density">The log density.</param>
    /// <param name="options">How.</param>
    /// <param name="parameter">The value of the parameter that is varied; NaN if none is.</param>
    /// <param name="token">Stops it with an exception.</param>
    /// <exception cref="SettingException">There is no density where the search for the mode is to begin.</exception>
    /// <exception cref="ArithmeticException">There is no maximum, or nothing but what is no number.</exception>
    public static LaplaceEstimate Of(LogDensity density, LaplaceRequest options, double parameter, CancellationToken token)
    {
        if (density.Variables.Count > 1)
        {
            RequireStart(density, options.Start);
            LaplaceFit fit = LaplaceApproximation.Fit(
                density.Variables,
                density.ToTarget(),
                new()
                {
                    Start = options.Start.ToDictionary(s => s.Key, s => (double[])[s.Value]),
                    Draws = options.Draws,
                    Seed = options.Seed,
                },
                token);
            token.ThrowIfCancellationRequested();
            return new(density) { Fit = fit, Parameter = parameter };
        }
        try
        {
            LaplaceIntegral integral = LaplaceMethod.Integrate(density.At, density.Slope, 1, options.From, options.To);
            LogQuadrature quadrature = LogQuadrature.Of(
                density.At, options.From, options.To, [.. integral.Maxima.Select(m => m.Location)]);
            return new(density) { Integral = integral, Quadrature = quadrature, Parameter = parameter };
        }
        catch (ArgumentException e)
        {
            // The interval was looked at before: this is what the function does on it.
            throw new ArithmeticException(e.Message, e);
        }
    }

    private static void RequireStart(LogDensity density, IReadOnlyDictionary<string, double> start)
    {
        double[] point = [.. density.Variables.Select(v => start.GetValueOrDefault(v))], gradient = new double[point.Length];
        double value = density.Evaluate(point, gradient);
        if (!double.IsFinite(value) || !gradient.All(double.IsFinite))
            throw new SettingException(SettingSentence.Join(
                $"the expression, or a derivative of it, is no finite number at ",
                $"{string.Join(", ", density.Variables.Select((v, i) => FormattableString.Invariant($"{v} = {point[i]}")))}; ",
                $"give {nameof(start):setting} a value where it is"));
    }
}
