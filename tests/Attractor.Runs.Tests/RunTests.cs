using System.Text.Json;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs.Tests;

public sealed class RunTests : IDisposable
{
    private static readonly RecurrentSettings s_small = new()
    {
        Hidden = 8,
        Updates = 400,
        Sequence = 20,
        Batch = 4,
        CheckpointEvery = 100,
        Seed = 3
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_goes_from_data_to_report_in_five_calls()
    {
        string data = _folder.WriteSeries();
        using (Run run = Run.Start(_folder.File("RUN"), "clipped-shplrnn", data, s_small))
            Assert.Equal(TrainingEnding.Completed, run.Train().Ending);

        Scores scores = Run.Open(_folder.File("RUN")).Evaluate(data);
        Run.Open(_folder.File("RUN")).Report();

        Assert.True(double.IsFinite(scores["d_stsp"]));
        Assert.Contains("plotly", File.ReadAllText(Path.Combine(_folder.File("RUN"), "report.html")), StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => scores["d_st"]);
    }

    [Fact]
    public void The_config_holds_what_was_resolved_and_repeats_the_run_to_the_same_bits()
    {
        string data = _folder.WriteSeries();
        Train("FIRST", data, s_small);
        RecurrentSettings settings = (RecurrentSettings)Run.Open(_folder.File("FIRST")).Settings;

        Assert.Equal(2, settings.Latent);
        Assert.Equal(StartingParameters.Data, settings.Start);
        Assert.Equal(1e-3, settings.LearningRate);
        Assert.Equal(500, settings.SelectEvery);
        Train("SECOND", data, settings);
        Assert.Equal(File.ReadAllBytes(Model("FIRST")), File.ReadAllBytes(Model("SECOND")));
    }

    [Theory]
    [InlineData(ForcingRule.Gtf, null, true)]
    [InlineData(ForcingRule.Gtf, 0.3, false)]
    [InlineData(ForcingRule.Stf, null, false)]
    public void The_strength_of_forcing_is_that_which_the_data_ask_for_unless_it_is_given(ForcingRule rule, double? given, bool measured)
    {
        string data = _folder.WriteSeries();
        Train("RUN", data, s_small with { Forcing = rule, Alpha = given });
        double asked = LocalExpansion.ForcingStrength(LocalExpansion.Of([SeriesFile.Read(data)], s_small.Sequence));
        Assert.Equal(measured ? asked : given, ((RecurrentSettings)Run.Open(_folder.File("RUN")).Settings).Alpha);
    }

    [Fact]
    public void A_cancelled_run_resumes_to_the_bits_of_one_that_was_not()
    {
        string data = _folder.WriteSeries();
        // Long enough for a report, of which there are ten a second.
        RecurrentSettings longer = s_small with { Updates = 40_000 };
        Train("WHOLE", data, longer);
        using CancellationTokenSource stop = new();
        using (Run run = Run.Start(_folder.File("CUT"), "clipped-shplrnn", data, longer))
            Assert.Equal(TrainingEnding.Cancelled, run.Train(new Stops(stop), stop.Token).Ending);

        Assert.False(Run.Open(_folder.File("CUT")).IsFinished);
        Assert.Equal(TrainingEnding.Completed, Run.Open(_folder.File("CUT")).Resume(CancellationToken.None).Ending);
        Assert.Equal(File.ReadAllBytes(Model("WHOLE")), File.ReadAllBytes(Model("CUT")));
    }

    [Theory]
    [InlineData(100, 600)]
    [InlineData(0, 600)]
    [InlineData(100, 400)]
    public void The_model_is_the_state_that_was_selected_where_settings_and_data_allow_it(long every, int rows)
    {
        string data = _folder.WriteSeries(rows: rows);
        using (Run run = Run.Start(_folder.File("RUN"), "shplrnn", data, s_small with { SelectEvery = every }))
        {
            JsonElement json = JsonSerializer.SerializeToElement(run.Train().Json);
            bool selects = every > 0 && rows >= 500;
            Assert.Equal(selects ? JsonValueKind.Number : JsonValueKind.Null, json.GetProperty("selected_update").ValueKind);
        }
        TrainingState state = Checkpoint.Load(Path.Combine(_folder.File("RUN"), "checkpoint", "state.safetensors"));
        RecurrentModel model = (RecurrentModel)ModelFile.Load(Model("RUN"));
        Assert.Equal(state.Selected?.Parameters ?? state.Parameters, model.Parameters.Values.ToArray());
    }

    [Fact]
    public void A_mixture_is_fitted_with_typed_settings()
    {
        File.WriteAllText(
            _folder.File("quakes.csv"), "lon,lat,n\n" + string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant(
                $"{(i % 2 * 10) + (0.1 * (i % 7))},{(i % 2 * -5) + (0.1 * (i % 5))},{(i % 2 * 20) + (i % 3)}\n"))));
        using Run run = Run.Start(
            _folder.File("RUN"),
            "mixture",
            _folder.File("quakes.csv"),
            new MixtureSettings { Position = ["lon", "lat"], Count = ["n"], Components = 2 });

        Assert.Equal(TrainingEnding.Completed, run.Train().Ending);
        Assert.Equal(60, Run.Open(_folder.File("RUN")).Evaluate().Json["rows"]!.GetValue<int>());
    }

    [Fact]
    public void Messages_speak_of_arguments_and_can_be_asked_for_in_options()
    {
        SettingException error = Assert.Throws<SettingException>(
            () => Run.Start(_folder.File("RUN"), "shplrnn", _folder.WriteSeries(), new RecurrentSettings { Latent = 1 }));

        Assert.StartsWith("Latent is 1: the data have 2 variables", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("--latent is 1", error.With(p => SettingName.Option(SettingName.Key(p))), StringComparison.Ordinal);
        Assert.StartsWith(
            "Hidden must be at least 1",
            Assert.Throws<ArgumentException>(
                () => Run.Start(_folder.File("RUN"), "shplrnn", _folder.File("data.npy"), new RecurrentSettings { Hidden = 0 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_another_kind_are_refused()
        => Assert.Contains(
            "Expected MixtureSettings",
            Assert.Throws<ArgumentException>(() => Run.Start(_folder.File("RUN"), "mixture", "x.csv", new RecurrentSettings())).Message,
            StringComparison.Ordinal);

    [Fact]
    public void What_a_kind_cannot_do_is_refused_in_one_sentence()
    {
        string data = _folder.WriteSeries();
        Train("RUN", data, s_small);

        Assert.Contains(
            "holds a clipped-shplrnn, not a vae or seqvae: attractor reconstruct takes no other",
            Assert.Throws<ArgumentException>(() => Run.Open(_folder.File("RUN")).Ask(Verbs.Reconstruct, null, new(data))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_cannot_be_begun_with_a_config_that_nobody_could_open()
    {
        using RunFolder folder = RunFolder.Open(_folder.File("RUN"));

        Assert.Contains(
            "version 7",
            Assert.Throws<ArgumentException>(() => folder.Begin(new() { ["format"] = 7 }, "")).Message,
            StringComparison.Ordinal);
        folder.Begin(new() { ["model"] = "plrnn" }, "");
        Assert.Equal(JsonValueKind.Object, RunFolder.ReadConfig(_folder.File("RUN")).ValueKind);
    }

    private string Model(string run) => Path.Combine(_folder.File(run), "model.safetensors");

    private void Train(string run, string data, RecurrentSettings settings)
    {
        using Run started = Run.Start(_folder.File(run), "clipped-shplrnn", data, settings);
        started.Train();
    }

    private sealed class Stops(CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => stop.Cancel();
    }
}
