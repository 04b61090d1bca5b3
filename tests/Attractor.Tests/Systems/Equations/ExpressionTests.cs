using Attractor.Systems;

namespace Attractor.Tests.Systems.Equations;

public sealed class ExpressionTests
{
    public static TheoryData<string, Func<double, double, double>> Expressions => new()
    {
        { "-x^2", (x, y) => -(x * x) },
        { "2^3^2", (x, y) => 512 },
        { "x^-1 - y^0.5", (x, y) => (1 / x) - Math.Sqrt(y) },
        { "1 - 2 - 3*x/y/2", (x, y) => -1 - (3 * x / y / 2) },
        { "x^y", Math.Pow },
        { "(x + y)^2.5*1e-3", (x, y) => Math.Pow(x + y, 2.5) * 1e-3 },
        { "sin(x)*cos(y) + tan(x*y)", (x, y) => (Math.Sin(x) * Math.Cos(y)) + Math.Tan(x * y) },
        { "asin(x/3) - acos(x/3) + atan(y)", (x, y) => Math.Asin(x / 3) - Math.Acos(x / 3) + Math.Atan(y) },
        { "sinh(x) + cosh(y)*tanh(x - y)", (x, y) => Math.Sinh(x) + (Math.Cosh(y) * Math.Tanh(x - y)) },
        { "exp(-x)*log(y) + sqrt(x*y)", (x, y) => (Math.Exp(-x) * Math.Log(y)) + Math.Sqrt(x * y) },
        { "abs(x - y) + sign(x - y)*x", (x, y) => Math.Abs(x - y) + (Math.Sign(x - y) * x) },
        { "floor(3*x) + mod(-x, y)", (x, y) => Math.Floor(3 * x) + (-x - (y * Math.Floor(-x / y))) },
        { "min(x^2, y)*max(x, y) + step(x - y)*x", (x, y) => (Math.Min(x * x, y) * Math.Max(x, y)) + (x > y ? x : 0) },
        { "atan2(y, x) + pi", (x, y) => Math.Atan2(y, x) + Math.PI },
        { "x^7 + (x*y)^-3", (x, y) => Math.Pow(x, 7) + Math.Pow(x * y, -3) },
        { "+x - -y", (x, y) => x + y },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_has_its_value_and_its_derivatives_those_of_differences(string text, Func<double, double, double> expected)
    {
        NamedExpressions names = Names();
        int node = ExpressionParser.Parse(text, names);
        SymbolicDerivative derivative = new(names.Graph);
        int[] outputs = [node, derivative.Of(node, 0), derivative.Of(node, 1)];
        foreach (EquationKernel kernel
            in (EquationKernel[])[EquationCompiler.Compile(names.Graph, outputs), EquationInterpreter.Interpret(names.Graph, outputs)])
        {
            foreach ((double x, double y) in ((double, double)[])[(0.7, 1.9), (1.31, 0.45), (2.2, 2.9)])
            {
                double[] state = [x, y], results = new double[3];
                kernel(ref state[0], ref results[0]);
                const double h = 1e-6;
                Assert.Equal(expected(x, y), results[0], 1e-12 * Math.Max(1, Math.Abs(results[0])));
                Assert.Equal((expected(x + h, y) - expected(x - h, y)) / (2 * h), results[1], 1e-6 * Math.Max(1, Math.Abs(results[1])));
                Assert.Equal((expected(x, y + h) - expected(x, y - h)) / (2 * h), results[2], 1e-6 * Math.Max(1, Math.Abs(results[2])));
            }
        }
    }

    [Fact]
    public void Functions_are_expanded_with_their_arguments()
    {
        NamedExpressions names = Names();
        names.Functions["f"] = (["u", "v"], "u*x - v");
        names.Functions["g"] = (["x"], "f(x, 1)^2");
        double[] state = [3, 5], result = new double[1];
        EquationCompiler.Compile(names.Graph, [ExpressionParser.Parse("g(y) + f(y, x)", names)])(ref state[0], ref result[0]);
        Assert.Equal(Math.Pow((5 * 3) - 1, 2) + ((5 * 3) - 3), result[0]);
    }

    [Fact]
    public void What_two_expressions_have_in_common_is_one_term()
    {
        NamedExpressions names = Names();
        int first = ExpressionParser.Parse("sin(x*y) + 1", names), count = names.Graph.Count;
        Assert.Equal(first, ExpressionParser.Parse("sin(x * y)+1.0", names));
        Assert.Equal(count, names.Graph.Count);
    }

    [Theory]
    [InlineData("x +", "ends where a value is expected")]
    [InlineData("x y", "'y' is out of place")]
    [InlineData("(x", "a ')' is missing")]
    [InlineData("w + 1", "'w' is not a variable, a parameter or an earlier value")]
    [InlineData("arctan(x)", "there is no function 'arctan'")]
    [InlineData("sin(x, y)", "sin takes 1 argument, not 2")]
    [InlineData("max(x)", "max takes 2 arguments, not 1")]
    [InlineData("1.2.3*x", "'1.2.3' is not a number")]
    [InlineData("x$", "'$' is out of place")]
    [InlineData("", "ends where a value is expected")]
    public void What_is_not_an_expression_is_refused_with_the_reason_and_the_column(string text, string reason)
    {
        string message = Assert.Throws<FormatException>(() => ExpressionParser.Parse(text, Names())).Message;
        Assert.Contains(reason, message);
        Assert.Contains("column", message);
    }

    [Fact]
    public void Hostile_expressions_end_soon()
    {
        Assert.Contains("nested", Assert.Throws<FormatException>(() => ExpressionParser.Parse(new string('(', 100_000), Names())).Message);
        Assert.Contains(
            "nested", Assert.Throws<FormatException>(() => ExpressionParser.Parse(new string('-', 100_000) + "x", Names())).Message);

        NamedExpressions bomb = Names();
        bomb.Functions["f0"] = (["u"], "u");
        for (int i = 1; i < 25; i++)
            bomb.Functions[$"f{i}"] = (["u"], $"f{i - 1}(f{i - 1}(u))");
        Assert.Contains("are too long", Assert.Throws<FormatException>(() => ExpressionParser.Parse("f24(x)", bomb)).Message);

        NamedExpressions endless = Names();
        endless.Functions["f"] = (["u"], "f(u)");
        Assert.Contains("nested", Assert.Throws<FormatException>(() => ExpressionParser.Parse("f(x)", endless)).Message);
    }

    private static NamedExpressions Names()
    {
        NamedExpressions names = new(new());
        names.Values["x"] = names.Graph.Variable(0);
        names.Values["y"] = names.Graph.Variable(1);
        return names;
    }
}
