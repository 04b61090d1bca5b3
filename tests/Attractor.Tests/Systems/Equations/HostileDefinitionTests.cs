using System.Diagnostics;
using Attractor.Systems;

namespace Attractor.Tests.Systems.Equations;

/// <summary>Files of equations that would take a reader's time, stack or memory.</summary>
public sealed class HostileDefinitionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string, string> Files()
    {
        string blanks = new(' ', 8000), nines = new('9', 100_000);
        return new()
        {
            { "blanks before something else", $"flow a\n  a{blanks}!\n  x' = -x\n  start 1\n", "not an item" },
            { "blanks in brackets", $"flow a\n  f({blanks}x{blanks} !\n  start 1\n", "not an item" },
            { "blanks in a parameter", $"flow a\n  parameters a{blanks}! = 1\n  x' = -x\n  start 1\n", "expected a parameter" },
            { "brackets", $"flow a\n  x' = {new string('(', 30_000)}x{new string(')', 30_000)}\n  start 1\n", "nested" },
            { "open brackets", $"flow a\n  x' = {new string('(', 30_000)}\n  start 1\n", "nested" },
            { "minus signs", $"flow a\n  x' = {new string('-', 30_000)}x\n  start 1\n", "nested" },
            { "powers", $"flow a\n  x' = x{string.Concat(Enumerable.Repeat("^x", 30_000))}\n  start 1\n", "nested" },
            {
                "lists in lists", $"flow a\n  parameters k = {new string('[', 30_000)}1{new string(']', 30_000)}\n  x' = -x\n  start 1\n",
                "nested"
            },
            { "entries", string.Concat(Enumerable.Range(0, 60_000).Select(i => $"flow s{i}\n  x' = -x\n  start 1\n")), "at most" },
            {
                "parameters",
                $"flow a\n  parameters {string.Join(", ", Enumerable.Range(0, 60_000).Select(i => $"p{i} = 1"))}\n", "more than"
            },
            { "a name", $"flow {new string('a', 100_000)}\n  x' = -x\n  start 1\n", "expected 'flow NAME'" },
            { "a number", $"flow a\n  x' = {nines}*x\n  start 1\n", "larger than any number" },
            { "a long number", $"flow a\n  x' = 0.{nines}*x\n  start 1\n", "" },
        };
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_refused_or_read_soon(string name, string text, string words)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("attractor-").FullName, "own.ode");
        File.WriteAllText(path, text);
        Stopwatch clock = Stopwatch.StartNew();
        try
        {
            SystemDefinition.Read(path)[0].ToFlow();
            Assert.True(words.Length == 0, name);
        }
        catch (InvalidDataException e)
        {
            Assert.Contains(words, e.Message, StringComparison.Ordinal);
            Assert.InRange(e.Message.Length, 1, 1000);
        }
        Assert.True(clock.Elapsed < s_patience, $"{name}: {clock.Elapsed}");
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void What_is_too_large_to_compile_is_interpreted_to_the_same_values()
    {
        string Text(int terms)
            => "flow a\n  x' = " + string.Join(" + ", Enumerable.Range(1, terms).Select(i => $"sin({i}*x)")) + "\n  start 1\n";
        string path = Path.Combine(Directory.CreateTempSubdirectory("attractor-").FullName, "own.ode");
        File.WriteAllText(path, Text(12_000));
        Stopwatch clock = Stopwatch.StartNew();
        DefinedFlow flow = SystemDefinition.Read(path)[0].ToFlow();
        double[] derivative = new double[1], jacobian = new double[1];
        flow.Derivative([0.3], derivative);
        Assert.Equal(Enumerable.Range(1, 12_000).Sum(i => Math.Sin(i * 0.3)), derivative[0], 1e-8);
        Assert.True(clock.Elapsed < s_patience);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("x' = y", "x", null, true, "y")]
    [InlineData("k = 2", "k", null, false, "2")]
    [InlineData("k=2=3", "k", null, false, "2=3")]
    [InlineData("f ( a, b ) = a*b", "f", " a, b ", false, "a*b")]
    [InlineData("f()' =", "f", "", true, "")]
    [InlineData("x_1  '  =  -x_1", "x_1", null, true, "-x_1")]
    public void A_line_is_taken_apart(string line, string name, string? arguments, bool isEquation, string expression)
        => Assert.Equal(new StatementLine(name, arguments, isEquation, expression), StatementLine.Of(line));

    [Theory]
    [InlineData("title Something")]
    [InlineData("1x = 2")]
    [InlineData("_x = 2")]
    [InlineData("f(a(b)) = 2")]
    [InlineData("f(a = 2")]
    [InlineData("x'' = 2")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("= 2")]
    public void Another_line_is_none(string line) => Assert.Null(StatementLine.Of(line));
}
