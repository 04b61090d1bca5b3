using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>int_0^end e^-fall(u) (1, first(u), second(u)) du over a <see cref="ITail"/>, by Gauss-Legendre panels.</summary>
/// <remarks>
/// With the density written in a variable in which it is smooth, in the way Gaussians and exponentials are, twenty
/// points reach double precision on a panel over which it falls by e^-20. Nothing is subtracted, so the relative
/// accuracy holds however far out the tail begins.
/// </remarks>
internal static class TailIntegral
{
    /// <summary>A fall after which nothing is left: e^-40 is lost beside 1 in double precision.</summary>
    public const double Negligible = 40;

    private const double Enough = 38, TooMuch = 45, WidestPanel = 3;

    private static readonly double[] Nodes =
    [
        0.99312859918509492479, 0.96397192727791379127, 0.91223442825132590587, 0.83911697182221882339, 0.74633190646015079261,
        0.63605368072651502545, 0.510867001950827098, 0.37370608871541956067, 0.22778585114164507808, 0.076526521133497333755,
    ];

    private static readonly double[] Weights =
    [
        0.017614007139152118312, 0.040601429800386941331, 0.06267204833410906357, 0.083276741576704748725, 0.10193011981724043504,
        0.11819453196151841731, 0.1316886384491766269, 0.14209610931838205133, 0.14917298647260374679, 0.1527533871307258507,
    ];

    /// <summary>The three integrals.</summary>
    /// <param name="tail">The density and the factors.</param>
    /// <param name="limit">Where to stop even though the density has not vanished.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Mass, double First, double Second) Over<TTail>(in TTail tail, double limit = double.PositiveInfinity)
        where TTail : struct, ITail
    {
        double end = End(tail, limit);
        int panels = Math.Max(2, (int)Math.Ceiling(end / WidestPanel));
        double half = 0.5 * end / panels;
        double mass = 0, first = 0, second = 0;
        for (int panel = 0; panel < panels; panel++)
        {
            double centre = half * ((2 * panel) + 1);
            for (int i = 0; i < Nodes.Length; i++)
            {
                double step = half * Nodes[i];
                double below = Weights[i] * Math.Exp(-tail.Fall(centre - step, out double firstBelow, out double secondBelow));
                double above = Weights[i] * Math.Exp(-tail.Fall(centre + step, out double firstAbove, out double secondAbove));
                mass += below + above;
                first += (below * firstBelow) + (above * firstAbove);
                second += (below * secondBelow) + (above * secondAbove);
            }
        }
        return (half * mass, half * first, half * second);
    }

    // Where the density has vanished: Newton's method, which on a convex function comes down on the solution from the far side.
    private static double End<TTail>(in TTail tail, double limit)
        where TTail : struct, ITail
    {
        double slope = tail.InitialSlope;
        double end = Math.Min(limit, 2 * Negligible / (slope + Math.Sqrt((slope * slope) + (2 * Negligible * tail.InitialCurvature))));
        for (int i = 0; i < 50; i++)
        {
            double fall = tail.Fall(end, out double slopeHere);
            if (fall is >= Enough and <= TooMuch) break;
            double next = end - ((fall - Negligible) / slopeHere);
            if (next >= limit) return limit;
            end = next;
        }
        return end;
    }
}
