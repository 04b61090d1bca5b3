namespace Attractor.Cli.Tests;

/// <summary>A result that is not finite is none: exit code 1 with the reason, and nothing is written.</summary>
public sealed class NonFiniteResultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NonFiniteResultTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1e160, "esn --units 30", "'a' goes from", "beyond reckoning")]
    [InlineData(1e160, "ngrc", "'a' goes from", "beyond reckoning")]
    [InlineData(1e300, "ngrc --standardize no", "'a' goes from", "beyond reckoning")]
    [InlineData(1e160, "clipped-shplrnn --updates 100 --sequence 20", "'a' goes from", "beyond reckoning")]
    [InlineData(1e-310, "clipped-shplrnn --updates 100 --sequence 20", "'a' goes from", "beyond reckoning")]
    [InlineData(1e-310, "esn --units 30 --standardize no", "'a' goes from", "beyond reckoning")]
    [InlineData(1e-30, "clipped-shplrnn --updates 100 --sequence 20 --standardize no", "'a' goes from", "let it be standardised")]
    [InlineData(1e30, "shplrnn --updates 100 --sequence 20 --standardize no", "'a' goes from", "let it be standardised")]
    [InlineData(1e160, "vae --epochs 2", "'a' goes from", "beyond reckoning")]
    [InlineData(1e160, "seqvae --epochs 2", "'a' goes from", "beyond reckoning")]
    [InlineData(1e160, "mixture --position a,b --components 2", "'a' goes from", "beyond reckoning")]
    public void Data_that_cannot_be_reckoned_with_are_refused(double scale, string kind, params string[] words)
    {
        Write(scale);
        Command.Run(_folder.Path, ["train", .. kind.Split(' ')[..1], "own.csv", .. kind.Split(' ')[1..], "-o", "RUN"]).IsBadInput(words);
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    [Theory]
    [InlineData(1e160, "floor own.csv")]
    [InlineData(1e160, "dimension own.csv")]
    [InlineData(1e-310, "lyapunov own.csv")]
    [InlineData(1e-310, "embed own.csv -o out.npy")]
    public void Nothing_is_told_of_data_that_cannot_be_reckoned_with(double scale, string line)
    {
        Write(scale);
        Command.Run(_folder.Path, line.Split(' ')).IsBadInput("'a' goes from", "beyond reckoning");
        Assert.False(File.Exists(_folder.File("out.npy")));
    }

    [Theory]
    [InlineData(1e30, "clipped-shplrnn --updates 100 --sequence 20 -q")]
    [InlineData(1e-30, "ngrc -q")]
    [InlineData(1e100, "ngrc -q")]
    public void Data_of_any_units_that_can_be_are_not(double scale, string kind)
    {
        Write(scale);
        Command.Run(_folder.Path, ["train", .. kind.Split(' ')[..1], "own.csv", .. kind.Split(' ')[1..], "-o", "RUN"]).Succeeds();
    }

    [Theory]
    [InlineData("30", "not finite")]
    [InlineData("500", "leave the finite numbers")]
    public void A_reservoir_with_infinite_weights_is_not_written(string units, string reason)
    {
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "-q").Succeeds();
        byte[] model = File.ReadAllBytes(_folder.File("RUN/model.safetensors"));
        Outcome outcome = Command.Run(
            _folder.Path, "train", "esn", "data.npy", "--units", units, "--input-scale", "1e308", "-o", "RUN", "--overwrite", "-q");
        Assert.Equal(1, outcome.Code);
        Assert.Contains(reason, outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(model, File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
    }

    [Fact]
    public void Noise_without_bounds_is_no_recording()
    {
        Command.Run(_folder.Path, "simulate", "lorenz63", "--steps", "50", "--noise", "1e308", "-o", "l.csv").Fails(
            "infinite value", "was not written", "lower the noise");
        Assert.False(File.Exists(_folder.File("l.csv")));
    }

    [Fact]
    public void A_score_that_is_not_a_number_has_a_reason()
    {
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "-q").Succeeds();
        File.WriteAllText(
            _folder.File("gap.csv"), "a,b\n" + string.Concat(Enumerable.Range(0, 400).Select(t => string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{(t == 200 ? "NaN" : Math.Cos(0.2 * t))},{Math.Sin(0.2 * t)}\n"))));
        Outcome outcome = Command.Run(_folder.Path, "evaluate", "RUN", "gap.csv", "--verdict", "no");
        if (outcome.Code != 2)
        {
            Assert.Equal(1, outcome.Code);
            Assert.Contains("D_H is not a number", outcome.Output, StringComparison.Ordinal);
        }
    }

    private void Write(double scale) => File.WriteAllText(
        _folder.File("own.csv"), "a,b\n" + string.Concat(Enumerable.Range(0, 300).Select(t => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{scale * Math.Cos(0.2 * t):R},{scale * (Math.Sin(0.2 * t) + (0.1 * Math.Cos(0.5 * t))):R}\n"))));
}
