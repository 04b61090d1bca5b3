namespace Attractor.Differentiation;

/// <summary>How far a gradient is from central differences.</summary>
/// <param name="RelativeError">The largest |analytic - numeric| over the components, divided by the largest |numeric|.</param>
/// <param name="Index">The component with the largest error.</param>
/// <param name="Analytic">The gradient under test.</param>
/// <param name="Numeric">The central differences.</param>
public sealed record GradientCheck(double RelativeError, int Index, IReadOnlyList<double> Analytic, IReadOnlyList<double> Numeric)
{
    internal static GradientCheck Compare(double[] analytic, double[] numeric)
    {
        double scale = 0, worst = 0;
        int index = 0;
        for (int i = 0; i < numeric.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(numeric[i]));
            double error = Math.Abs(analytic[i] - numeric[i]);
            if (error > worst || double.IsNaN(error))
                (worst, index) = (error, i);
        }
        return new(worst == 0 ? 0 : worst / scale, index, analytic, numeric);
    }
}
