using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Readouts;

[Trait("Registers", "Narrow")]
public sealed unsafe class ReservoirDriveTests
{
    private const int Lanes = RidgeStatistics.Lanes;

    [Theory]
    [InlineData("dense", 0)]
    [InlineData("sparse", 0)]
    [InlineData("deep", 0)]
    [InlineData("feedback", 0)]
    [InlineData("feedback alone", 0)]
    [InlineData("sparse", 0.01)]
    [InlineData("deep", 0.01)]
    public void Segments_side_by_side_have_the_states_of_one_run(string kind, double noise)
    {
        TeachingSeries[] series = [Series(3000, 1), Series(1700, 2), Series(70, 3)];
        Reservoir reservoir = Draw(kind);
        ReservoirDrive drive = new(reservoir, series, noise, seed: 5);
        int? forgetting = drive.Forgetting(700, default);
        Assert.NotNull(forgetting);
        List<Segment> segments = Segment.Cut([3000, 1700, 70], forgetting);
        Assert.True(segments.Count > 3);
        double[][][] expected = [.. series.Select((s, index) => SequentialStates.Of(reservoir, s, noise, 5, index))];

        int[] compared = new int[series.Length];
        foreach (Segment[] panel in segments.Chunk(Lanes))
            drive.Run(panel, null, (states, rows) =>
            {
                for (int lane = 0; lane < panel.Length; lane++)
                    if (rows[lane] >= panel[lane].Counted)
                    {
                        compared[panel[lane].Series]++;
                        for (int i = 0; i < reservoir.Units; i++)
                            Assert.Equal(expected[panel[lane].Series][rows[lane]][i], states[(i * Lanes) + lane], 1e-10);
                    }
                return true;
            }, default);

        Assert.Equal([3000, 1700, 70], compared);
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("sparse")]
    [InlineData("deep")]
    public void A_lane_begins_at_the_state_it_is_given(string kind)
    {
        TeachingSeries[] series = [Series(30, 1)];
        Reservoir reservoir = Draw(kind);
        double[][] expected = SequentialStates.Of(reservoir, series[0]);
        Segment[] segments = [.. Enumerable.Range(0, 3).Select(lane => new Segment(0, 10 + lane, 10 + lane, 30 - lane))];
        int steps = 0;
        new ReservoirDrive(reservoir, series, 0, 0).Run(segments, [expected[9], expected[10], expected[11]], (states, rows) =>
        {
            Assert.Equal([-1, -1, -1, -1, -1], rows[3..].ToArray());
            for (int lane = 0; lane < 3; lane++)
            {
                Assert.Equal(10 + lane + steps < 30 - lane ? 10 + lane + steps : -1, rows[lane]);
                for (int i = 0; i < reservoir.Units && rows[lane] >= 0; i++)
                    Assert.Equal(expected[rows[lane]][i], states[(i * Lanes) + lane], 1e-12);
            }
            steps++;
            return true;
        }, default);
        Assert.Equal(20, steps);
    }

    [Fact]
    public void Forgetting_is_how_long_two_states_stay_apart()
    {
        // A linear reservoir forgets at the rate of its spectral radius; on a ring all directions do.
        Reservoir reservoir = new(
            2, new() { Units = 20, Topology = ReservoirTopology.Ring, SpectralRadius = 0.9, Activation = Activation.Identity, Leak = 1 });
        int? forgetting = new ReservoirDrive(reservoir, [Series(3000, 1)], 0, 0).Forgetting(1000, default);
        double apart = Math.Log(1e-13) / Math.Log(0.9);
        Assert.InRange(forgetting!.Value, 1.5 * apart * 0.95, (1.5 * apart * 1.05) + 8);
        Assert.Null(new ReservoirDrive(reservoir, [Series(3000, 1)], 0, 0).Forgetting((int)(apart * 0.9), default));
    }

    [Fact]
    public void Segments_cover_each_series_once()
    {
        int[] lengths = [5000, 0, 33, 900];
        foreach (int? forgetting in new int?[] { null, 8, 40, 2000 })
        {
            List<Segment> segments = Segment.Cut(lengths, forgetting);
            for (int s = 0; s < lengths.Length; s++)
            {
                int row = 0;
                foreach (Segment segment in segments.Where(segment => segment.Series == s))
                {
                    Assert.Equal(row, segment.Counted);
                    Assert.Equal(Math.Max(0, row - (forgetting ?? 0)), segment.First);
                    row = segment.End;
                }
                Assert.Equal(lengths[s], row);
            }
        }
        Assert.Equal(4, Segment.Cut(lengths, null).Count);
        Assert.True(Segment.Cut(lengths, 8).Count > 60);
    }

    internal static Reservoir Draw(string kind)
    {
        ReservoirOptions options = new()
        {
            Units = 37,
            Connectivity = kind == "dense" ? 1 : 0.1,
            Layers = kind == "deep" ? 3 : 1,
            FeedbackScale = 0.5,
            Leak = 0.9,
            SpectralRadius = 0.4,
            Seed = 4
        };
        return new(kind == "feedback alone" ? 0 : 2, options, kind.Contains("feedback", StringComparison.Ordinal) ? 3 : 0);
    }

    internal static TeachingSeries Series(int rows, ulong seed)
    {
        RandomStream random = new(seed, "series");
        double[] targets = [.. Enumerable.Range(0, rows * 3).Select(_ => random.NextNormal())];
        for (int n = 50; n < targets.Length; n += 97)
            targets[n] = double.NaN;
        return new(
            new([.. Enumerable.Range(0, rows * 2).Select(_ => random.NextNormal())], 2),
            new(targets, 3),
            [.. Enumerable.Range(0, rows).Select(t => (double)(t % 3))]);
    }
}
