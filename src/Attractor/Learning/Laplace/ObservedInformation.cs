namespace Attractor.Learning;

/// <summary>H, the observed information: the negative Hessian of a log density, from differences of its gradient.</summary>
/// <remarks>
/// Central differences of sixth order: f' (3/4, -3/20, 1/60 at one, two and three steps on both sides). A step is a fiftieth of
/// 1 / sqrt(H_ii), the scale on which the density changes, so that both truncation and rounding stay some ten digits below H, whatever the
/// units; since H sets the step, the measurement is repeated until the scales stay.
/// </remarks>
internal sealed class ObservedInformation
{
    private const int MostPasses = 16, MostShrinks = 12;
    private const double Step = 0.02, Level = 1e-4, Growth = 100;

    private static ReadOnlySpan<double> Shifts => [-3, -2, -1, 1, 2, 3];

    private static ReadOnlySpan<double> Weights => [-1.0 / 60, 3.0 / 20, -3.0 / 4, 3.0 / 4, -3.0 / 20, 1.0 / 60];

    private ObservedInformation(double[] matrix, double[] scales) => (Matrix, Scales) = (matrix, scales);

    /// <summary>H, D x D, symmetric.</summary>
    public double[] Matrix { get; }

    /// <summary>1 / sqrt(H_ii), or the last scale tried where H_ii is not above 0.</summary>
    public double[] Scales { get; }

    /// <summary>Measures H at a point.</summary>
    /// <param name="target">The log density.</param>
    /// <param name="point">D values.</param>
    /// <param name="scales">A first guess of 1 / sqrt(H_ii).</param>
    /// <param name="cancellationToken">Stops between columns.</param>
    public static ObservedInformation At(TargetFunction target, double[] point, double[] scales, CancellationToken cancellationToken)
    {
        int d = point.Length;
        double[] matrix = new double[d * d], current = [.. scales];
        for (int pass = 0; pass < MostPasses; pass++)
        {
            bool settled = true;
            for (int i = 0; i < d; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<double> row = matrix.AsSpan(i * d, d);
                for (int shrink = 0; !Row(target, point, i, Step * current[i], row) && shrink < MostShrinks; shrink++)
                    current[i] /= 10;
                double scale = 1 / Math.Sqrt(row[i]);
                if (!double.IsFinite(scale))
                {
                    // Downwards, or level: then the step may be too short to see a curvature.
                    if (Math.Abs(row[i]) * current[i] * current[i] < Level && pass < MostPasses / 2)
                        (current[i], settled) = (current[i] * Growth, false);
                    continue;
                }
                settled &= scale > current[i] / 2 && scale < current[i] * 2;
                current[i] = scale;
            }
            if (settled)
                break;
        }
        for (int i = 0; i < d; i++)
            for (int j = 0; j < i; j++)
                matrix[(i * d) + j] = matrix[(j * d) + i] = (matrix[(i * d) + j] + matrix[(j * d) + i]) / 2;
        return new(matrix, current);
    }

    private static bool Row(TargetFunction target, double[] point, int i, double step, Span<double> row)
    {
        int d = point.Length, n = Shifts.Length;
        double[] points = new double[n * d], values = new double[n], gradients = new double[n * d];
        for (int k = 0; k < n; k++)
        {
            point.CopyTo(points, k * d);
            points[(k * d) + i] += Shifts[k] * step;
        }
        // As long as the points have it, whatever was rounded off.
        double actual = (points[((n - 1) * d) + i] - points[i]) / (Shifts[n - 1] - Shifts[0]);
        target.Evaluate(points, values, gradients);
        row.Clear();
        bool isFinite = true;
        for (int k = 0; k < n; k++)
        {
            for (int j = 0; j < d; j++)
            {
                row[j] -= Weights[k] / actual * gradients[(k * d) + j];
                isFinite &= double.IsFinite(row[j]);
            }
        }
        return isFinite;
    }
}
