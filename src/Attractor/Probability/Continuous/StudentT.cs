using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Probability;

/// <summary>Student's t distribution with a location and a scale.</summary>
/// <param name="DegreesOfFreedom">Above 0; 1 is the Cauchy distribution, infinity would be the normal one.</param>
/// <param name="Location">The median, and the mean where there is one.</param>
/// <param name="Scale">Above 0; the standard deviation is larger.</param>
/// <remarks>The divergence between two of them has no closed form.</remarks>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the degrees of
/// freedom or the scale are not above 0.</exception>
public readonly record struct StudentT(double DegreesOfFreedom, double Location, double Scale) : IReparameterized<StudentT>
{
    private const double FarTail = 1e-17;

    /// <inheritdoc/>
    public static IReadOnlyList<Parameter> Parameters { get; } =
        [new("degrees of freedom", Domain.Positive), new("location", Domain.Real), new("scale", Domain.Positive)];

    /// <inheritdoc/>
    public static StudentT Create(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters, 3);
        return new(parameters[0], parameters[1], parameters[2]);
    }

    /// <inheritdoc/>
    public static Domain Support => Domain.Real;

    /// <summary>The degrees of freedom.</summary>
    public double DegreesOfFreedom { get => Require.Made(field); } = Require.Positive(DegreesOfFreedom);

    /// <summary>The median.</summary>
    public double Location { get; } = Require.Real(Location);

    /// <summary>The scale.</summary>
    public double Scale { get => Require.Made(field); } = Require.Positive(Scale);

    /// <summary>The location; NaN with at most 1 degree of freedom.</summary>
    public double Mean => DegreesOfFreedom > 1 ? Location : double.NaN;

    /// <summary>Infinite with at most 2 degrees of freedom, NaN with at most 1.</summary>
    public double Variance => DegreesOfFreedom switch
    {
        > 2 => Scale * Scale * (DegreesOfFreedom / (DegreesOfFreedom - 2)),
        > 1 => double.PositiveInfinity,
        _ => double.NaN,
    };

    /// <inheritdoc/>
    public double Entropy
    {
        get
        {
            double half = 0.5 * DegreesOfFreedom;
            return ((half + 0.5) * (StirlingRemainder.HalfStepOfDigamma(half) + (0.5 / half))) + LogNorm;
        }
    }

    private double LogNorm => LogBeta.Of(0.5 * DegreesOfFreedom, 0.5) + (0.5 * Math.Log(DegreesOfFreedom)) + Math.Log(Scale);

    /// <inheritdoc/>
    public double LogDensity(double value)
    {
        double t = (value - Location) / Scale, square = t * t / DegreesOfFreedom;
        return -((0.5 * (DegreesOfFreedom + 1)) * LogOnePlus(square, t)) - LogNorm;
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double value, Span<double> score)
    {
        Require.Length(score, 3);
        double t = (value - Location) / Scale, nu = DegreesOfFreedom;
        // (nu + 1) t / (nu + t^2), which also holds where t^2 overflows.
        double pull = Math.Abs(t) > 1 ? (nu + 1) / ((nu / t) + t) : (nu + 1) * t / (nu + (t * t));
        double odds = t * t / nu, share = double.IsFinite(odds) ? odds / (1 + odds) : 1;
        // log(1 + odds) - share, of second order in 1 / nu as the digammas are.
        double logs = odds < 0.4 ? -Exponentials.LogRemainder(-share) : LogOnePlus(odds, t) - share;
        score[0] = 0.5 * (StirlingRemainder.HalfStepOfDigamma(0.5 * nu) - logs + (share / nu));
        score[1] = pull / Scale;
        score[2] = ((pull * t) - 1) / Scale;
        return -pull / Scale;
    }

    /// <inheritdoc/>
    public void EntropyGradient(Span<double> gradient)
    {
        Require.Length(gradient, 3);
        // (nu + 1) / 4 (psi'(x + 1/2) - psi'(x)) + 1 / 2 nu with x = nu / 2; the parts of first order cancel.
        double x = 0.5 * DegreesOfFreedom, above = x + 0.5;
        double second = StirlingRemainder.Second(above) - StirlingRemainder.Second(x) - (((0.5 * x) + 0.125) / (x * x * above * above));
        gradient[0] = 0.5 * above * second;
        gradient[1] = 0;
        gradient[2] = 1 / Scale;
    }

    /// <inheritdoc/>
    public double Sample(RandomStream random)
    {
        double half = 0.5 * DegreesOfFreedom, z = random.NextNormal();
        double spread = Math.Exp(0.5 * (Math.Log(half) - GammaSampler.NextLog(random, half)));
        return Draw.Finite(Location + (Scale * Draw.Finite(z * Draw.Finite(spread))));
    }

    /// <summary>dx / d parameter at a fixed value of the distribution function.</summary>
    /// <remarks>
    /// In the degrees of freedom nu: t^2 / (nu + t^2) has a beta distribution with parameters 1/2 and nu/2. Where nu is so
    /// large that the beta quantile keeps too few digits of the difference from the normal one, by the expansion of the
    /// normal quantile in 1 / nu (Fisher 1925).
    /// </remarks>
    /// <inheritdoc/>
    public void SampleGradient(double value, Span<double> gradient)
    {
        Require.Length(gradient, 3);
        double t = (value - Location) / Scale, nu = DegreesOfFreedom;
        gradient[0] = Scale * (nu > 1000 * (1 + (t * t)) ? FarFromCauchy(t, nu) : ByBeta(t, nu));
        gradient[1] = 1;
        gradient[2] = t;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"StudentT({DegreesOfFreedom}, {Location}, {Scale})");

    // log(1 + t^2 / nu); t^2 overflows before its logarithm does.
    private double LogOnePlus(double odds, double t)
        => double.IsInfinity(odds) ? (2 * Math.Log(Math.Abs(t))) - Math.Log(DegreesOfFreedom) : Exponentials.Log1p(odds);

    // |t| = sqrt(nu v / w), w = 1 - v: v is a beta quantile of (1/2, nu/2), w of (nu/2, 1/2), and the smaller keeps its digits.
    private static double ByBeta(double t, double nu)
    {
        double square = t * t, half = 0.5 * nu, v = square / (nu + square), w = nu / (nu + square);
        if (t == 0)
            return 0;
        if (v < w)
            return t * ((0.5 / nu) + (0.25 * BetaSample.Gradient(0.5, half, v).B / v / w));
        if (w > FarTail)
            return t * ((0.5 / nu) - (0.25 * BetaSample.Gradient(half, 0.5, w).A / v / w));
        // There the distribution function is w^half / (half B(half, 1/2)).
        double logW = Math.Log(nu) - (2 * Math.Log(Math.Abs(t)));
        return t * ((0.5 / nu) - (0.25 / half * ((1 / half) + Digamma.Of(half) - Digamma.Of(half + 0.5) - logW)));
    }

    // z(t, nu) = t - (t^3 + t) / 4 nu + (13 t^5 + 8 t^3 + 3 t) / 96 nu^2 - (35 t^7 + 19 t^5 + t^3 - 15 t) / 384 nu^3 + ... is normal:
    // dt / d nu = -(dz / d nu) / (dz / dt).
    private static double FarFromCauchy(double t, double nu)
    {
        double s = t * t, r = 1 / nu;
        double byNu =
            t * r * r * (((s + 1) / 4) - (r * ((((13 * s) + 8) * s) + 3) / 48) + (r * r * ((((((35 * s) + 19) * s) + 1) * s) - 15) / 128));
        double byT = 1 - (r * ((3 * s) + 1) / 4) + (r * r * ((((65 * s) + 24) * s) + 3) / 96)
            - (r * r * r * ((((((245 * s) + 95) * s) + 3) * s) - 15) / 384);
        return -byNu / byT;
    }
}
