using Attractor.Systems;
using Attractor.Tests.Data.Formats;

namespace Attractor.Tests.Systems.Equations;

public sealed class SystemDefinitionTests
{
    private const string Pendulum = """
        # A comment.
        flow pendulum
          title The driven pendulum
          source Anybody's textbook
          field mechanics
          tags driven
          angles phi
          parameters k = [0.5, 2], a = [[1, 2],
            [3, 4]], w = 2/3
          torque(u) = -k2*sin(u)
          x' = v
          v' = torque(x) - k1*v + a21*cos(phi)
          phi' = w
          conserved x*0 + 1
          start 0.1, -0.2, 0
          dt 0.001
          period 3

        map doubling
          x' = mod(2*x, 1)
          start 0.3
        """;

    [Fact]
    public void An_entry_is_read_with_all_it_says()
    {
        IReadOnlyList<SystemDefinition> systems = DefinitionReader.Parse(Pendulum, "test");
        Assert.Equal(["pendulum", "doubling"], systems.Select(s => s.Name));
        SystemDefinition pendulum = systems[0];
        Assert.Equal(
            ("The driven pendulum", "mechanics", SystemKind.Flow, 3), (pendulum.Title, pendulum.Field, pendulum.Kind, pendulum.Dimension));
        Assert.Equal(["x", "v", "phi"], pendulum.Variables);
        Assert.Equal(["phi"], pendulum.Angles);
        Assert.Equal(
            ["k1=0.5", "k2=2", "a11=1", "a12=2", "a21=3", "a22=4", "w=0.6666666666666666"],
            pendulum.Parameters.Select(p => FormattableString.Invariant($"{p.Key}={p.Value}")));
        Assert.Equal((0.001, 3.0, 0.03), (pendulum.IntegrationStep!.Value, pendulum.Period!.Value, pendulum.RecordingStep));
        Assert.Equal("v' = torque(x) - k1*v + a21*cos(phi)", pendulum.Equations[2]);

        double[] derivative = new double[3];
        pendulum.ToFlow().Derivative([0.1, -0.2, 0.5], derivative);
        Assert.Equal([-0.2, (-2 * Math.Sin(0.1)) - (0.5 * -0.2) + (3 * Math.Cos(0.5)), 2.0 / 3], derivative);
        Assert.Equal(1, pendulum.ConservedQuantity()!([0.1, -0.2, 0.5]));

        double[] next = [0.8];
        systems[1].ToMap().Step(next, next);
        Assert.Equal(0.6, next[0], 1e-15);
        Assert.Throws<InvalidOperationException>(() => systems[1].ToFlow());
    }

    [Fact]
    public void Another_value_of_a_parameter_makes_another_system()
    {
        SystemDefinition pendulum = DefinitionReader.Parse(Pendulum, "test")[0];
        double[] derivative = new double[3];
        pendulum.With("w", 5).ToFlow().Derivative([0, 0, 0], derivative);
        Assert.Equal(5, derivative[2]);
        Assert.Contains(
            "pendulum has no parameter 'q'; it has k1, k2, a11", Assert.Throws<ArgumentException>(() => pendulum.With("q", 1)).Message);
        Assert.Throws<ArgumentException>(() => pendulum.With("w", double.NaN));
    }

    [Theory]
    [InlineData("  x' = 1", "line 1: an entry begins with 'flow NAME' or 'map NAME'")]
    [InlineData("flow Big Name", "line 1: expected 'flow NAME' or 'map NAME'")]
    [InlineData("flow a\n  start 1", "a has no equation")]
    [InlineData("flow a\n  x' = 1", "1 state variables, but 'start' has 0 values")]
    [InlineData("flow a\n  x' = 1\n  y' = x\n  start 1", "2 state variables, but 'start' has 1 values")]
    [InlineData("flow a\n  x' = 1\n  start one", "line 3: 'one' is not a variable")]
    [InlineData("flow a\n  parameters p\n  x' = p\n  start 1", "line 2: expected a parameter such as a = 0.5, found 'p'")]
    [InlineData("flow a\n  parameters p = 1, p = 2\n  x' = p\n  start 1", "'p' is defined twice")]
    [InlineData("flow a\n  sin = 1\n  x' = 1\n  start 1", "'sin' is a name of the language")]
    [InlineData("flow a\n  color red\n  x' = 1\n  start 1", "line 2: 'color' is not an item")]
    [InlineData("flow a\n  title a\n  title b\n  x' = 1\n  start 1", "line 3: a second title")]
    [InlineData("flow a\n  x' = 1\n  start 1\n  period -1", "'period' must be positive")]
    [InlineData("flow a\n  x' = 1\n  start 1\n  angles y", "'y' under 'angles' is not a state variable")]
    [InlineData("flow a\n  x' = 1\n  start 1\nflow a\n  x' = 1\n  start 1", "line 4: there are two systems 'a'")]
    [InlineData("flow a\n  f(u, u) = u\n  x' = 1\n  start 1", "line 2: the arguments of f must be different names")]
    [InlineData("flow a\n\tx' = 1\n  start 1", "line 2: indent with spaces")]
    [InlineData("flow a\n  parameters p = 1/0\n  x' = 1\n  start 1", "expected a finite number")]
    public void A_line_that_is_wrong_is_named(string text, string reason)
        => Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => DefinitionReader.Parse(text, "test")).Message);

    [Fact]
    public void An_expression_that_is_wrong_is_named_when_the_system_is_made()
    {
        SystemDefinition system = DefinitionReader.Parse("flow a\n  x' = y\n  start 1", "own.ode")[0];
        Assert.StartsWith("own.ode, line 2 (a): 'y' is not a variable", Assert.Throws<InvalidDataException>(system.ToFlow).Message);
    }

    [Fact]
    public void A_file_is_read_and_a_file_without_systems_refused()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "own.ode");
        File.WriteAllText(path, Pendulum);
        Assert.Equal(2, SystemDefinition.Read(path).Count);
        File.WriteAllText(path, "# nothing");
        Assert.Contains("holds no system", Assert.Throws<InvalidDataException>(() => SystemDefinition.Read(path)).Message);
        File.WriteAllBytes(path, new byte[5 << 20]);
        Assert.Contains("larger than", Assert.Throws<InvalidDataException>(() => SystemDefinition.Read(path)).Message);
    }

    [Fact]
    public void Derivatives_that_grow_without_bound_are_refused()
    {
        // Each equation another product of 500 factors, with 500 derivatives of 500 terms.
        string text = "flow big\n"
            + string.Concat(Enumerable.Range(0, 500).Select(
                i => $"  x{i}' = {string.Join('*', Enumerable.Range(0, 500).Select(j => $"sin(x{j} + {i})"))}\n"))
            + "  start " + string.Join(", ", Enumerable.Repeat("1", 500));
        SystemDefinition system = DefinitionReader.Parse(text, "big.ode")[0];
        Assert.Contains("more than 200000 terms", Assert.Throws<InvalidDataException>(system.ToFlow).Message);
    }
}
