using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Attractor.Cli.Tests;

public sealed class StudyCommandTests : IDisposable
{
    private const string Grid = "study create STUDY ngrc data.npy --vary delays=1,2 --vary ridge=1e-8,1e-2 --objective mse --sampler grid";

    private readonly TemporaryFolder _folder = new();

    public StudyCommandTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_goes_from_its_plan_to_its_report()
    {
        JsonElement created = Run(Grid + " --json").Succeeds().Json;
        Assert.Equal(
            [
                "study", "name", "store", "model", "sampler", "pruner", "objectives", "trials", "not_begun", "waiting", "running",
                "completed", "pruned", "failed", "workers", "best"
            ],
            Keys(created));
        Assert.Equal(4, created.GetProperty("not_begun").GetInt32());

        JsonElement done = Run("study run STUDY --json").Succeeds().Json;
        Assert.Equal(4, done.GetProperty("completed").GetInt32());
        JsonElement best = Run("study best STUDY -o best.json --json").Succeeds().Json.GetProperty("best")[0];
        Assert.Equal(["number", "state", "parameters", "values", "scores", "failure", "seconds", "attempt", "run"], Keys(best));
        JsonElement[] trials = [.. Run("study export STUDY --json").Succeeds().Json.GetProperty("trials").EnumerateArray()];
        Assert.Equal(
            trials.Min(t => t.GetProperty("values").GetProperty("mse").GetDouble()),
            best.GetProperty("values").GetProperty("mse").GetDouble());

        // What is best can be trained with, to the same bits.
        Run("train ngrc data.npy --config best.json --verdict no -o RUN -q").Succeeds();
        Assert.Equal(
            File.ReadAllBytes(_folder.File(best.GetProperty("run").GetString()! + "/model.safetensors")),
            File.ReadAllBytes(_folder.File("RUN/model.safetensors")));

        Run("study report STUDY").Succeeds();
        string html = File.ReadAllText(_folder.File("STUDY/report.html"));
        foreach (string words in (string[])["Parallel coordinates", "Trials, the best first", "best so far", "delays", "grid"])
            Assert.Contains(words, html, StringComparison.Ordinal);
        Run("study export STUDY -o trials.csv").Succeeds();
        string[] lines = File.ReadAllLines(_folder.File("trials.csv"));
        Assert.StartsWith("number,state,delays,ridge,", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        Assert.Contains("4 completed", Run("study status STUDY").Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("study rebuild STUDY --json").Succeeds().Json.GetProperty("left_out").GetArrayLength());
        Assert.Equal(4, Run("study status STUDY --json").Json.GetProperty("completed").GetInt32());
    }

    [Fact]
    public void Trials_of_ones_own_and_more_of_them_are_added()
    {
        Run("study create STUDY ngrc data.npy --vary ridge=1e-8..1 --objective mse --trials 1 --sampler sobol -q").Succeeds();
        Assert.Equal(0, Run("study add STUDY ridge=0.25 --json").Succeeds().Json.GetProperty("added").GetInt32());
        Assert.Equal(4, Run("study add STUDY --trials 2 --json").Succeeds().Json.GetProperty("trials").GetInt32());
        Run("study work STUDY --most 1 -q").Succeeds();
        JsonElement first = Run("study export STUDY --json").Json.GetProperty("trials")[0];
        Assert.Equal(0.25, first.GetProperty("parameters").GetProperty("ridge").GetDouble());
        Assert.Equal(3, Run("study work STUDY --leave --json").Succeeds().Json.GetProperty("ended").GetInt32());
    }

    [Fact]
    public void Worker_processes_share_the_trials_and_a_signal_hands_back_what_they_work_on()
    {
        Run(
            "study create STUDY shplrnn data.npy --vary hidden=8,9,10 --set updates=30000 --set sequence=20 --set batch=4 "
            + "--set select_every=0 --objective loss --sampler grid --lease 5 -q").Succeeds();
        using (Process run = Command.Start(_folder.Path, "study", "run", "STUDY", "--workers", "2", "-q"))
        {
            string checkpoint = _folder.File("STUDY/trials/000000/checkpoint/state.safetensors");
            Assert.True(SpinWait.SpinUntil(() => File.Exists(checkpoint) || run.HasExited, TimeSpan.FromSeconds(60)));
            Process.Start("kill", ["-TERM", run.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            Assert.True(run.WaitForExit(TimeSpan.FromMinutes(2)));
            Assert.Equal(130, run.ExitCode);
        }
        JsonElement status = Run("study status STUDY --json").Succeeds().Json;
        // On a busy machine a process is ended before it has handed back; its lease says the same a little later.
        Assert.InRange(status.GetProperty("waiting").GetInt32() + status.GetProperty("running").GetInt32(), 1, 2);

        Assert.Equal(3, Command.RunProcess(_folder.Path, "study", "run", "STUDY", "--workers", "2", "--json").Succeeds().Json.GetProperty(
            "completed").GetInt32());
        Run("train shplrnn data.npy --hidden 8 --updates 30000 --sequence 20 --batch 4 --select-every 0 --verdict no -o RUN -q").Succeeds();
        Assert.Equal(
            File.ReadAllBytes(_folder.File("RUN/model.safetensors")),
            File.ReadAllBytes(_folder.File("STUDY/trials/000000/model.safetensors")));
    }

    [Fact]
    public void Killed_workers_cost_no_trial_and_none_is_done_twice()
    {
        const int Trials = 24;
        Run(
            $"study create STUDY ngrc data.npy --vary ridge=1e-8..1 --objective mse --trials {Trials} --sampler random --lease 1 -q")
            .Succeeds();
        string[] work = ["study", "work", "STUDY", "-q"];
        Random random = new(1);
        for (int kills = 0; kills < 4; kills++)
        {
            using Process victim = Command.Start(_folder.Path, work);
            Thread.Sleep(350 + random.Next(350));
            victim.Kill();
            victim.WaitForExit();
        }
        Process[] workers = [.. Enumerable.Range(0, 3).Select(_ => Command.Start(_folder.Path, work))];
        foreach (Process worker in workers)
            using (worker)
            {
                Assert.True(worker.WaitForExit(TimeSpan.FromMinutes(2)));
                Assert.Equal(0, worker.ExitCode);
            }
        JsonElement[] trials = [.. Run("study export STUDY --json").Json.GetProperty("trials").EnumerateArray()];
        Assert.Equal(Enumerable.Range(0, Trials), trials.Select(t => t.GetProperty("number").GetInt32()));
        Assert.All(trials, t => Assert.Equal("completed", t.GetProperty("state").GetString()));
        Run($"study create WHOLE ngrc data.npy --vary ridge=1e-8..1 --objective mse --trials {Trials} --sampler random -q").Succeeds();
        Run("study run WHOLE -q").Succeeds();
        for (int n = 0; n < Trials; n++)
            Assert.Equal(
                File.ReadAllBytes(_folder.File($"WHOLE/trials/{n:D6}/model.safetensors")),
                File.ReadAllBytes(_folder.File($"STUDY/trials/{n:D6}/model.safetensors")));
    }

    [Fact]
    public void Verbs_take_a_folder_of_seeds()
    {
        Run("train ngrc data.npy --seeds 1..2 --verdict no -o SEEDS -q").Succeeds();
        JsonElement scored = Run("evaluate SEEDS data.npy --verdict no --lyapunov-steps 500 --json -q").Succeeds().Json;
        Assert.Equal(["runs", "median"], Keys(scored));
        Assert.Equal(2, scored.GetProperty("runs").GetArrayLength());
        double[] values = [.. scored.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("d_hellinger").GetDouble())];
        Assert.Equal(values.Average(), scored.GetProperty("median").GetProperty("d_hellinger").GetDouble(), 1e-12);
        Run("report SEEDS -q").Succeeds();
        string html = File.ReadAllText(_folder.File("SEEDS/report.html"));
        Assert.Contains("href=\"seed-2/report.html\"", html, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("SEEDS/seed-2/report.html")));
        JsonElement compared = Run("compare SEEDS SEEDS --data data.npy --metric d_hellinger --json").Succeeds().Json;
        Assert.Equal(["metric", "first", "second", "share_first_better", "probability_by_chance"], Keys(compared));
        Assert.Equal(0.5, compared.GetProperty("share_first_better").GetDouble());
    }

    [Theory]
    [InlineData("study create STUDY nothing data.npy --vary ridge=1,2", "no model", "nothing")]
    [InlineData("study create STUDY ngrc missing.npy --vary ridge=1,2 --objective speed", "speed:min", "speed:max")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge", "setting=values", "ridge")]
    [InlineData("study create STUDY ngrc data.npy --vary rigde=1,2", "did you mean", "ridge")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=0.1..1 --sampler grid", "a grid takes lists", "ridge=")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=1,2 --set delays", "--set", "setting=value")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=1,2 --sampler gird", "no sampler", "gird")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=1,2 --pruner median", "nothing to prune by", "ngrc")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=1,2 --lease 0", "--lease", "at least 1")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=1,2 --store mysql://u:secret@h/d", "postgres://", "a store is")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=1,2 --sampler grid --trials 3", "has 2 points", "not 3")]
    [InlineData("study create STUDY ngrc missing.npy --vary ridge=1,2", "missing.npy", "no such file")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=1,2 --validate other.npy", "other.npy", "no file")]
    [InlineData("study create STUDY ngrc data.npy --vary ridge=1,2 --set columns=7", "7", "data.npy")]
    [InlineData("study run STUDY", "STUDY is no study", "study.json")]
    [InlineData("study add STUDY", "--trials", "a point")]
    [InlineData("compare A B --metric d_stsp", "A", "no such")]
    public void What_cannot_be_gets_one_line(string line, string first, string second)
    {
        Outcome outcome = Run(line);
        if (line.StartsWith("compare", StringComparison.Ordinal))
            Assert.Equal(2, outcome.Code);
        else
            outcome.IsBadInput(first, second);
        Assert.DoesNotContain("secret", outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("STUDY")));
    }

    private Outcome Run(string line) => Command.Run(_folder.Path, line.Split(' '));

    private static string[] Keys(JsonElement json) => [.. json.EnumerateObject().Select(p => p.Name)];
}
