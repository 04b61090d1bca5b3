using Attractor.Systems;
using Attractor.Tests.Dynamics;

namespace Attractor.Tests.Systems;

public sealed class IntegratorTests
{
    [Fact]
    public void One_Runge_Kutta_step_is_the_Taylor_polynomial_of_degree_four()
    {
        double[] state = [1];
        new RungeKutta4().Advance(new LinearFlow(-2), state, 0.3);
        double h = -0.6;
        Assert.Equal(1 + h + (h * h / 2) + (h * h * h / 6) + (h * h * h * h / 24), state[0], 1e-15);
    }

    [Fact]
    public void Runge_Kutta_is_of_order_four()
    {
        double[] truth = [1, 2, 20], coarse = [1, 2, 20], fine = [1, 2, 20];
        new RungeKutta4(1024).Advance(Lorenz63.Default, truth, 0.32);
        new RungeKutta4(32).Advance(Lorenz63.Default, coarse, 0.32);
        new RungeKutta4(64).Advance(Lorenz63.Default, fine, 0.32);
        Assert.InRange(Distance(coarse, truth) / Distance(fine, truth), 13, 20);
    }

    [Fact]
    public void Dormand_Prince_agrees_with_Runge_Kutta_to_its_tolerance()
    {
        double[] truth = [1, 2, 20], adaptive = [1, 2, 20], loose = [1, 2, 20];
        new RungeKutta4(20_000).Advance(Lorenz63.Default, truth, 1);
        new DormandPrince54(1e-11, 1e-11).Advance(Lorenz63.Default, adaptive, 1);
        new DormandPrince54(1e-5, 1e-5).Advance(Lorenz63.Default, loose, 1);
        Assert.InRange(Distance(adaptive, truth), 0, 1e-8);
        Assert.InRange(Distance(loose, truth), 1e-9, 1e-2);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(1)]
    [InlineData(37.5)]
    public void Dormand_Prince_lands_on_the_time_asked_for(double dt)
    {
        double[] state = [1, 1];
        new DormandPrince54(1e-10, 1e-14).Advance(new LinearFlow(-0.5, 0.1), state, dt);
        Assert.Equal(Math.Exp(-0.5 * dt), state[0], 1e-8);
        Assert.Equal(1, state[1] / Math.Exp(0.1 * dt), 1e-8);
    }

    [Fact]
    public void A_solution_that_ends_is_an_error_that_says_so()
    {
        double[] state = [1];
        ArithmeticException failure = Assert.Throws<ArithmeticException>(() => new DormandPrince54().Advance(new Square(), state, 2));
        Assert.Contains("shorten dt", failure.Message);
        Assert.Throws<ArithmeticException>(() => new DormandPrince54().Advance(new Square(), new double[] { double.NaN }, 1));
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RungeKutta4(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DormandPrince54(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DormandPrince54(1, double.NaN));
        Assert.Throws<ArgumentException>(() => new RungeKutta4().Advance(Lorenz63.Default, new double[2], 1));
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    /// <summary>x' = x^2: from 1 it reaches infinity at time 1.</summary>
    private sealed class Square : IVectorField
    {
        public int Dimension => 1;

        public void Derivative(ReadOnlySpan<double> state, Span<double> derivative) => derivative[0] = state[0] * state[0];
    }
}
