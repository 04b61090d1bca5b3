using System.Text.Json;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

/// <summary>Trials through the verbs that embed, generate, train and judge, from an archive and from a folder.</summary>
public sealed class TrialsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TimeSeries[] _trials;

    public TrialsTests()
    {
        TimeSeries orbit = Lorenz63.Default.Simulate(3000, 0.02, seed: 5).Standardize();
        _trials = [.. Enumerable.Range(0, 6).Select(i => orbit.Slice(450 * i, 250 + (30 * i)))];
        SeriesFile.WriteTrials(_folder.File("trials.npz"), _trials);
        Directory.CreateDirectory(_folder.File("runs"));
        for (int i = 0; i < _trials.Length; i++)
            SeriesFile.Write(_folder.File($"runs/s{i + 1}.npy"), _trials[i]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_trial_is_embedded_by_itself()
    {
        JsonElement found = Run("embed", "trials.npz", "--delay", "9", "--dimension", "3", "-o", "e.npz", "--json").Succeeds().Json;
        IReadOnlyList<TimeSeries> embedded = SeriesFile.ReadTrials(_folder.File("e.npz"));
        Assert.Equal(_trials.Select(trial => trial.Length - 18), embedded.Select(trial => trial.Length));
        Assert.Equal(DelayEmbedding.Of(_trials[3], 3, 9).Values.ToArray(), embedded[3].Values.ToArray());
        Assert.Equal(embedded.Sum(trial => trial.Length), found.GetProperty("rows").GetInt32());
        Assert.Equal(["arr_0", "arr_5"], found.GetProperty("trials").EnumerateArray().Select(t => t.GetProperty("trial").GetString())
            .Where(name => name is "arr_0" or "arr_5"));
        // A table says which trial a row belongs to.
        Outcome outcome = Run("embed", "trials.npz", "--delay", "9", "--dimension", "3", "-o", "e.csv").Succeeds();
        Assert.Contains("6 trials embedded, 1,842 rows", outcome.Output);
        IReadOnlyList<TimeSeries> back = DataFile.Read(_folder.File("e.csv"), new() { Trial = "trial" }).Trials;
        Assert.Equal(embedded[5].Values.ToArray(), back[5].Values.ToArray());
        // Trials shorter than a row of coordinates have none.
        Assert.Contains(
            "; 2 are shorter than a row of coordinates and left out",
            Run("embed", "trials.npz", "--delay", "40", "--dimension", "8", "-o", "f.npz").Succeeds().Output);
    }

    [Fact]
    public void A_run_sets_out_from_a_row_of_the_trial_that_is_named()
    {
        Run("train", "ngrc", "trials.npz", "--dt", "0.02", "--verdict", "no", "-o", "RUN").Succeeds();
        SeriesFile.Write(_folder.File("third.npy"), _trials[2]);
        string[] line = ["generate", "RUN", "--start", "40", "--steps", "30", "-o"];
        Run([.. line, "alone.npy", "--from", "third.npy"]).Succeeds();
        Run([.. line, "named.npy", "--from", "trials.npz", "--trial", "3"]).Succeeds();
        Run([.. line, "of_run.npy", "--trial", "arr_2"]).Succeeds();
        byte[] alone = File.ReadAllBytes(_folder.File("alone.npy"));
        Assert.Equal(alone, File.ReadAllBytes(_folder.File("named.npy")));
        Assert.Equal(alone, File.ReadAllBytes(_folder.File("of_run.npy")));
        Run([.. line, "x.npy", "--trial", "9"]).IsBadInput("trials.npz", "no trial '9' among 6");
    }

    [Fact]
    public void A_folder_of_trials_is_an_archive_of_them()
    {
        // No trial alone has the 500 rows that a verdict takes.
        string[] line = ["train", "ngrc", "--dt", "0.02", "-o"];
        JsonElement archive = Run([.. line, "A", "trials.npz", "--json"]).Succeeds().Json;
        JsonElement folder = Run([.. line, "B", "runs", "--json"]).Succeeds().Json;
        Assert.Equal(File.ReadAllBytes(_folder.File("A/model.safetensors")), File.ReadAllBytes(_folder.File("B/model.safetensors")));
        Assert.Equal(archive.GetProperty("verdict").GetString(), folder.GetProperty("verdict").GetString());
        Assert.Contains("free runs", archive.GetProperty("verdict_reason").GetString());
        JsonElement scores = Run("evaluate", "B", "runs", "--json").Succeeds().Json;
        Assert.Equal("s6", scores.GetProperty("trials")[5].GetProperty("name").GetString());
        Assert.Equal(
            Run("evaluate", "A", "trials.npz", "--json").Succeeds().Json.GetProperty("d_stsp").GetDouble(),
            scores.GetProperty("d_stsp").GetDouble());
        Run("report", "B").Succeeds();
        Run("generate", "B", "--steps", "20", "--trial", "s2").Succeeds();
        Run("dimension", "runs").Succeeds();
        Run("evaluate", "B", "runs/s*.npy").Succeeds();
        Run("look", "runs").Succeeds();
        Directory.CreateDirectory(_folder.File("none"));
        Run("train", "ngrc", "none", "-o", "C").IsBadInput("none", "no file of data");
    }

    private Outcome Run(params string[] line) => Command.Run(_folder.Path, line);
}
