using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>A run goes on with the data that it began with, or not at all.</summary>
public sealed class ChangedDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ChangedDataTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("clipped-shplrnn", "--updates 300 --sequence 20 --hidden 8")]
    [InlineData("ngrc", "")]
    [InlineData("vae", "--epochs 2")]
    [InlineData("seqvae", "--epochs 2")]
    public void Data_that_have_changed_are_refused_with_both_named(string kind, string settings)
    {
        string[] more = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Command.Run(_folder.Path, ["train", kind, "data.npy", "-o", "RUN", "-q", .. more]).Succeeds();
        byte[] model = File.ReadAllBytes(_folder.File("RUN/model.safetensors"));
        string fingerprint = Config()["data_fingerprint"]!.GetValue<string>();
        Assert.StartsWith("800:", fingerprint, StringComparison.Ordinal);
        File.Delete(_folder.File("RUN/model.safetensors"));
        byte[] data = File.ReadAllBytes(_folder.File("data.npy"));
        byte[] changed = [.. data];
        changed[^8] ^= 1;
        File.WriteAllBytes(_folder.File("data.npy"), changed);
        Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput(
            "data.npy has changed since RUN began", $"800 values with the hash {fingerprint[4..]} then", "now");
        Assert.False(File.Exists(_folder.File("RUN/model.safetensors")));
        File.WriteAllBytes(_folder.File("data.npy"), data);
        Command.Run(_folder.Path, "train", "--resume", "RUN", "-q").Succeeds();
        Assert.Equal(model, File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
    }

    [Fact]
    public void The_table_of_a_mixture_counts_as_well()
    {
        File.WriteAllText(_folder.File("t.csv"), "a,b\n1,2\n3,5\n2,9\n4,4\n");
        Command.Run(_folder.Path, "train", "mixture", "t.csv", "--position", "a,b", "--components", "2", "-o", "RUN", "-q");
        File.Delete(_folder.File("RUN/model.safetensors"));
        File.WriteAllText(_folder.File("t.csv"), "a,b\n1,2\n3,5\n2,9\n4,4.5\n");
        Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput("t.csv has changed");
    }

    [Fact]
    public void The_same_values_in_another_file_are_the_same_data()
    {
        SeriesFile.Write(_folder.File("data.csv"), SeriesFile.Read(_folder.File("data.npy")));
        foreach (string file in (string[])["npy", "csv"])
            Command.Run(_folder.Path, "train", "ngrc", $"data.{file}", "-o", file, "-q").Succeeds();
        Assert.Equal(Config("npy")["data_fingerprint"]!.GetValue<string>(), Config("csv")["data_fingerprint"]!.GetValue<string>());
    }

    /// <summary>Also to those who want nothing but the result.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-q")]
    [InlineData("--json")]
    public void An_older_run_goes_on_and_another_width_of_vectors_is_said(string how)
    {
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "-q").Succeeds();
        File.Delete(_folder.File("RUN/model.safetensors"));
        JsonObject config = Config();
        config.Remove("data_fingerprint");
        config["processor"] = "Some Processor, 64-bit vectors";
        File.WriteAllText(_folder.File("RUN/config.json"), config.ToJsonString());
        Outcome outcome = Command.Run(_folder.Path, [.. $"train --resume RUN {how}".Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            .Succeeds();
        Assert.Contains("RUN began with 64-bit vectors and goes on with", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("the last bits of the model will differ", outcome.Errors, StringComparison.Ordinal);
    }

    private JsonObject Config(string run = "RUN") => JsonNode.Parse(File.ReadAllText(_folder.File($"{run}/config.json")))!.AsObject();
}
