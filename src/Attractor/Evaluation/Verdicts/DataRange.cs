namespace Attractor.Evaluation;

/// <summary>Where data lie, variable by variable, with a margin of a tenth.</summary>
/// <param name="Low">N lower ends.</param>
/// <param name="High">N upper ends.</param>
internal readonly record struct DataRange(double[] Low, double[] High)
{
    private const double Margin = 0.1;

    public static DataRange Of(TimeSeries data)
    {
        double[] low = new double[data.Dimension], high = new double[data.Dimension];
        for (int n = 0; n < low.Length; n++)
        {
            double[] column = data.Column(n);
            (double least, double most) = (column.Min(), column.Max());
            (low[n], high[n]) = (least - (Margin * (most - least)), most + (Margin * (most - least)));
        }
        return new(low, high);
    }

    /// <summary>Whether most rows of a series lie outside.</summary>
    public bool IsOutside(TimeSeries series)
    {
        int outside = 0;
        for (int t = 0; t < series.Length; t++)
            for (int n = 0; n < Low.Length; n++)
                if (!(series[t, n] >= Low[n] && series[t, n] <= High[n]))
                {
                    outside++;
                    break;
                }
        return 2 * outside > series.Length;
    }
}
