using Attractor.Evaluation;

namespace Attractor.Runs;

/// <summary>What a recording is that no estimator can say anything of, and what makes its answers worse than their error bars.</summary>
internal static class RecordingChecks
{
    // Five rows tell nothing; an estimator that needs more says so itself.
    private const int FewestRows = 20;

    // Values rounded to more than this part of their deviation tie where neighbours are looked for.
    private const double CoarsestRounding = 2e-3;

    // The period of a recording is looked for in as many rows.
    private const int LongestPeriod = 10_000;

    private const int FewestForSpectrum = 16;

    /// <summary>Refuses a recording without dynamics.</summary>
    /// <exception cref="ArgumentException">
    /// It is too short, constant, too large or too small for double precision, or repeats itself exactly.
    /// </exception>
    public static void RequireDynamics(string file, TimeSeries series)
    {
        string name = Path.GetFileName(file);
        if (series.Length < FewestRows)
            throw new ArgumentException(
                $"{name}: {series.Length} rows are too few to tell anything of dynamics: at least {FewestRows} are needed");
        if (Enumerable.Range(0, series.Dimension).All(n => IsConstant(series, n)))
            throw new ArgumentException(FormattableString.Invariant(
                $"{name}: {(series.Dimension == 1 ? "the variable is" : "all variables are")} constant ") + FormattableString.Invariant(
                $"({series[0, 0]} in the first of {series.Length:N0} rows): there are no dynamics to tell of"));
        ReckonableData.Require([series]);
        if (Period(series) is { } period)
            throw new ArgumentException(FormattableString.Invariant(
                $"{name}: repeats itself exactly every {period:N0} rows: a cycle, of which no recording tells exponent or dimension; ")
                + "take one with its noise, or from before it settles");
    }

    /// <summary>Why estimates will be off by more than their error bars; null if nothing says so.</summary>
    public static FormattableString? Warning(TimeSeries series)
    {
        for (int n = 0; n < series.Dimension; n++)
        {
            double[] values = [.. series.Column(n).Where(double.IsFinite)];
            if (values.Length < 2)
                continue;
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            Array.Sort(values);
            double step = double.PositiveInfinity;
            int distinct = 1;
            for (int i = 1; i < values.Length; i++)
                if (values[i] > values[i - 1])
                {
                    step = Math.Min(step, values[i] - values[i - 1]);
                    distinct++;
                }
            // Of values that are not rounded hardly any two are the same.
            if (deviation > 0 && step > CoarsestRounding * deviation && distinct < values.Length / 2)
                return SettingSentence.Join(
                    $"'{series.Names[n]}' has {distinct:N0} different values, {100 * step / deviation:G2} % of its deviation apart: ",
                    $"neighbours tie, and estimates are off by more than their error bars; take more digits");
        }
        return null;
    }

    /// <summary>The period of the largest peak of the power spectrum, in rows; null where there is none.</summary>
    public static double? DominantPeriod(TimeSeries series, int variable)
    {
        if (series.Length < FewestForSpectrum || IsConstant(series, variable) || series.Column(variable).Any(v => !double.IsFinite(v)))
            return null;
        PowerSpectrum spectrum = PowerSpectrum.Of(new(series.Column(variable), 1), 0, smoothing: 1);
        int peak = 1;
        for (int i = 2; i < spectrum.Power.Length; i++)
            peak = spectrum.Power[i] > spectrum.Power[peak] ? i : peak;
        // At the lowest frequency there is a drift, not a period.
        return peak > 1 && peak < spectrum.Power.Length && spectrum.Frequencies[peak] > 0 ? 1 / spectrum.Frequencies[peak] : null;
    }

    private static bool IsConstant(TimeSeries series, int variable)
    {
        double first = series[0, variable];
        for (int t = 1; t < series.Length; t++)
            if (series[t, variable] != first)
                return false;
        return !double.IsNaN(first);
    }

    // The shortest distance at which all rows are the same, to the bit.
    private static int? Period(TimeSeries series)
    {
        int most = Math.Min(LongestPeriod, series.Length / 2);
        for (int period = 1; period <= most; period++)
        {
            ReadOnlySpan<double> late = series.Values[(period * series.Dimension)..];
            if (series.Values[..late.Length].SequenceEqual(late))
                return period;
        }
        return null;
    }
}
