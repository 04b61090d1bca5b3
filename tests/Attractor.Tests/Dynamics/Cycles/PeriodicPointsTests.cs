using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Tests.Dynamics.Cycles;

public sealed class PeriodicPointsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_logistic_map_at_4_has_all_its_cycles()
    {
        CycleSet found = PeriodicPoints.Find(new Logistic(), [0.3], new() { MaxOrder = 6, Starts = 2000 }, cancellationToken: Token);
        Assert.Equal([0, 0.75], found.FixedPoints.Select(f => f.Points[0][0]).Order(), (a, b) => Math.Abs(a - b) < 1e-10);
        // (2^k - lower orders) / k.
        Assert.Equal([1, 2, 3, 6, 9], Enumerable.Range(2, 5).Select(k => found.Cycles.Count(c => c.Order == k)));
        Assert.Equal(
            [(5 - Math.Sqrt(5)) / 8, (5 + Math.Sqrt(5)) / 8], found.Cycles[0].Points.Select(p => p[0]), (a, b) => Math.Abs(a - b) < 1e-10);
    }

    [Fact]
    public void Henon_has_the_known_numbers_of_cycles()
    {
        CycleSet found = PeriodicPoints.Find(new Henon(), [0.1, 0.1], new() { MaxOrder = 8, Starts = 1000 }, cancellationToken: Token);
        double Root(double sign) => (-(1 - 0.3) + (sign * Math.Sqrt(((1 - 0.3) * (1 - 0.3)) + (4 * 1.4)))) / (2 * 1.4);
        Assert.Equal([Root(-1), Root(1)], found.FixedPoints.Select(f => f.Points[0][0]).Order(), (a, b) => Math.Abs(a - b) < 1e-10);
        Assert.All(found.FixedPoints, f => Assert.Equal(Stability.Saddle, f.Stability));
        // Biham and Wenzel, Phys. Rev. Lett. 63 (1989), for a = 1.4, b = 0.3.
        Assert.Equal([1, 0, 1, 0, 2, 4, 7], Enumerable.Range(2, 7).Select(k => found.Cycles.Count(c => c.Order == k)));
        // Every step contracts areas by 0.3.
        Assert.All(found.Cycles, c => Assert.Equal(Math.Pow(0.3, c.Order), c.Eigenvalues.Aggregate(1.0, (p, e) => p * e.Magnitude), 1e-6));
    }

    [Fact]
    public void The_equilibria_of_Lorenz_are_fixed_points_of_its_flow()
    {
        CycleSet found = PeriodicPoints.Find(
            Lorenz63.Default.ToMap(0.05, new DormandPrince54()), [1, 2, 20], new() { MaxOrder = 1 }, cancellationToken: Token);
        double r = Math.Sqrt(8.0 / 3 * 27);
        Assert.Equal(3, found.FixedPoints.Count);
        foreach (double[] expected in (double[][])[[0, 0, 0], [r, r, 27], [-r, -r, 27]])
            Assert.Contains(found.FixedPoints, f => f.Points[0].Zip(expected).All(p => Math.Abs(p.First - p.Second) < 1e-6));
    }

    // x' = -2 x held between -2 and 2: of the states 2 and -2 of its cycle each is where Newton's whole step from the other leads, as far
    // from its image as before; half the step leads to the fixed point.
    [Fact]
    public void A_step_that_comes_no_nearer_is_halved()
    {
        OneVariable map = new(x => -2 * Math.Clamp(x, -1, 1), x => Math.Abs(x) < 1 ? -2 : 0);
        CycleSet found = PeriodicPoints.Find(map, [2.0], new() { MaxOrder = 1, Starts = 0, Returns = 1 }, cancellationToken: Token);
        Assert.Equal(0, Assert.Single(found.FixedPoints).Points[0][0]);
    }

    // x' = x + 2^-36: no state is nearer to its image than any other, and all are near enough.
    [Fact]
    public void A_state_that_nothing_brings_nearer_counts_if_it_is_near_enough()
    {
        double creep = Math.ScaleB(1, -36);
        OneVariable map = new(x => x + creep, _ => 0.5);
        CycleSet found = PeriodicPoints.Find(map, [0.0], new() { MaxOrder = 1, Starts = 0, Returns = 1 }, cancellationToken: Token);
        Assert.InRange(Assert.Single(found.FixedPoints).Points[0][0], 0, 1e-6);
    }

    private sealed class OneVariable(Func<double, double> step, Func<double, double> slope) : IMap
    {
        public int Dimension => 1;

        public void Step(ReadOnlySpan<double> state, Span<double> next) => next[0] = step(state[0]);

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => jacobian[0] = slope(state[0]);
    }
}
