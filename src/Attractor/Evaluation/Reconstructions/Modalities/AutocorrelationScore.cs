namespace Attractor.Evaluation;

/// <summary>
/// How far the autocorrelations of the variables are from those of the truth: the mean over variables and lags 1 to <see cref="Lags"/> of
/// their absolute difference, 0 to 2. It holds for counts and levels as for real numbers.
/// </summary>
public sealed class AutocorrelationScore : OrbitScore
{
    /// <summary>The lags that are compared, in rows; of short series a quarter of their rows.</summary>
    public const int Lags = 100;

    /// <inheritdoc/>
    public override string Key => "acf_error";

    /// <inheritdoc/>
    public override string Name => "Autocorrelation error";

    /// <inheritdoc/>
    public override string Explanation => "Mean absolute difference of the autocorrelations of lags 1 to 100, from 0 to 2.";

    /// <inheritdoc/>
    public override double Between(TimeSeries truth, TimeSeries generated, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(generated);
        int lags = Math.Min(Lags, Math.Min(truth.Length, generated.Length) / 4);
        if (lags < 1 || !ComparedRows.IsFinite(generated.Values))
            return double.NaN;
        double sum = 0;
        for (int n = 0; n < truth.Dimension; n++)
        {
            double[] one = Of(truth.Column(n), lags), other = Of(generated.Column(n), lags);
            for (int k = 0; k < lags; k++)
                sum += Math.Abs(one[k] - other[k]);
        }
        return sum / lags / truth.Dimension;
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<TimeSeries> WithoutDynamics(TimeSeries perfect, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [GaussianSurrogate.Of(perfect, options.Seed)];
    }

    // Of the pairs of which both values are there; 0 of a variable that stands still.
    private static double[] Of(double[] values, int lags)
    {
        double[] present = [.. values.Where(double.IsFinite)];
        double mean = present.Length > 0 ? present.Average() : 0;
        double variance = present.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, present.Length);
        double[] correlations = new double[lags];
        for (int k = 1; k <= lags && variance > 0; k++)
        {
            double sum = 0;
            int pairs = 0;
            for (int t = 0; t + k < values.Length; t++)
                if (double.IsFinite(values[t]) && double.IsFinite(values[t + k]))
                {
                    sum += (values[t] - mean) * (values[t + k] - mean);
                    pairs++;
                }
            correlations[k - 1] = pairs > 0 ? sum / pairs / variance : 0;
        }
        return correlations;
    }
}
