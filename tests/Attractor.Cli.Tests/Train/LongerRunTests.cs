using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>Finished runs that are given more to learn.</summary>
public sealed class LongerRunTests : IDisposable
{
    private const string Network = "--sequence 20 --hidden 8 --seed 3 --verdict no -q --l2-end 1e-5 --schedule ";

    private readonly TemporaryFolder _folder = new();

    public LongerRunTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train clipped-shplrnn data.npy --select-every 0 " + Network + "constant", "--updates", 150, 250)]
    [InlineData("train clipped-shplrnn data.npy --select-every 100 " + Network + "constant", "--updates", 400, 300)]
    [InlineData("train seqvae data.npy --latent 2 --window 20 --encoder-units 6 --lr 1e-3 --lr-end 1e-3 -q", "--epochs", 2, 3)]
    public void Where_the_length_does_not_enter_the_bits_are_those_of_a_longer_run(string line, string option, int first, int more)
    {
        Run($"{line} -o RUN {option} {first}");
        Run($"train --resume RUN {option} {more} -q");
        Run($"{line} -o WHOLE {option} {first + more}");

        Assert.Equal(Bytes("WHOLE/model.safetensors"), Bytes("RUN/model.safetensors"));
        string config = File.ReadAllText(_folder.File("RUN/config.json"));
        Assert.Contains($"\"{option[2..]}\": {first + more},", config, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("RUN/model.shorter.safetensors")));
    }

    [Fact]
    public void A_schedule_goes_on_as_that_of_the_new_length()
    {
        Run($"train clipped-shplrnn data.npy --select-every 0 {Network}exponential --lr 1e-2 --lr-end 1e-4 -o RUN --updates 200");
        Run("train --resume RUN --updates 200 -q");

        string[] curve = File.ReadAllLines(_folder.File("RUN/metrics.jsonl"));
        double[] rates = [.. curve.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("learning_rate").GetDouble())];
        Assert.Equal(4, rates.Length);
        Assert.InRange(rates[1], 9.5e-5, 1.1e-4);
        // Three quarters of the way from 1e-2 to 1e-4, in the logarithm; then the end.
        Assert.InRange(rates[2], 3.1e-4, 3.4e-4);
        Assert.InRange(rates[3], 9.5e-5, 1.1e-4);
    }

    [Fact]
    public void A_longer_run_that_diverges_leaves_the_model_it_had()
    {
        Run($"train clipped-shplrnn data.npy --select-every 0 {Network}constant -o RUN --updates 100");
        byte[] model = Bytes("RUN/model.safetensors");
        string config = _folder.File("RUN/config.json");
        File.WriteAllText(
            config,
            File.ReadAllText(config).Replace("\"lr\": 0.001", "\"lr\": 1e12", StringComparison.Ordinal)
                .Replace("\"clip\": 10", "\"clip\": 0", StringComparison.Ordinal)
                .Replace("\"optimizer\": \"radam\"", "\"optimizer\": \"adam\"", StringComparison.Ordinal));

        Outcome outcome = Command.Run(_folder.Path, "train", "--resume", "RUN", "--updates", "200", "-q", "--json");

        Assert.Equal(1, outcome.Code);
        Assert.Equal("diverged", outcome.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(model, Bytes("RUN/model.shorter.safetensors"));
    }

    [Theory]
    [InlineData("clipped-shplrnn data.npy --updates 20 --sequence 20 --verdict no", "--epochs 3", "--updates")]
    [InlineData("clipped-shplrnn data.npy --updates 20 --sequence 20 --verdict no", "", "nothing to resume")]
    [InlineData("clipped-shplrnn data.npy --updates 20 --sequence 20 --verdict no", "--updates 10 --lr 1", "--resume")]
    [InlineData("clipped-shplrnn data.npy --updates 20 --sequence 20 --verdict no", "--updates 0", "--updates")]
    [InlineData("esn data.npy --units 10 --verdict no", "--updates 10", "not trained further")]
    public void What_cannot_be_longer_says_so(string training, string more, string words)
    {
        Run($"train {training} -o RUN -q");
        byte[] model = Bytes("RUN/model.safetensors");

        Command.Run(_folder.Path, $"train --resume RUN {more}".Split(' ', StringSplitOptions.RemoveEmptyEntries)).IsBadInput(words);
        Assert.Equal(model, Bytes("RUN/model.safetensors"));
    }

    private byte[] Bytes(string file) => File.ReadAllBytes(_folder.File(file));

    private void Run(string line) => Command.Run(_folder.Path, line.Split(' ')).Succeeds();
}
