using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.Learning;

[Trait("Registers", "Narrow")]
public sealed class StateGradientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, double> FullyObserved()
    {
        TheoryData<string, double> cases = [];
        foreach (string kind in LibraryCells.Kinds)
            foreach (double alpha in (double[])[0, 0.1, 0.5, 0.9, 1])
                cases.Add(kind, alpha);
        return cases;
    }

    public static TheoryData<string, string, bool> Cases()
    {
        TheoryData<string, string, bool> cases = [];
        foreach (string kind in LibraryCells.Kinds)
            foreach (string forcing in (string[])["stf", "gtf", "warm-up", "none"])
            {
                cases.Add(kind, forcing, false);
                cases.Add(kind, forcing, true);
            }
        return cases;
    }

    [Theory]
    [MemberData(nameof(FullyObserved))]
    public void Under_generalised_forcing_an_error_comes_back_through_powers_of_1_minus_alpha_times_the_product_of_Jacobians(
        string kind, double alpha)
    {
        const int steps = 50, m = 4;
        RecurrentModel model = BpttGradientTests.Model(kind, m, m, 17, seed: 5);
        TimeSeries[] windows = BpttGradientTests.Windows(m, count: 11, steps + 1, seed: 3);
        StateGradients gradients = StateGradients.Along(model, windows, TeacherForcing.Generalized(alpha), lastStepOnly: true);
        for (int w = 0; w < windows.Length; w++)
        {
            (double[][] forced, double[] last) = Orbit(model, windows[w], t => alpha);
            // product = J_{t-1} ... J_r as r goes down, t the last state.
            double[] product = Identity(m), jacobian = new double[m * m],
                residual = [.. last.Select((z, i) => 2 * (z - windows[w][steps, i]) / m)];
            AssertClose(residual, gradients[w, steps]);
            for (int r = steps - 1; r >= 0; r--)
            {
                model.Jacobian(forced[r], jacobian);
                product = Multiply(product, jacobian, m);
                // The first state is the data's own: no forcing changes it.
                double power = Math.Pow(1 - alpha, r == 0 ? steps - 1 : steps - r);
                double[] expected = new double[m];
                for (int i = 0; i < m; i++)
                    for (int j = 0; j < m; j++)
                        expected[j] += power * product[(i * m) + j] * residual[i];
                AssertClose(expected, gradients[w, r]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_are_those_of_a_plain_recursion_with_Jacobians_also_with_units_that_are_not_observed(
        string kind, string forcing, bool lastStepOnly)
    {
        const int steps = 45, n = 3, m = 9;
        int warmUp = forcing == "warm-up" ? 8 : 0;
        TeacherForcing rule = forcing switch
        {
            "gtf" => TeacherForcing.Generalized(0.15),
            "none" => TeacherForcing.Generalized(0),
            _ => TeacherForcing.Sparse(6)
        };
        RecurrentModel model = BpttGradientTests.Model(kind, n, m, 33, seed: 6);
        TimeSeries[] windows = BpttGradientTests.Windows(n, count: 9, steps + 1, seed: 4);
        StateGradients gradients = StateGradients.Along(model, windows, rule, warmUp, lastStepOnly);
        Assert.Equal((9, steps, m), (gradients.Windows, gradients.Steps, gradients.Latent));
        int first = lastStepOnly ? steps - 1 : warmUp;
        double loss = 0;
        for (int w = 0; w < windows.Length; w++)
        {
            double Strength(int t) => t < warmUp ? 1 : rule.Strength(t);
            (double[][] forced, double[] last) = Orbit(model, windows[w], Strength);
            double[] g = new double[m], jacobian = new double[m * m], z = last;
            for (int t = steps; t >= 0; t--)
            {
                for (int i = 0; i < n && t > first; i++)
                {
                    double residual = z[i] - windows[w][t, i];
                    loss += residual * residual / ((steps - first) * n * windows.Length);
                    g[i] += 2 * residual / ((steps - first) * n);
                }
                AssertClose(g, gradients[w, t]);
                Assert.Equal(Math.Sqrt(g.Sum(v => v * v)), gradients.Norm(w, t), 1e-10 * (1 + g.Sum(Math.Abs)));
                if (t == 0)
                    break;
                model.Jacobian(forced[t - 1], jacobian);
                double[] before = new double[m];
                for (int i = 0; i < m; i++)
                    for (int j = 0; j < m; j++)
                        before[j] += jacobian[(i * m) + j] * g[i] * (j < n && t > 1 ? 1 - Strength(t - 1) : 1);
                (g, z) = (before, Unforced(model, windows[w], Strength, t - 1));
            }
        }
        Assert.Equal(loss, gradients.Loss, 1e-12 * loss);
    }

    [Fact]
    public void Keeping_them_does_not_change_the_loss_that_training_sees()
    {
        RecurrentModel model = BpttGradientTests.Model("shplrnn", 2, 4, 9, seed: 2);
        TimeSeries[] windows = BpttGradientTests.Windows(2, count: 19, 42, seed: 9);
        TrainingOptions options = new() { Forcing = TeacherForcing.Sparse(7), SequenceLength = 41 };
        Assert.Equal(Training.LossAndGradient(model, windows, options).Loss, StateGradients.Along(model, windows, options.Forcing).Loss);
    }

    [Fact]
    public void Without_forcing_they_grow_at_the_rate_of_the_largest_Lyapunov_exponent_and_with_it_by_ln_1_minus_alpha_less()
    {
        const int steps = 3000;
        const double alpha = 0.1;
        TimeSeries train = Lorenz63.Default.Simulate(steps: 100_000, dt: 0.01).Standardize().WithNoise(0.05, seed: 1);
        ShallowPlrnn model = new(observed: 3, latent: 3, hidden: 50, seed: 1);
        Training.Fit(model, train, new() { Updates = 10_000, Seed = 1 }, cancellationToken: Token);
        double[] start = new double[3];
        model.InitialState(train.Row(0), start);
        for (int t = 0; t < 1000; t++)
            model.Step(start, start);
        double exponent = Lyapunov.Maximum(model, start, 400_000, cancellationToken: Token);
        // A network that had not become chaotic would have nothing to compare.
        Assert.InRange(exponent / 0.01, 0.7, 1.1);

        TimeSeries[] windows = [.. Enumerable.Range(0, 64).Select(i => train.Slice(1500 * i, steps + 1))];
        StateGradients free = StateGradients.Along(model, windows, TeacherForcing.Generalized(0), lastStepOnly: true);
        Assert.InRange(free.GrowthRate(200, steps - 200) / exponent, 0.9, 1.1);

        StateGradients forced = StateGradients.Along(model, windows, TeacherForcing.Generalized(alpha), lastStepOnly: true);
        Assert.Equal(Math.Log(1 - alpha) + exponent, forced.GrowthRate(steps - 1000, steps - 200), 0.2 * exponent);
    }

    [Fact]
    public void Windows_that_do_not_fit_are_refused()
    {
        RecurrentModel model = BpttGradientTests.Model("plrnn", 2, 2, 5, seed: 1);
        TeacherForcing none = TeacherForcing.Generalized(0);
        TimeSeries window = BpttGradientTests.Windows(2, 1, 11, seed: 1)[0];
        Assert.Contains("no windows", Message([]), StringComparison.Ordinal);
        Assert.Contains(
            "Expected windows of 11 rows as the first, found one of 10", Message([window, window.Slice(0, 10)]), StringComparison.Ordinal);
        Assert.Contains(
            "observes 2 variables, window 0 has 3", Message([BpttGradientTests.Windows(3, 1, 11, seed: 1)[0]]), StringComparison.Ordinal);
        Assert.Contains("warm-up of 10 must leave at least 1", Message([window], 10), StringComparison.Ordinal);
        Assert.Contains("has 0 predicted steps", Message([window.Slice(0, 1)]), StringComparison.Ordinal);
        double[] values = window.Values.ToArray();
        values[3] = double.NaN;
        Assert.Contains("Window 1 holds", Message([window, new(values, 2)]), StringComparison.Ordinal);

        string Message(TimeSeries[] windows, int warmUp = 0)
            => Assert.Throws<ArgumentException>(() => StateGradients.Along(model, windows, none, warmUp)).Message;
    }

    // The states after forcing, 0 .. T - 1, and the last prediction.
    private static (double[][] Forced, double[] Last) Orbit(RecurrentModel model, TimeSeries window, Func<int, double> strength)
    {
        double[] z = new double[model.Latent];
        model.InitialState(window.Row(0), z);
        double[][] forced = new double[window.Length - 1][];
        for (int t = 0; t < forced.Length; t++)
        {
            for (int i = 0; i < model.Observed; i++)
                z[i] = ((1 - strength(t)) * z[i]) + (strength(t) * window[t, i]);
            forced[t] = [.. z];
            model.Step(forced[t], z);
        }
        return (forced, z);
    }

    private static double[] Unforced(RecurrentModel model, TimeSeries window, Func<int, double> strength, int t)
    {
        double[] z = new double[model.Latent];
        if (t > 0)
            return Orbit(model, window.Slice(0, t + 1), strength).Last;
        model.InitialState(window.Row(0), z);
        return z;
    }

    private static double[] Identity(int m) => [.. Enumerable.Range(0, m * m).Select(i => i % (m + 1) == 0 ? 1.0 : 0)];

    private static double[] Multiply(double[] a, double[] b, int m)
    {
        double[] product = new double[m * m];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < m; j++)
                for (int k = 0; k < m; k++)
                    product[(i * m) + j] += a[(i * m) + k] * b[(k * m) + j];
        return product;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual)
    {
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-10 * scale);
    }
}
