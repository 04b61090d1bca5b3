using System.Globalization;
using System.Text.Json;
using Attractor.Numerics;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor laplace</c>: integrals and posteriors that somebody writes down.</summary>
public sealed class LaplaceCommandTests : IDisposable
{
    private static readonly double[] s_x = [-1.5, -1, -0.4, 0, 0.3, 0.9, 1.6, 2];
    private static readonly double[] s_y = [-2.9, -2.3, -1.2, -0.8, 0.1, 0.6, 1.5, 2.4];

    private readonly TemporaryFolder _folder = new();

    public LaplaceCommandTests() => File.WriteAllLines(
        _folder.File("d.csv"),
        ["x,y", .. s_x.Zip(s_y, (x, y) => string.Create(CultureInfo.InvariantCulture, $"{x},{y}"))]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Factorials_are_missed_by_1_over_12_n_and_quadrature_has_them()
    {
        JsonElement json = Run(
            "n*log(x) - x", "--variable", "x", "-p", "n=10", "--large", "n=1..1e6", "--report", "page.html", "--json").Json;

        Assert.Equal(10, json.GetProperty("mode").GetProperty("x").GetDouble(), 1e-8);
        Assert.Equal(-0.1, json.GetProperty("hessian")[0][0].GetDouble(), 1e-10);
        Assert.Equal(Math.Sqrt(10), json.GetProperty("standard_deviations").GetProperty("x").GetDouble(), 1e-8);
        Assert.Equal((10 * Math.Log(10)) - 10 + (0.5 * Math.Log(20 * Math.PI)), json.GetProperty("log_integral").GetDouble(), 1e-9);
        JsonElement[] table = [.. json.GetProperty("table").EnumerateArray()];
        Assert.Equal([1, 2, 5, 10, 20, 50, 100], table.Take(7).Select(r => r.GetProperty("n").GetDouble()));
        Assert.Equal(1e6, table[^1].GetProperty("n").GetDouble());
        foreach (JsonElement row in table)
        {
            double n = row.GetProperty("n").GetDouble(), exact = LogGamma.Of(n + 1);
            Assert.Equal(exact, row.GetProperty("log_quadrature").GetDouble(), 1e-10 + (1e-15 * exact));
            // Stirling's series of ln N!, of which the integral misses e to it.
            double next = (1 / (12 * n)) - (1 / (360 * n * n * n));
            Assert.Equal(-Exponentials.Expm1(-next), row.GetProperty("relative_error").GetDouble(), (1 / (1200 * Math.Pow(n, 5))) + 5e-9);
        }
        string page = File.ReadAllText(_folder.File("page.html"));
        Assert.Contains("Over n", page, StringComparison.Ordinal);
        Assert.Contains("n*log(x) - x", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_evidence_of_a_linear_model_is_its_closed_form()
    {
        const double s = 0.5;
        JsonElement json = Run(
            "-0.5*(y - a*x - b)^2/s^2 - 0.5*log(2*pi*s^2)", "--data", "d.csv", "--prior", "-0.5*(a^2+b^2) - log(2*pi)",
            "--variables", "a,b", "-p", "s=0.5", "--report", "page.html", "--json").Json;

        // y is Gaussian with mean 0 and covariance s^2 1 + x x^T + 1 1^T: by Woodbury from A = 1 + X^T X / s^2.
        double n = s_x.Length, xx = s_x.Sum(x => x * x), x1 = s_x.Sum(), xy = s_x.Zip(s_y, (x, y) => x * y).Sum(), y1 = s_y.Sum();
        double a11 = 1 + (xx / (s * s)), a12 = x1 / (s * s), a22 = 1 + (n / (s * s)), determinant = (a11 * a22) - (a12 * a12);
        double b1 = xy / (s * s), b2 = y1 / (s * s);
        double m1 = ((a22 * b1) - (a12 * b2)) / determinant, m2 = ((a11 * b2) - (a12 * b1)) / determinant;
        double evidence = (-0.5 * n * Math.Log(2 * Math.PI * s * s)) - (0.5 * Math.Log(determinant))
            - (0.5 * ((s_y.Sum(y => y * y) / (s * s)) - (b1 * m1) - (b2 * m2)));
        Assert.Equal(8, json.GetProperty("rows").GetInt32());
        Assert.Equal(evidence, json.GetProperty("log_integral").GetDouble(), 1e-9);
        Assert.Equal(evidence, json.GetProperty("log_importance_sampling").GetDouble(), 1e-9);
        Assert.Equal(m1, json.GetProperty("mode").GetProperty("a").GetDouble(), 1e-8);
        Assert.Equal(m2, json.GetProperty("mode").GetProperty("b").GetDouble(), 1e-8);
        Assert.Equal(-a12, json.GetProperty("hessian")[0][1].GetDouble(), 1e-7);
        Assert.Equal(-a12 / determinant, json.GetProperty("covariance")[1][0].GetDouble(), 1e-9);
        Assert.Equal(Math.Sqrt(a22 / determinant), json.GetProperty("standard_deviations").GetProperty("a").GetDouble(), 1e-9);
        Assert.True(File.Exists(_folder.File("page.html")));
    }

    [Fact]
    public void One_variable_of_data_is_integrated_over_and_columns_may_be_chosen()
    {
        foreach (string[] columns in (string[][])[[], ["--columns", "y,x"]])
        {
            JsonElement json = Run(
                ["-0.5*(y - a*x)^2", "--data", "d.csv", "--variable", "a", "--json", .. columns]).Json;
            double xx = s_x.Sum(x => x * x), xy = s_x.Zip(s_y, (x, y) => x * y).Sum();
            double expected = (0.5 * Math.Log(2 * Math.PI / xx)) - (0.5 * (s_y.Sum(y => y * y) - (xy * xy / xx)));
            Assert.Equal(expected, json.GetProperty("log_integral").GetDouble(), 1e-9);
            Assert.Equal(expected, json.GetProperty("log_quadrature").GetDouble(), 1e-9);
        }
    }

    [Fact]
    public void A_maximum_at_an_end_and_two_inside_count_as_they_do()
    {
        JsonElement end = Run("-3*x - x^2", "--variable", "x", "--from", "0", "--json").Json;
        Assert.Equal("boundary", end.GetProperty("kind").GetString());
        Assert.Equal(-Math.Log(3), end.GetProperty("log_integral").GetDouble(), 1e-9);
        Assert.Equal(JsonValueKind.Null, end.GetProperty("standard_deviations").ValueKind);
        JsonElement two = Run("-20*(x^2-1)^2", "--variable", "x", "--json").Json;
        Assert.Equal(2, two.GetProperty("maxima").GetArrayLength());
        Assert.Equal(Math.Log(2) + (0.5 * Math.Log(2 * Math.PI / 160)), two.GetProperty("log_integral").GetDouble(), 1e-8);
    }

    [Fact]
    public void What_is_told_to_a_person_holds_the_numbers_and_the_table()
    {
        string text = Run("n*log(x) - x", "--variable", "x", "--large", "n=5,10").Output;
        Assert.Contains("log integral, quadrature          15.1044125731", text, StringComparison.Ordinal);
        Assert.Contains("8.296e-3", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-x^4|--variable|x", "flat")]
    [InlineData("-abs(x)|--variable|x", "not smooth")]
    [InlineData("x^2|--variable|x", "infinity")]
    [InlineData("-0.5*log(1+x^2)|--variable|x", "seems not to exist")]
    [InlineData("log(-1-x^2)|--variable|x", "not a number")]
    [InlineData("-(x^2-1)^2-y^2|--variables|x,y", "saddle")]
    [InlineData("x-y^2|--variables|x,y", "unbounded")]
    [InlineData("-(x-y)^2|--variables|x,y", "flat")]
    public void What_has_no_approximation_fails_with_the_reason(string command, string word)
        => Command.Run(_folder.Path, ["laplace", .. command.Split('|')]).Fails(word);

    [Theory]
    [InlineData("-m*x^2|--variable|x|-p|n=1", "'m'", "parameters n")]
    [InlineData("-(x^2|--variable|x", "')' is missing")]
    [InlineData("-0.5*(z - a)^2|--data|d.csv|--variable|a", "'z'", "x, y")]
    [InlineData("-0.5*(x - a)^2|--data|d.csv|--columns|y|--variable|a", "'x'", "y")]
    [InlineData("-0.5*a^2|--data|d.csv|--variable|a", "names no column")]
    [InlineData("-0.5*(x - a)^2|--data|none.csv|--variable|a", "none.csv")]
    [InlineData("-0.5*a^2|--columns|x|--variable|a", "--data")]
    [InlineData("-0.5*(x - a)^2|--data|d.csv|--prior|-y|--variable|a", "'y'")]
    [InlineData("-x^2|--variable|sin", "sin")]
    [InlineData("-x^2|--variable|x|-p|x=1", "two things")]
    [InlineData("-x^2|--variable|x|-p|x", "--parameter")]
    [InlineData("-n*x^2|--variable|x|--large|n=0..5", "--large")]
    [InlineData("-n*x^2|--variable|x|-p|n=1|--large|k=1..5", "does not name")]
    [InlineData("-x^2|--variable|x|--from|2|--to|1", "--from 2")]
    [InlineData("-x^2|--variable|x|--start|x=1", "several variables")]
    [InlineData("-x^2-y^2|--variables|x,y|--from|1", "one variable")]
    [InlineData("-x^2-y^2|--variables|x,y|--start|z=1", "x, y")]
    [InlineData("-x^2-y^2|--variables|x,y|--start|x", "--start")]
    [InlineData("log(x)-x-y^2|--variables|x,y", "--start")]
    [InlineData("-x^2-y^2|--variables|x,y|--draws|1", "--draws")]
    public void Bad_input_gets_one_line(string command, params string[] words)
        => Command.Run(_folder.Path, ["laplace", .. command.Split('|')]).IsBadInput(words);

    [Fact]
    public void A_row_without_a_number_is_told()
    {
        File.AppendAllText(_folder.File("d.csv"), "1,\n");
        Command.Run(_folder.Path, "laplace", "-(y - a)^2 - x^2", "--data", "d.csv", "--variable", "a").IsBadInput("1 of 9 rows");
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, ["laplace", .. arguments]).Succeeds();
}
