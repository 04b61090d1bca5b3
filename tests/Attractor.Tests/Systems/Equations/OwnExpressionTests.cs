using Attractor.Systems;

namespace Attractor.Tests.Systems.Equations;

/// <summary>Expressions on their own, without a system around them.</summary>
public sealed class OwnExpressionTests
{
    [Fact]
    public void A_value_and_its_derivatives_by_the_variables_alone()
    {
        Expression expression = Expression.Parse(
            "-0.5*(y - a*x - b)^2/s^2", ["a", "b"], new Dictionary<string, double> { ["s"] = 0.5 }, ["x", "y"]);
        double[] both = new double[3];

        expression.ValueAndGradient([1.5, -0.25, 2, 3.5], both);

        // The residual is 0.75, over a variance of 1/4.
        Assert.Equal([-1.125, 6, 3], both);
        Assert.Equal(-1.125, expression.Value([1.5, -0.25, 2, 3.5]));
        Assert.Equal(["a", "b"], expression.Variables);
    }

    [Fact]
    public void Names_are_found_but_no_functions_constants_and_exponents()
        => Assert.Equal(
            ["n", "x", "e6", "x_2"], Expression.NamesIn("n*log(x) - 1e6 - 1.e5 + 2.5E-3*e6 + sin (x) - x_2*pi + x^2 + min(x, n)"));

    [Fact]
    public void What_is_no_expression_is_told_with_its_place()
    {
        FormatException unknown = Assert.Throws<FormatException>(() => Expression.Parse("x + z", ["x"]));
        Assert.Contains("column 5", unknown.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Expression.Parse("", ["x"]));
        Assert.Throws<FormatException>(() => Expression.Parse(new string('(', 100_000), ["x"]));
        // Derivatives of a product of 10,000 factors that all differ.
        Assert.Throws<FormatException>(() => Expression.Parse(
            string.Join('*', Enumerable.Range(1, 20_000).Select(k => $"(x+{k})/(y+{k})")), ["x", "y"]));
    }

    [Theory]
    [InlineData("sin")]
    [InlineData("pi")]
    [InlineData("2x")]
    [InlineData("x y")]
    [InlineData("")]
    [InlineData("y")]
    public void A_name_that_is_none_or_is_taken_is_refused(string name)
        => Assert.Throws<ArgumentException>(() => Expression.Parse("1", [name], new Dictionary<string, double> { ["y"] = 1 }));

    [Fact]
    public void As_many_values_as_there_are_names()
    {
        Expression expression = Expression.Parse("x*y", ["x", "y"]);
        Assert.Throws<ArgumentException>(() => expression.Value([1]));
        Assert.Throws<ArgumentException>(() => expression.ValueAndGradient([1, 2], new double[2]));
    }
}
