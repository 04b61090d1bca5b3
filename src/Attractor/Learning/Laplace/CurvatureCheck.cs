using Attractor.Learning.Estimators;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Learning.Laplace;

/// <summary>Whether a log density falls from a point in all directions as its second derivatives there say.</summary>
/// <remarks>
/// Along every eigenvector of H, in units of 1 / sqrt(H_ii), the log density is looked at a tenth of a predicted standard deviation away on both sides, where it should have fallen by 0.005. That holds or fails whatever the units, and
/// tells a curvature that is small from one that is rounding.
/// </remarks>
internal static class CurvatureCheck
{
    private const double Distance = 0.1, Fall = 0.005, Factor = 3, LongestDeviation = 1e8;

    /// <summary>How the point looks, and along which direction of the unconstrained numbers, towards infinity where it is unbounded.</summary>
    public static (LaplaceEnding Ending, double[] Direction) Of(TargetFunction target, double[] point, ObservedInformation information)
    {
        int d = point.Length;
        double[] scales = information.Scales;
        Matrix<double> scaled = Matrix<double>.Build.Dense(d, d, (i, j) => information.Matrix[(i * d) + j] * scales[i] * scales[j]);
        // A row that could not be measured has no eigenvectors.
        for (int i = 0; i < d; i++)
            if (!double.IsFinite(scaled[i, i]) || !double.IsFinite(scaled.Row(i).Sum()))
                return (LaplaceEnding.NotConverged, Unit(d, i));
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> eigen = scaled.Evd(Symmetricity.Symmetric);
        double here = Value(target, point, new double[d], 0);
        for (int k = 0; k < d; k++)
        {
            double curvature = eigen.EigenValues[k].Real, deviation = Math.Min(1 / Math.Sqrt(Math.Abs(curvature)), LongestDeviation);
            double[] direction = [.. Enumerable.Range(0, d).Select(i => scales[i] * eigen.EigenVectors[i, k])];
            double before = here - Value(target, point, direction, -Distance * deviation), behind = here - Value(target, point, direction, Distance * deviation);
            LaplaceEnding ending = Judge(curvature, before, behind, side => here - Value(target, point, direction, side * 10 * deviation));
            if (ending == LaplaceEnding.Converged)
                continue;
            double sign = ending == LaplaceEnding.Unbounded && before < behind ? -1 : 1;
            return (ending, Array.ConvertAll(direction, x => sign * x));
        }
        return (LaplaceEnding.Converged, []);
    }

    private static LaplaceEnding Judge(double curvature, double before, double behind, Func<int, double> far)
    {
        const double least = Fall / Factor, most = Fall * Factor;
        if (curvature < 0 && Math.Min(before, behind) < -least)
            return LaplaceEnding.Saddle;
        bool isLevelBefore = !(before > least), isLevelBehind = !(behind > least);
        if (isLevelBefore != isLevelBehind)
            return far(isLevelBefore ? -1 : 1) < 10 * Fall ? LaplaceEnding.Unbounded : curvature > 0 ? LaplaceEnding.Converged : LaplaceEnding.FlatDirection;
        return isLevelBefore || curvature <= 0 || (before > most && behind > most) ? LaplaceEnding.FlatDirection : LaplaceEnding.Converged;
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
