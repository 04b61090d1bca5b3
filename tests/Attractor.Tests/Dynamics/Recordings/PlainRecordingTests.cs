using Attractor.Dynamics;

namespace Attractor.Tests.Dynamics.Recordings;

/// <summary>Methods for recordings against plain loops that do what their papers say.</summary>
public sealed class PlainRecordingTests
{
    [Fact]
    public void Kantz_follows_the_newest_coordinate_of_an_embedding()
    {
        const int Window = 4, Steps = 8;
        const double Radius = 0.15;
        double[] x = Henon(500);
        DivergenceOfNeighbours found = LyapunovFromData.Kantz(
            new TimeSeries(x, 1),
            Radius,
            new() { EmbeddingDimension = 2, Delay = 1, TheilerWindow = Window, Steps = Steps, Region = (0, 4) });
        int rows = x.Length - 1, last = rows - 1 - Steps;
        // Point t is (x[t + 1], x[t]): the newest first.
        double mean0 = x.Skip(1).Average(), mean1 = x.SkipLast(1).Average();
        double variance = x.Skip(1).Average(v => (v - mean0) * (v - mean0)) + x.SkipLast(1).Average(v => (v - mean1) * (v - mean1));
        double reach = Radius * Math.Sqrt(variance);
        double[] sums = new double[Steps + 1];
        int[] counts = new int[Steps + 1];
        for (int t = 0; t <= last; t++)
        {
            List<int> near = [];
            for (int j = 0; j <= last; j++)
                if (Math.Abs(t - j) > Window && Math.Sqrt(Square(x[t + 1] - x[j + 1]) + Square(x[t] - x[j])) <= reach)
                    near.Add(j);
            if (near.Count < 10)
                continue;
            for (int step = 0; step <= Steps; step++)
                if (near.Average(j => Math.Abs(x[t + 1 + step] - x[j + 1 + step])) is > 0 and var mean)
                {
                    sums[step] += Math.Log(mean);
                    counts[step]++;
                }
        }
        Assert.InRange(counts[0], 50, last + 1);
        for (int step = 0; step <= Steps; step++)
            Assert.Equal(sums[step] / counts[step], found.Curve[step], 1e-9);
    }

    [Theory]
    [InlineData(1e12, 0, 1)]
    [InlineData(1e12, 1e12, 0)]
    [InlineData(0, 1e12, 1)]
    public void Either_criterion_alone_makes_a_neighbour_false(double ratio, double size, double expected)
        => Assert.Equal(expected, FalseNearestNeighbours.Of(Henon(400), 1, most: 2, window: 3, ratio, size).Fractions[0]);

    [Fact]
    public void Neighbours_are_false_beyond_the_size_of_the_attractor()
    {
        const int Window = 3;
        const double Size = 0.5;
        double[] x = Henon(400);
        double mean = x.Average(), deviation = Math.Sqrt(x.Average(v => Square(v - mean)));
        int falses = 0, counted = 0, end = x.Length - 1;
        for (int t = 0; t < end; t++)
        {
            int nearest = -1;
            for (int j = 0; j < end; j++)
                if (Math.Abs(t - j) > Window && (nearest < 0 || Math.Abs(x[t] - x[j]) < Math.Abs(x[t] - x[nearest])))
                    nearest = j;
            double distance = Math.Abs(x[t] - x[nearest]), further = Math.Abs(x[t + 1] - x[nearest + 1]);
            if (distance <= 0)
                continue;
            counted++;
            falses += Math.Sqrt(Square(distance) + Square(further)) / deviation > Size ? 1 : 0;
        }
        Assert.InRange(falses, 20, counted - 20);
        Assert.Equal(
            (double)falses / counted,
            FalseNearestNeighbours.Of(x, 1, most: 1, window: Window, ratio: 1e12, size: Size).Fractions[0],
            1e-12);
    }

    [Fact]
    public void The_first_minimum_is_where_the_curve_turns()
    {
        Assert.Equal(2, MutualInformation.FirstMinimum([3, 2, 1, 2, 0, 5]));
        Assert.Equal(1, MutualInformation.FirstMinimum([3, 1, 1, 2]));
        Assert.Null(MutualInformation.FirstMinimum([3, 2, 1, 0.5]));
        Assert.Null(MutualInformation.FirstMinimum([1, 1, 1]));
        Assert.Null(MutualInformation.FirstMinimum([]));
    }

    private static double Square(double value) => value * value;

    private static double[] Henon(int count)
    {
        double[] values = new double[count];
        (double x, double y) = (0.1, 0.1);
        for (int t = -100; t < count; t++)
        {
            (x, y) = (1 - (1.4 * x * x) + y, 0.3 * x);
            if (t >= 0)
                values[t] = x;
        }
        return values;
    }
}
