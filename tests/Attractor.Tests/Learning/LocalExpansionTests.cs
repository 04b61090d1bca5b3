using Attractor.Learning;
using Attractor.Systems;

namespace Attractor.Tests.Learning;

public sealed class LocalExpansionTests
{
    private const int Window = 200;

    // x' = r x (1 - x): its derivative is known, and so is its growth over each of the same windows.
    [Fact]
    public void On_the_logistic_map_it_is_that_of_the_derivative()
    {
        TimeSeries orbit = KnownSystems.Find("logistic").Simulate(50 * Window);
        double r = orbit[1, 0] / (orbit[0, 0] * (1 - orbit[0, 0]));
        double expected = Enumerable.Range(0, 50).Max(w => Math.Exp(
            Enumerable.Range(w * Window, Window).Average(t => Math.Log(Math.Abs(r * (1 - (2 * orbit[t, 0])))))));
        Assert.Equal(expected, LocalExpansion.Of([orbit.Standardize()], Window), 0.05 * expected);
    }

    // x' = 1 - 1.4 x^2 + y, y' = 0.3 x in units of the deviations: of two variables the direction turns from row to row.
    [Fact]
    public void On_the_Henon_map_it_is_that_of_products_of_its_Jacobians()
    {
        TimeSeries orbit = KnownSystems.Find("henon").Simulate(50 * Window);
        double ratio = Deviation(orbit.Column(1)) / Deviation(orbit.Column(0));
        double expected = Enumerable.Range(0, 50).Max(w =>
        {
            (double u, double v, double sum) = (Math.Sqrt(0.5), Math.Sqrt(0.5), 0);
            for (int t = w * Window; t < (w + 1) * Window; t++)
            {
                (u, v) = ((-2.8 * orbit[t, 0] * u) + (ratio * v), 0.3 / ratio * u);
                double norm = double.Hypot(u, v);
                (u, v, sum) = (u / norm, v / norm, sum + Math.Log(norm));
            }
            return Math.Exp(sum / Window);
        });
        Assert.Equal(expected, LocalExpansion.Of([orbit], Window), 0.05 * expected);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
    }

    // exp(dt lambda) of Lorenz-63 with lambda = 0.906 on average, more over the window that expands most.
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.05)]
    public void On_a_flow_it_goes_with_the_time_step(double dt)
    {
        double n = LocalExpansion.Of([Lorenz63.Default.Simulate(20_000, dt).Standardize()], Window);
        Assert.InRange(Math.Log(n) / dt, 0.906, 4);
    }

    [Fact]
    public void Gaps_and_short_trials_are_left_out_and_what_is_there_serves()
    {
        TimeSeries orbit = KnownSystems.Find("logistic").Simulate(4000).Standardize();
        double[] values = orbit.Values.ToArray();
        values[1000] = double.NaN;
        double whole = LocalExpansion.Of([orbit], Window);
        Assert.Equal(whole, LocalExpansion.Of([new(values, 1)], Window), 0.1 * whole);
        Assert.Equal(whole, LocalExpansion.Of([orbit.Slice(0, 150), orbit.Slice(150, 100)], Window), 0.2 * whole);
        Assert.Throws<ArgumentException>(() => LocalExpansion.Of([]));
    }

    [Theory]
    [InlineData(0.9, 0.02)]
    [InlineData(1, 0.02)]
    [InlineData(1.03, 0.112)]
    [InlineData(1.2, 0.518)]
    [InlineData(3, 0.9)]
    public void The_forcing_undoes_the_growth_of_four_steps_in_one_within_limits(double n, double alpha)
        => Assert.Equal(alpha, LocalExpansion.ForcingStrength(n), 1e-12);
}
