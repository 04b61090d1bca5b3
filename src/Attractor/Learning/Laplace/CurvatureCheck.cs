using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Learning;

/// <summary>Whether a log density falls from a point in all directions as its second derivatives there say.</summary>
/// <remarks>
/// Along every unconstrained number and every eigenvector of H, in units of 1 / sqrt(H_ii), the log density is looked at a tenth of a
/// predicted standard deviation away on both sides, where it should have fallen by 0.005, and at twice that, where it should have fallen
/// four times as far. That holds or fails whatever the units, and tells a curvature that is small from one that is rounding.
/// </remarks>
internal static class CurvatureCheck
{
    private const double Distance = 0.1, Fall = 0.005, Factor = 3, Far = 10, LongestDeviation = 1e8;

    // A parabola falls four times as far at twice the distance, a kink twice as far.
    private const double SmoothRatio = 2.8;

    /// <summary>
    /// How the point looks, and along which direction of the unconstrained numbers, towards infinity where it is unbounded.
    /// </summary>
    public static (TrainingEnding Ending, double[] Direction) Of(TargetFunction target, double[] point, ObservedInformation information)
    {
        int d = point.Length;
        double[] scales = information.Scales;
        Matrix<double> scaled = Matrix<double>.Build.Dense(d, d, (i, j) => information.Matrix[(i * d) + j] * scales[i] * scales[j]);
        // A row that could not be measured has no eigenvectors.
        for (int i = 0; i < d; i++)
            if (!double.IsFinite(scaled[i, i]) || !double.IsFinite(scaled.Row(i).Sum()))
                return (TrainingEnding.NotConverged, Unit(d, i));
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> eigen = scaled.Evd(Symmetricity.Symmetric);
        // The numbers themselves first: eigenvectors of equal curvature may be any mixture of them.
        IEnumerable<(double Curvature, double[] Direction)> directions =
        [
            .. Enumerable.Range(0, d).Select(i => (scaled[i, i], Array.ConvertAll(Unit(d, i), x => scales[i] * x))),
            .. Enumerable.Range(0, d).Select(
                k => (eigen.EigenValues[k].Real, scales.Select((s, i) => s * eigen.EigenVectors[i, k]).ToArray())),
        ];
        double here = Value(target, point, new double[d], 0);
        foreach ((double curvature, double[] direction) in directions)
        {
            double deviation = Math.Min(1 / Math.Sqrt(Math.Abs(curvature)), LongestDeviation);
            (TrainingEnding ending, int sign) = Judge(curvature, distance => here - Value(target, point, direction, distance * deviation));
            if (ending != TrainingEnding.Converged)
                return (ending, Array.ConvertAll(direction, x => sign * x));
        }
        return (TrainingEnding.Converged, []);
    }

    // What the fall of the log density at distances in predicted standard deviations says, and on which side.
    private static (TrainingEnding Ending, int Sign) Judge(double curvature, Func<double, double> fall)
    {
        const double least = Fall / Factor, most = Fall * Factor;
        double before = fall(-Distance), behind = fall(Distance);
        if (curvature < 0 && Math.Min(before, behind) < -least)
            return (TrainingEnding.Saddle, 1);
        bool isLevelBefore = !(before > least), isLevelBehind = !(behind > least);
        if (isLevelBefore != isLevelBehind)
        {
            int side = isLevelBefore ? -1 : 1;
            if (fall(side * Far) < Far * Fall)
                return (TrainingEnding.Unbounded, side);
        }
        if ((isLevelBefore && isLevelBehind) || !(curvature > 0)
            || Math.Min(before, behind) > most || Math.Max(before, behind) > Factor * most)
            return (TrainingEnding.FlatDirection, 1);
        double ratio = (fall(-2 * Distance) + fall(2 * Distance)) / (before + behind);
        return (ratio < SmoothRatio ? TrainingEnding.NotConverged : TrainingEnding.Converged, 1);
    }

    private static double[] Unit(int d, int i)
    {
        double[] unit = new double[d];
        unit[i] = 1;
        return unit;
    }

    private static double Value(TargetFunction target, double[] point, double[] direction, double distance)
    {
        double[] value = new double[1];
        target.Evaluate([.. point.Select((x, i) => x + (distance * direction[i]))], value, []);
        return value[0];
    }
}
