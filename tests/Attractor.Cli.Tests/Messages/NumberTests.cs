using System.CommandLine;

namespace Attractor.Cli.Tests.Messages;

/// <summary>Numbers on the command line: one spelling, and the one that was meant where it is another.</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData("simulate lorenz63 --noise 0,05", "--noise takes a number, not 0,05; write 0.05")]
    [InlineData("simulate lorenz63 --dt 0,01", "--dt takes a number, not 0,01; write 0.01")]
    [InlineData("simulate lorenz63 --steps 1,000", "--steps takes a whole number, not 1,000; write 1000")]
    [InlineData("simulate lorenz63 --steps 1e3", "--steps takes a whole number, not 1e3; write 1000")]
    [InlineData("simulate lorenz63 --steps 10.5", "--steps takes a whole number, not 10.5")]
    [InlineData("simulate lorenz63 --steps 5000000000", "--steps must be at most 2147483647, not 5000000000")]
    [InlineData("simulate lorenz63 --transient 1.234,5", "--transient takes a number, not 1.234,5; write 1234.5")]
    [InlineData("simulate lorenz63 --transient 1,234", "--transient takes a number, not 1,234; write 1.234 or 1234")]
    [InlineData("simulate lorenz63 --noise five", "--noise takes a number, not five")]
    [InlineData("simulate lorenz63 -p rho=28,5", "--parameter must be a name and a number such as rho=30, not 'rho=28,5'; write 28.5")]
    [InlineData("train esn data.npy --ridge 0,01", "--ridge takes a number, not 0,01; write 0.01")]
    [InlineData("train esn data.npy --units 1'000", "--units takes a whole number, not 1'000; write 1000")]
    public void ANumberInAnotherSpellingIsRefusedWithTheOneThatIsMeant(string line, string message)
    {
        using TemporaryFolder folder = new();
        folder.WriteData();
        Outcome outcome = Command.Run(folder.Path, line.Split(' '));
        Assert.Equal(2, outcome.Code);
        Assert.StartsWith("attractor: " + message, outcome.Errors);
        Assert.Single(outcome.Errors.Trim().Split('\n'));
    }

    [Fact]
    public void EveryOptionThatTakesANumberRefusesADecimalComma()
    {
        int options = 0;
        foreach ((string path, Option option) in Options(CommandLine.Create(), ""))
        {
            Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
            if (!type.IsPrimitive || type == typeof(bool))
                continue;
            options++;
            RootCommand root = CommandLine.Create();
            ParseResult parsed = root.Parse($"{path} x {option.Name} 0,05");
            Assert.Contains(parsed.Errors, e => e.Message.Contains($"{option.Name} takes a", StringComparison.Ordinal));
        }
        Assert.True(options > 25, $"only {options} options");
    }

    [Fact]
    public void NumbersAreReadAsTheyAre()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = Command.Run(
            folder.Path, "simulate", "lorenz63", "--steps", "20", "--dt", "5e-3", "--noise", ".05", "--transient", "0", "--json");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("\"dt\": 0.005", outcome.Output);
    }

    private static IEnumerable<(string Path, Option Option)> Options(System.CommandLine.Command command, string path)
        => command.Options.Select(option => (path, option))
            .Concat(command.Subcommands.SelectMany(below => Options(below, $"{path} {below.Name}".Trim())));
}
