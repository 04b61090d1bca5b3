using Attractor.Data;
using Attractor.Numerics;
using MathNet.Numerics;

namespace Attractor.Tests.Data;

public sealed class WindowSamplerTests
{
    // Rows 3 and 7 of the second trial are gaps, the third trial is too short, and the fourth just fits.
    private static readonly TimeSeries[] s_trials =
    [
        Trial(6),
        Trial(12, 3, 7),
        Trial(2),
        Trial(3),
    ];

    private static readonly WindowStart[] s_starts =
    [
        new(0, 0), new(0, 1), new(0, 2), new(0, 3), new(1, 0), new(1, 4), new(1, 8), new(1, 9), new(3, 0),
    ];

    [Fact]
    public void Every_window_without_a_gap_is_counted_once()
    {
        WindowSampler sampler = new(s_trials, 3);
        Assert.Equal(s_starts.Length, sampler.Count);
        Assert.Equal(s_starts, Enumerable.Range(0, s_starts.Length).Select(i => sampler.At(i)));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.At(s_starts.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.At(-1));
    }

    [Fact]
    public void Windows_agree_with_a_search_over_all_rows()
    {
        RandomStream stream = new(1, "gaps");
        TimeSeries[] trials = [.. Enumerable.Range(0, 20).Select(
            _ => Trial((int)stream.NextInt64(60), [.. Enumerable.Range(0, 3).Select(_ => (int)stream.NextInt64(60))]))];
        for (int points = 1; points < 20; points++)
        {
            List<WindowStart> expected = [];
            for (int i = 0; i < trials.Length; i++)
            {
                for (int row = 0; row + points <= trials[i].Length; row++)
                {
                    if (trials[i].Slice(row, points).FindNonFinite() is null)
                        expected.Add(new(i, row));
                }
            }
            WindowSampler sampler = new(trials, points);
            Assert.Equal(expected, Enumerable.Range(0, (int)sampler.Count).Select(i => sampler.At(i)));
        }
    }

    [Fact]
    public void Draws_are_uniform_over_all_windows()
    {
        WindowSampler sampler = new(s_trials, 3);
        WindowStart[] starts = new WindowStart[45_000];
        sampler.Sample(new RandomStream(2, "windows"), starts);
        double chiSquare = s_starts.Sum(start => Math.Pow(starts.Count(drawn => drawn == start) - 5000, 2) / 5000);
        Assert.True(SpecialFunctions.GammaUpperRegularized((s_starts.Length - 1) / 2.0, chiSquare / 2) > 0.001);
    }

    [Fact]
    public void Draws_repeat_with_the_stream_and_do_not_allocate()
    {
        WindowSampler sampler = new(s_trials, 3);
        WindowStart[] first = new WindowStart[16], second = new WindowStart[16];
        RandomStream stream = new(2, "windows");
        for (int warmUp = 0; warmUp < 100; warmUp++)
            sampler.Sample(stream, first);
        stream.Seek(5);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sampler.Sample(stream, first);
        stream.Seek(5);
        sampler.Sample(stream, second);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(first, second);
    }

    [Fact]
    public void When_nothing_fits_the_longest_run_is_named()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new WindowSampler(s_trials, 7));
        Assert.StartsWith(
            "No window of 7 points fits: the longest run of rows without a gap has 6 (trial 0, from row 0)",
            e.Message,
            StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => new WindowSampler([Trial(1, 0)], 1));
        Assert.Contains("has 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_of_different_variables_and_no_points_are_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new WindowSampler([Trial(5), new TimeSeries(new double[9], 3)], 2));
        Assert.StartsWith("Trial 1 has 3 variables, expected 2 as in trial 0", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new WindowSampler([], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowSampler([Trial(5)], 0));
    }

    private static TimeSeries Trial(int rows, params int[] gaps)
    {
        double[] values = new double[rows * 2];
        foreach (int gap in gaps.Where(gap => gap < rows))
            values[(gap * 2) + (gap % 2)] = gap % 3 == 0 ? double.NaN : double.PositiveInfinity;
        return new(values, 2);
    }
}
