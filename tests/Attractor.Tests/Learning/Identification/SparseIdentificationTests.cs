using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Learning.Identification;

/// <summary>Equations that are known are found again, and no others.</summary>
public sealed class SparseIdentificationTests
{
    private const string Lorenz = "x: x -10, y 10; y: x 28, y -1, x z -1; z: z -2.6666666666666665, x y 1";
    private const string RoesslerTerms = "x: y -1, z -1; y: x 1, y 0.2; z: 1 0.2, z -5.7, x z 1";

    // Sampled finely, so that the recording itself is exact.
    private static TimeSeries Fine(OrdinaryDifferentialEquation system, int rows, double dt)
        => system.Simulate(rows, dt, integrator: new RungeKutta4(20));

    private static TimeSeries LotkaVolterra(int rows, double dt)
    {
        string file = Path.Combine(Path.GetTempPath(), $"attractor-{Guid.NewGuid():N}.ode");
        File.WriteAllText(file, "flow lotka-volterra\n  x' = 1.1*x - 0.4*x*y\n  y' = 0.1*x*y - 0.4*y\n  start 10, 5\n  period 10\n");
        try
        {
            return SystemDefinition.Read(file)[0].Simulate(rows, dt);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Lorenz_Roessler_and_Lotka_Volterra_are_found_exactly(int degree, bool trigonometric)
    {
        IdentificationOptions options = new() { Degree = degree, Trigonometric = trigonometric };
        AssertTerms(Lorenz, SparseIdentification.Fit(Fine(Lorenz63.Default, 2000, 0.02), options), 1e-4);
        AssertTerms(RoesslerTerms, SparseIdentification.Fit(Fine(Roessler.Default, 2000, 0.1), options), 1e-4);
        AssertTerms("x: x 1.1, x y -0.4; y: y -0.4, x y 0.1", SparseIdentification.Fit(LotkaVolterra(1000, 0.05), options), 1e-4);
    }

    [Fact]
    public void Differences_and_a_threshold_find_them_of_clean_data_too()
    {
        IdentificationOptions options = new() { Rule = DerivativeRule.Differences, Degree = 2, Threshold = 0.01 };
        AssertTerms(Lorenz, SparseIdentification.Fit(Fine(Lorenz63.Default, 2000, 0.01), options), 1e-2);
        AssertTerms("x: x 1.1, x y -0.4; y: y -0.4, x y 0.1", SparseIdentification.Fit(LotkaVolterra(1000, 0.05), options), 1e-2);
    }

    [Theory]
    [InlineData(2000, 0.02)]
    [InlineData(5000, 0.01)]
    public void With_five_percent_of_noise_the_weak_form_finds_the_terms_of_Lorenz(int rows, double dt)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            TimeSeries noisy = Lorenz63.Default.Simulate(rows, dt, seed: seed).WithNoise(0.05, seed);
            IdentifiedEquations found = SparseIdentification.Fit(noisy, new() { Degree = 2 });
            AssertTerms(Lorenz, found, 0.15);
        }
    }

    [Fact]
    public void Sines_are_terms_where_they_are_asked_for()
    {
        IdentifiedEquations found = SparseIdentification.Fit(
            KnownSystems.Find("thomas").Simulate(2000, 0.05), new() { Degree = 2, Trigonometric = true });
        AssertTerms("x: x -1.85, sin(y) 10; y: y -1.85, sin(z) 10; z: z -1.85, sin(x) 10", found, 1e-3);
        Assert.Equal("x' = -1.85 x + 10 sin(y)", found.Lines()[0]);
    }

    /// <summary>Two recordings, and one with a gap, say what one says.</summary>
    [Fact]
    public void Several_pieces_are_fitted_together_and_no_test_function_reaches_across()
    {
        TimeSeries series = Fine(Lorenz63.Default, 2000, 0.02);
        double[] values = series.Values.ToArray();
        values[3000] = double.NaN;
        AssertTerms(Lorenz, SparseIdentification.Fit(new TimeSeries(values, 3, 0.02, series.Names)), 1e-4);
        AssertTerms(Lorenz, SparseIdentification.Fit([series.Slice(0, 700), series.Slice(1300, 700)]), 1e-4);
    }

    [Fact]
    public void The_file_of_equations_says_the_same()
    {
        IdentifiedEquations found = SparseIdentification.Fit(Fine(Lorenz63.Default, 2000, 0.02), new() { Degree = 2 });
        string file = Path.Combine(Path.GetTempPath(), $"attractor-{Guid.NewGuid():N}.ode");
        File.WriteAllText(file, found.ToOde([1, 2, 20]));
        try
        {
            SystemDefinition read = Assert.Single(SystemDefinition.Read(file));
            Assert.Equal(["x", "y", "z"], read.Variables);
            Assert.Equal([1.0, 2, 20], read.Start);
            Assert.Equal(0.02, read.RecordingStep);
            RandomStream random = new(1, "test");
            double[] state = new double[3], one = new double[3], two = new double[3];
            for (int i = 0; i < 20; i++)
            {
                for (int n = 0; n < 3; n++)
                    state[n] = 10 * random.NextNormal();
                found.ToFlow().Derivative(state, one);
                read.ToFlow().Derivative(state, two);
                for (int n = 0; n < 3; n++)
                    Assert.Equal(one[n], two[n], 1e-9 * (1 + Math.Abs(one[n])));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Names_that_no_equation_takes_are_replaced_and_said()
    {
        TimeSeries series = Fine(Lorenz63.Default, 1000, 0.02);
        IdentifiedEquations found = SparseIdentification.Fit(
            new TimeSeries(series.Values.ToArray(), 3, 0.02, ["wind speed", "y", "z"]), new() { Degree = 2 });
        string text = found.ToOde([1, 2, 20]);
        Assert.Contains("# x1 is wind speed", text);
        Assert.Contains("x1' = ", text);
        Assert.StartsWith("wind speed' = ", found.Lines()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_Jacobian_of_the_flow_is_its_derivative()
    {
        IdentifiedEquations found = SparseIdentification.Fit(
            KnownSystems.Find("thomas").Simulate(500, 0.05), new() { Degree = 3, Trigonometric = true, Threshold = 1e-6 });
        OrdinaryDifferentialEquation flow = found.ToFlow();
        double[] state = [0.3, -1.2, 0.7], jacobian = new double[9], up = new double[3], down = new double[3];
        flow.Jacobian(state, jacobian);
        for (int j = 0; j < 3; j++)
        {
            double[] other = [.. state];
            other[j] += 1e-5;
            flow.Derivative(other, up);
            other[j] -= 2e-5;
            flow.Derivative(other, down);
            for (int i = 0; i < 3; i++)
                Assert.Equal((up[i] - down[i]) / 2e-5, jacobian[(i * 3) + j], 1e-4 * (1 + Math.Abs(jacobian[(i * 3) + j])));
        }
    }

    [Fact]
    public void Bad_options_and_short_data_are_named()
    {
        TimeSeries series = Lorenz63.Default.Simulate(100, 0.02);
        Assert.Contains("bring more rows", Assert.Throws<ArgumentException>(() => SparseIdentification.Fit(series)).Message);
        Assert.Contains("1 to 7", Assert.Throws<ArgumentException>(() => SparseIdentification.Fit(series, new() { Degree = 8 })).Message);
        Assert.Contains("4 to", Assert.Throws<ArgumentException>(() => SparseIdentification.Fit(series, new() { HalfWidth = 3 })).Message);
        TimeSeries wide = new(new double[30 * 100], 30);
        Assert.Contains("lower degree", Assert.Throws<ArgumentException>(() => SparseIdentification.Fit(wide)).Message);
    }

    // "x: y -1, x z 2; ..." in the order of the library.
    private static void AssertTerms(string expected, IdentifiedEquations found, double tolerance)
    {
        Dictionary<(string, string), double> wanted = [];
        foreach (string equation in expected.Split("; "))
        {
            string[] parts = equation.Split(": ");
            foreach (string term in parts[1].Split(", "))
            {
                int space = term.LastIndexOf(' ');
                wanted[(parts[0], term[..space])] = double.Parse(term[(space + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            }
        }
        Assert.True(wanted.Count == found.TermCount, string.Join("; ", found.Lines()));
        for (int i = 0; i < found.Names.Count; i++)
            for (int j = 0; j < found.Terms.Count; j++)
            {
                string term = found.Terms[j].ToString(found.Names) is { Length: > 0 } text ? text : "1";
                double value = wanted.GetValueOrDefault((found.Names[i], term));
                Assert.True(
                    Math.Abs(found.Coefficient(i, j) - value) <= tolerance * Math.Abs(value),
                    $"{found.Names[i]}, {term}: {found.Coefficient(i, j)} for {value}");
            }
    }
}
