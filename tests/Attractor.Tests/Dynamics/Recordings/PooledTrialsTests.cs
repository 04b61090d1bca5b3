using Attractor.Dynamics;

namespace Attractor.Tests.Dynamics.Recordings;

/// <summary>Estimates over several trials against plain loops that never cross a border between two.</summary>
public sealed class PooledTrialsTests
{
    private const int Window = 3;

    [Fact]
    public void A_correlation_sum_counts_pairs_within_trials_and_between_them_but_none_across_a_border()
    {
        TimeSeries[] trials = [Henon(70, 0.1), Henon(110, 0.2), Henon(45, 0.3)];
        CorrelationSum sum = CorrelationSum.OfTrials(trials, new() { TheilerWindow = Window, Pairs = 1_000_000 });
        double[][] points = [.. trials.SelectMany(trial => Enumerable.Range(0, trial.Length).Select(t => trial.Row(t).ToArray()))];
        for (int k = 0; k < sum.Radii.Length; k++)
        {
            long close = 0, all = 0;
            for (int i = 0; i < points.Length; i++)
                for (int j = 0; j < points.Length; j++)
                    if (Math.Abs(i - j) > Window)
                    {
                        all++;
                        close += Square(points[i], points[j]) < sum.Radii[k] * sum.Radii[k] ? 1 : 0;
                    }
            Assert.Equal(close, sum.Pairs[k]);
            Assert.Equal((double)close / all, sum.Values[k], 1e-12);
        }
    }

    [Fact]
    public void Neighbours_may_be_of_two_trials_and_none_is_followed_beyond_its_own()
    {
        const int Steps = 6;
        TimeSeries[] trials = [Henon(120, 0.1), Henon(5, 0.15), Henon(160, 0.2)];
        DivergenceOfNeighbours found = LyapunovFromData.RosensteinOfTrials(
            trials, new() { TheilerWindow = Window, Steps = Steps, Region = (0, 4) });
        // A point: its trial, its row, and its place among those that can be followed.
        (int Trial, int Row)[] starts = [.. trials.SelectMany((trial, n)
            => Enumerable.Range(0, Math.Max(0, trial.Length - Steps)).Select(t => (n, t)))];
        double[] sums = new double[Steps + 1];
        int between = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int best = -1;
            for (int j = 0; j < starts.Length; j++)
                if (Math.Abs(i - j) > Window && (best < 0 || Distance(i, j, 0) < Distance(i, best, 0)))
                    best = j;
            between += starts[i].Trial != starts[best].Trial ? 1 : 0;
            for (int step = 0; step <= Steps; step++)
                sums[step] += Math.Log(Distance(i, best, step));
        }
        Assert.InRange(between, 50, starts.Length - 50);
        for (int step = 0; step <= Steps; step++)
            Assert.Equal(sums[step] / starts.Length, found.Curve[step], 1e-9);

        double Distance(int i, int j, int step) => Math.Sqrt(Square(
            trials[starts[i].Trial].Row(starts[i].Row + step).ToArray(), trials[starts[j].Trial].Row(starts[j].Row + step).ToArray()));
    }

    [Fact]
    public void Many_short_trials_tell_what_one_long_recording_tells()
    {
        TimeSeries whole = Henon(4000, 0.1);
        TimeSeries[] trials = [.. Enumerable.Range(0, 50).Select(i => whole.Slice(80 * i, 80))];
        Assert.Equal(
            CorrelationDimension.Estimate(whole).Value, CorrelationDimension.OfTrials(trials).Value, 0.03);
        // ln 2 for x' = 4 x (1 - x).
        TimeSeries[] logistic = [.. Enumerable.Range(1, 40).Select(n => Logistic(100, 0.0137 * n))];
        Assert.Equal(0.419, LyapunovFromData.RosensteinOfTrials(trials).Exponent, 0.05);
        Assert.Equal(
            Math.Log(2), LyapunovFromData.KantzOfTrials(logistic, options: new() { EmbeddingDimension = 1, Delay = 1 }).Exponent, 0.1);
    }

    [Fact]
    public void One_trial_is_the_recording_to_the_bit()
    {
        TimeSeries whole = Henon(600, 0.1);
        Assert.Equal(CorrelationSum.Of(whole).Values, CorrelationSum.OfTrials([whole]).Values);
        Assert.Equal(LyapunovFromData.Rosenstein(whole).Curve, LyapunovFromData.RosensteinOfTrials([whole]).Curve);
    }

    [Fact]
    public void Trials_without_a_common_form_or_without_rows_are_refused()
    {
        TimeSeries narrow = Logistic(300, 0.3), wide = Henon(300, 0.1);
        Assert.Contains("found 2 and 1", Refusal(() => CorrelationSum.OfTrials([wide, narrow])), StringComparison.Ordinal);
        Assert.Contains("no trial", Refusal(() => LyapunovFromData.RosensteinOfTrials([])), StringComparison.Ordinal);
        Assert.Contains(
            "150 rows in all trials", Refusal(() => LyapunovFromData.RosensteinOfTrials([wide.Slice(0, 75), wide.Slice(75, 75)])),
            StringComparison.Ordinal);

        static string Refusal(Action act) => Assert.Throws<ArgumentException>(act).Message;
    }

    private static TimeSeries Henon(int rows, double start)
    {
        double x = start, y = 0;
        double[] values = new double[2 * rows];
        for (int t = -100; t < rows; t++)
        {
            (x, y) = (1 - (1.4 * x * x) + y, 0.3 * x);
            if (t >= 0)
                (values[2 * t], values[(2 * t) + 1]) = (x, y);
        }
        return new(values, 2);
    }

    private static TimeSeries Logistic(int rows, double start)
    {
        double[] values = new double[rows];
        for (int t = 0; t < rows; t++)
            start = values[t] = 4 * start * (1 - start);
        return new(values, 1);
    }

    private static double Square(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
