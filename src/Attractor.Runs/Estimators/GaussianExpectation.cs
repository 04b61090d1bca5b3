using System.Globalization;
using MathNet.Numerics.Integration;

namespace Attractor.Runs;

/// <summary>Expectations under q = N(mean, deviation^2), by quadrature.</summary>
/// <remarks>The rule of Gauss and Kronrod in panels of one standard deviation, as far as the density is a number.</remarks>
internal static class GaussianExpectation
{
    // Beyond 37 deviations the density is less than what doubles hold; beyond 8 no sample ever falls.
    private const int Panels = 37, Sampled = 8, Order = 15, Depth = 8;
    private const double Tolerance = 1e-12, Negligible = 1e-9;

    /// <summary>E[f(z)] and its derivatives by the mean and by the logarithm of the deviation.</summary>
    /// <param name="f">f(z).</param>
    /// <param name="mean">Of q.</param>
    /// <param name="deviation">Of q.</param>
    /// <exception cref="ArithmeticException">f is not finite where q has probability.</exception>
    public static (double Value, double[] Gradient) Of(Func<double, double> f, double mean, double deviation) => (
        Integrate(f, mean, deviation, _ => 1),
        [
            Integrate(f, mean, deviation, e => e / deviation),
            Integrate(f, mean, deviation, e => (e * e) - 1),
        ]);

    private static double Integrate(Func<double, double> f, double mean, double deviation, Func<double, double> factor)
    {
        double sum = 0, size = 0, farthest = 0;
        // From outside in: the small parts first.
        for (int panel = Panels - 1; panel >= 0; panel--)
        {
            double left = Panel(-panel - 1, -panel), right = Panel(panel, panel + 1);
            sum += left + right;
            size += Math.Abs(left) + Math.Abs(right);
            // What overflows further out counts as nothing there, and shows in the panel before.
            if (farthest == 0 && panel >= Sampled)
                farthest = size;
        }
        return farthest <= Negligible * size
            ? sum / Math.Sqrt(2 * Math.PI)
            : throw new ArithmeticException(
                "the expression grows so fast that its expectation under q seems not to exist: take a narrower q");

        double Panel(double from, double to) => GaussKronrodRule.Integrate(Integrand, from, to, out _, out _, Tolerance, Depth, Order);

        double Integrand(double e)
        {
            double value = f(mean + (deviation * e));
            if (double.IsFinite(value))
                return factor(e) * Math.Exp(-0.5 * e * e) * value;
            return Math.Abs(e) > Sampled ? 0 : throw NotFinite(f, mean, deviation);
        }
    }

    // Where it is likeliest that a sample finds it.
    private static ArithmeticException NotFinite(Func<double, double> f, double mean, double deviation)
    {
        const int steps = 10;
        double[] distances =
        [
            .. Enumerable.Range(0, (Sampled * steps) + 1).SelectMany(k => (double[])[(double)k / steps, -(double)k / steps])
        ];
        int first = Array.FindIndex(distances, e => !double.IsFinite(f(mean + (deviation * e))));
        string where = first < 0 ? "between samples" : string.Create(
            CultureInfo.InvariantCulture,
            $"at {mean + (deviation * distances[first]):G6}, {Math.Abs(distances[first]):G3} standard deviations from the mean of q");
        return new($"the expression is no finite number {where}, and has no expectation: take a q that is narrower or further away");
    }
}
