using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>f with its derivatives, by differences of its values or of the slopes that a tape gives.</summary>
internal abstract class Exponent
{
    /// <summary>f(x).</summary>
    public abstract double Value(double x);

    /// <summary>f'(x) inside the interval.</summary>
    public abstract double Slope(double x, double step);

    /// <summary>f'(x) at an end of it; the step leads inwards.</summary>
    public abstract double EndSlope(double x, double step);

    /// <summary>f''(x) inside.</summary>
    public abstract Extrapolation.Derivative Curvature(double x, double step);

    /// <summary>f''(x) at an end.</summary>
    public abstract Extrapolation.Derivative EndCurvature(double x, double step);

    /// <summary>A function of which there are only values, with rounding as of values as large as the noise.</summary>
    public sealed class OfValues(Func<double, double> f, double noise) : Exponent
    {
        public override double Value(double x) => f(x);

        public override double Slope(double x, double step) => Extrapolation.First(f, x, step, noise).Value;

        public override double EndSlope(double x, double step) => Extrapolation.FirstOneSided(f, x, step, noise).Value;

        public override Extrapolation.Derivative Curvature(double x, double step) => Extrapolation.Second(f, x, step, noise);

        public override Extrapolation.Derivative EndCurvature(double x, double step) => Extrapolation.SecondOneSided(f, x, step, noise);
    }

    /// <summary>A function with its slope, which is known as well as its values.</summary>
    public sealed class OfSlopes(Func<double, double> f, Func<double, double> slope) : Exponent
    {
        public override double Value(double x) => f(x);

        public override double Slope(double x, double step) => slope(x);

        public override double EndSlope(double x, double step) => slope(x);

        public override Extrapolation.Derivative Curvature(double x, double step) => Extrapolation.First(slope, x, step, 0);

        public override Extrapolation.Derivative EndCurvature(double x, double step) => Extrapolation.FirstOneSided(slope, x, step, 0);
    }

    /// <summary>A function on a tape.</summary>
    public static OfSlopes OnTape(Func<Tape<double>, Variable<double>, Variable<double>> f) => new(
        x =>
        {
            using Tape<double> tape = new();
            return f(tape, tape.Constant(x)).Scalar;
        },
        x => Gradient.Of(f, new(1, 1), [x]).Gradient[0]);
}
