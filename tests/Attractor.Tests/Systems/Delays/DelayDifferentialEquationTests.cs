namespace Attractor.Tests.Systems.Delays;

public sealed class DelayDifferentialEquationTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.013)]
    public void A_constant_history_gives_the_polynomials_of_the_method_of_steps(double maximumStep)
    {
        TimeSeries series = (new LinearDelay(-1, 1) with { MaximumStep = maximumStep }).Simulate(451, 0.0133, transient: 0);
        for (int row = 0; row < series.Length; row++)
            Assert.Equal(Polynomial(row * 0.0133), series[row, 0], 1e-9);
    }

    [Fact]
    public void A_variable_without_delay_in_it_integrates_the_others()
    {
        // Without feedback, y is minus the integral of x, and x stays 1.
        TimeSeries series = new LinearDelay(0, 1).Simulate(21, 0.25, transient: 0);
        Assert.Equal(1, series[20, 0], 1e-14);
        Assert.Equal(-5, series[20, 1], 1e-12);
        Assert.Equal(["x", "y"], series.Names);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.0937)]
    public void The_error_is_of_order_four_at_the_steps_and_between_them(double dt)
    {
        double[] errors = [.. new[] { 8, 16, 32, 64 }.Select(n => ErrorOfCosine(n, dt))];
        for (int i = 1; i < errors.Length; i++)
            Assert.InRange(errors[i - 1] / errors[i], 12, 20);
        Assert.InRange(errors[^1], 0, 1e-6);
    }

    [Fact]
    public void One_step_may_be_as_long_as_the_delay()
    {
        // The delay is far below the step of the equation without it, x' = -x.
        LinearDelay equation = new(-1, 1e-3) { MaximumStep = 1 };
        Assert.Equal(Math.Exp(-1), equation.Simulate(2, 1, transient: 0)[1, 0], 1e-3);
        Assert.Equal(
            (equation with { MaximumStep = 1e-4 }).Simulate(2, 1, transient: 0)[1, 0], equation.Simulate(2, 1, transient: 0)[1, 0], 1e-8);
    }

    [Fact]
    public void Rows_come_after_the_transient_whatever_the_time_between_them()
    {
        LinearDelay equation = new(-1.2, 1);
        TimeSeries whole = equation.Simulate(300, 0.07, transient: 0);
        TimeSeries late = equation.Simulate(50, 0.07, transient: 250);
        Assert.Equal(whole.Slice(250, 50).Values, late.Values);
        TimeSeries coarse = equation.Simulate(10, 0.7, transient: 0);
        for (int row = 0; row < coarse.Length; row++)
            Assert.Equal(whole[10 * row, 1], coarse[row, 1], 1e-12);
    }

    [Fact]
    public void A_history_of_the_callers_is_the_past()
    {
        double[] asked = [0, 0];
        TimeSeries series = new LinearDelay(-1, 1).Simulate(2, 0.5, history: (t, x) =>
        {
            asked = [Math.Min(asked[0], t), Math.Max(asked[1], t)];
            (x[0], x[1]) = (t, 7);
        });
        Assert.Equal([-1, 0], asked);
        Assert.Equal([0, 7], series.Row(0).ToArray());
        // x' = 1 - t on the first interval.
        Assert.Equal(0.5 - 0.125, series[1, 0], 1e-13);
    }

    [Fact]
    public void Bad_input_is_refused_with_a_reason()
    {
        LinearDelay equation = new(-1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => equation.Simulate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => equation.Simulate(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => equation.Simulate(10, transient: -1));
        Assert.Contains(
            "time step must be a positive number", Assert.Throws<ArgumentOutOfRangeException>(() => equation.Simulate(10, 0)).Message);
        foreach (double delay in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Contains(
                "delay must be a positive number",
                Assert.Throws<ArgumentOutOfRangeException>(() => (equation with { Delay = delay }).Simulate(10)).Message);
        Assert.Contains(
            "does not fit in memory", Assert.Throws<ArgumentException>(() => (equation with { Delay = 1e12 }).Simulate(10)).Message);
        foreach (double step in (double[])[0, double.NaN, double.PositiveInfinity])
            Assert.Contains(
                "longest step must be a positive number",
                Assert.Throws<ArgumentOutOfRangeException>(() => equation with { MaximumStep = step }).Message);
        Assert.Contains(
            "history of finite values",
            Assert.Throws<ArgumentException>(() => equation.Simulate(10, history: (_, x) => x.Fill(double.NaN))).Message);
        Assert.Contains(
            "linear left the finite numbers at time",
            Assert.Throws<ArithmeticException>(() => new LinearDelay(1e30, 1).Simulate(1000)).Message);
    }

    // Sum over k of (-1)^k (t - k + 1)^k / k!, as long as t > k - 1.
    private static double Polynomial(double t)
    {
        double sum = 0, factorial = 1;
        for (int k = 0; k == 0 || t > k - 1; k++)
        {
            factorial *= Math.Max(1, k);
            sum += Math.Pow(-(t - k + 1), k) / factorial;
        }
        return sum;
    }

    // x' = -x(t - pi / 2) with the history cos t is cos t for ever.
    private static double ErrorOfCosine(int stepsToADelay, double dt)
    {
        const double delay = Math.PI / 2;
        LinearDelay equation = new(-1, delay) { MaximumStep = delay / stepsToADelay * (1 + 1e-12) };
        TimeSeries series = equation.Simulate((int)(10 / dt), dt, history: (t, x) => (x[0], x[1]) = (Math.Cos(t), 0));
        return Enumerable.Range(0, series.Length).Max(row => Math.Abs(Math.Cos(row * dt) - series[row, 0]));
    }
}
