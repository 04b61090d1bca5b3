using System.Diagnostics;
using System.Text.Json;

namespace Attractor.Cli.Tests;

public sealed class RunTests : IDisposable
{
    private static readonly string[] s_short =
    [
        "--updates", "600", "--sequence", "20", "--hidden", "10", "--checkpoint-every", "100", "--seed", "3"
    ];

    private readonly TemporaryFolder _folder = new();

    public RunTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_killed_at_random_instants_ends_in_the_same_bits()
    {
        string[] settings = ["--updates", "20000", "--sequence", "40", "--hidden", "30", "--checkpoint-every", "1000", "--seed", "3", "-q"];
        Stopwatch clock = Stopwatch.StartNew();
        Command.RunProcess(_folder.Path, ["train", "clipped-shplrnn", "data.npy", "-o", "WHOLE", .. settings]).Succeeds();
        // At any instant of a whole run, however slow the machine: starting, training, saving.
        int whole = (int)clock.ElapsedMilliseconds;
        byte[] expected = File.ReadAllBytes(_folder.File("WHOLE/model.safetensors"));
        Random random = new(5);
        int kills = 0;
        // Runs are counted apart from kills: one that is lucky enough to end unharmed is followed by another, not by itself.
        for (int n = 0; kills < 20; n++)
        {
            string run = $"RUN{n}";
            bool begun = false;
            while (!File.Exists(_folder.File($"{run}/model.safetensors")))
            {
                using Process process = begun
                    ? Command.Start(_folder.Path, "train", "--resume", run, "-q")
                    : Command.Start(_folder.Path, ["train", "clipped-shplrnn", "data.npy", "-o", run, .. settings]);
                if (process.WaitForExit(random.Next(100, Math.Min(whole, 1000 + (50 * kills)))))
                {
                    Assert.True(process.ExitCode == 0, process.StandardError.ReadToEnd());
                    continue;
                }
                process.Kill();
                process.WaitForExit();
                kills++;
                begun = File.Exists(_folder.File($"{run}/config.json"));
            }
            Assert.Equal(expected, File.ReadAllBytes(_folder.File($"{run}/model.safetensors")));
        }
    }

    [Fact]
    public void Ctrl_C_leaves_a_run_that_goes_on()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("the signal is sent by kill");
        string[] settings = ["--updates", "400000", "--sequence", "20", "--hidden", "10", "--seed", "3"];
        using (Process process = Command.Start(_folder.Path, ["train", "clipped-shplrnn", "data.npy", "-o", "RUN", .. settings]))
        {
            for (int i = 0; i < 1200 && !File.Exists(_folder.File("RUN/checkpoint/state.safetensors")); i++)
                Thread.Sleep(20);
            Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("--resume RUN", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        }
        Command.Run(_folder.Path, "train", "--resume", "RUN", "-q").Succeeds();
        Train("WHOLE", settings).Succeeds();
        Assert.Equal(File.ReadAllBytes(_folder.File("WHOLE/model.safetensors")), File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
    }

    [Fact]
    public void Several_seeds_at_once_give_the_bits_they_give_alone()
    {
        Command.Run(_folder.Path, ["train", "clipped-shplrnn", "data.npy", "-o", "ALL", "--seeds", "2..4", .. s_short[..^2]]).Succeeds();
        Train("ALONE", s_short).Succeeds();
        Assert.Equal(
            File.ReadAllBytes(_folder.File("ALONE/model.safetensors")), File.ReadAllBytes(_folder.File("ALL/seed-3/model.safetensors")));
        Assert.NotEqual(
            File.ReadAllBytes(_folder.File("ALL/seed-2/model.safetensors")),
            File.ReadAllBytes(_folder.File("ALL/seed-3/model.safetensors")));
    }

    [Fact]
    public void A_second_process_on_one_run_is_refused()
    {
        using Process first = Command.Start(
            _folder.Path, "train", "shplrnn", "data.npy", "-o", "RUN", "--updates", "100000000", "--sequence", "20", "-q");
        try
        {
            for (int i = 0; i < 6000 && !File.Exists(_folder.File("RUN/config.json")); i++)
                Thread.Sleep(20);
            Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput("in use");
            Command.Run(_folder.Path, "train", "shplrnn", "data.npy", "--sequence", "20", "-o", "RUN", "--overwrite").IsBadInput("in use");
        }
        finally
        {
            first.Kill();
            first.WaitForExit();
        }
    }

    [Fact]
    public void A_finished_run_is_replaced_only_with_overwrite()
    {
        Train("RUN", s_short).Succeeds();
        byte[] model = File.ReadAllBytes(_folder.File("RUN/model.safetensors"));
        Train("RUN", s_short).IsBadInput("--overwrite");
        Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput("finished");
        Assert.Equal(model, File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
        Train("RUN", [.. s_short, "--overwrite"]).Succeeds();
        Assert.Equal(model, File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
    }

    [Fact]
    public void Of_several_seeds_one_that_is_refused_costs_the_others_nothing()
    {
        string[] seeds = ["train", "clipped-shplrnn", "data.npy", "-o", "ALL", "--seeds", "1..3", .. s_short[..^2]];
        Command.Run(_folder.Path, seeds).Succeeds();
        byte[][] models = Models();
        using (Process holder = Command.Start(
            _folder.Path, "train", "clipped-shplrnn", "data.npy", "-o", "ALL/seed-3", "--overwrite", "--updates", "100000000", "--sequence",
            "20", "-q"))
        {
            try
            {
                // The holder has deleted the model of seed 3 once it has begun.
                for (int i = 0; i < 500 && File.Exists(_folder.File("ALL/seed-3/model.safetensors")); i++)
                    Thread.Sleep(20);
                Command.Run(_folder.Path, [.. seeds, "--overwrite"]).IsBadInput("seed-3", "in use");
            }
            finally
            {
                holder.Kill();
                holder.WaitForExit();
            }
        }
        Assert.Equal(models, Models());

        byte[][] Models() => [.. new[] { 1, 2 }.Select(s => File.ReadAllBytes(_folder.File($"ALL/seed-{s}/model.safetensors")))];
    }

    [Fact]
    public void A_verb_ends_with_the_next_one_to_type()
    {
        _folder.WriteData("test.npy", rows: 2000);
        Assert.EndsWith("next: attractor evaluate RUN data.npy\n", Train("RUN", s_short).Succeeds().Output, StringComparison.Ordinal);
        Assert.EndsWith(
            $"next: attractor evaluate RUN {_folder.File("data.npy")}\n",
            Command.Run(_folder.Path, "generate", "RUN", "--steps", "5").Output,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "next: attractor report RUN --data test.npy\n",
            Command.Run(_folder.Path, "evaluate", "RUN", "test.npy").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_keeps_its_model_and_its_data()
    {
        Train("RUN", s_short).Succeeds();
        File.Delete(_folder.File("RUN/model.safetensors"));
        Command.Run(_folder.Path, "train", "shplrnn", "--resume", "RUN").IsBadInput("clipped-shplrnn", "leave the model out");
        Command.Run(_folder.Path, "train", "clipped-shplrnn", "other.npy", "--resume", "RUN").IsBadInput("other.npy", "leave the data out");
        Command.Run(_folder.Path, "train", "clipped-shplrnn", "data.npy", "--resume", "RUN").Succeeds();
    }

    [Fact]
    public void A_folder_of_other_things_is_left_alone()
    {
        Directory.CreateDirectory(_folder.File("photos"));
        File.WriteAllText(_folder.File("photos/one.jpg"), "");
        Train("photos", s_short).IsBadInput("not a run");
        Assert.Single(Directory.GetFileSystemEntries(_folder.File("photos")));
    }

    [Fact]
    public void A_config_repeats_a_run_and_the_command_line_wins()
    {
        Train("RUN", s_short).Succeeds();
        Command.Run(_folder.Path, "train", "clipped-shplrnn", "data.npy", "--config", "RUN/config.json", "-o", "AGAIN").Succeeds();
        Assert.Equal(File.ReadAllBytes(_folder.File("RUN/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
        Outcome other = Command.Run(
            _folder.Path, "train", "clipped-shplrnn", "data.npy", "--config", "RUN/config.json", "--updates", "200", "-o", "OTHER",
            "--json").Succeeds();
        Assert.Equal(200, other.Json.GetProperty("updates").GetInt64());
        File.WriteAllText(_folder.File("bad.json"), """{"hiden": 3}""");
        Train("NEW", ["--config", "bad.json"]).IsBadInput("hiden", "did you mean \"hidden\"");
    }

    [Fact]
    public void Metrics_are_one_object_a_line_up_to_the_last_update()
    {
        Train("RUN", s_short).Succeeds();
        long[] updates = [.. File.ReadLines(_folder.File("RUN/metrics.jsonl")).Select(
            l => JsonDocument.Parse(l).RootElement.GetProperty("update").GetInt64())];
        Assert.Equal([100, 200, 300, 400, 500, 600], updates);
    }

    [Fact]
    public void The_standard_output_of_json_is_one_object_with_the_agreed_keys()
    {
        Train("RUN", s_short).Succeeds();
        _folder.WriteData("test.npy", rows: 2000);
        Outcome evaluated = Command.Run(_folder.Path, "evaluate", "RUN", "test.npy", "--json");
        foreach (string key in (string[])[
            "d_stsp", "d_stsp_floor", "d_hellinger", "d_hellinger_floor", "prediction_error_20", "prediction_error_20_floor",
            "lyapunov_max_per_step", "valid_prediction_steps", "finite"
        ])
            Assert.True(evaluated.Json.TryGetProperty(key, out _), key);
        Outcome trained = Train("JSON", [.. s_short, "--json"]).Succeeds();
        foreach (string key in (string[])["run", "model", "seed", "parameters", "ending", "updates", "loss", "seconds"])
            Assert.True(trained.Json.TryGetProperty(key, out _), key);
        Assert.Equal("", trained.Errors);
        Assert.Equal(
            50, Command.Run(_folder.Path, "generate", "RUN", "--steps", "50", "--json").Succeeds().Json.GetProperty("rows").GetInt32());
        JsonElement lyapunov = Command.Run(_folder.Path, "lyapunov", "lorenz63", "--steps", "2000", "--spectrum", "--json").Succeeds().Json;
        Assert.Equal(3, lyapunov.GetProperty("spectrum_per_step").GetArrayLength());
    }

    [Fact]
    public void A_diverged_training_ends_with_code_1_and_keeps_its_last_good_state()
    {
        Outcome outcome = Train("RUN", [
            "--updates", "600", "--sequence", "20", "--optimizer", "sgd", "--lr", "1e12", "--schedule", "constant", "--clip", "0", "--json"
        ]);
        Assert.Equal(1, outcome.Code);
        Assert.Equal("diverged", outcome.Json.GetProperty("ending").GetString());
        Assert.Equal(6, outcome.Json.GetProperty("divergences").GetInt32());
        Assert.True(File.Exists(_folder.File("RUN/checkpoint/state.safetensors")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("train")]
    [InlineData("demo")]
    [InlineData("simulate")]
    [InlineData("generate")]
    [InlineData("evaluate")]
    [InlineData("lyapunov")]
    [InlineData("systems")]
    [InlineData("cycles")]
    [InlineData("dimension")]
    [InlineData("embed")]
    [InlineData("report")]
    [InlineData("reproduce")]
    public void Help_has_an_example(string verb)
        => Assert.Contains(
            $"Example:\n  attractor {verb}".TrimEnd(),
            Command.Run(_folder.Path, [.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Succeeds().Output,
            StringComparison.Ordinal);

    [Fact]
    public void The_demo_does_the_main_job_and_can_be_repeated()
    {
        JsonElement first = Command.Run(_folder.Path, "demo", "--updates", "300", "--json").Json;
        Assert.True(File.Exists(_folder.File(first.GetProperty("report").GetString()!)));
        Assert.True(first.TryGetProperty("d_stsp_floor", out _));
        JsonElement second = Command.Run(_folder.Path, "demo", "--updates", "300", "--json").Json;
        Assert.Equal(first.GetProperty("d_stsp").GetRawText(), second.GetProperty("d_stsp").GetRawText());
    }

    private Outcome Train(string run, params string[] settings)
        => Command.Run(_folder.Path, ["train", "clipped-shplrnn", "data.npy", "-o", run, .. settings]);
}
