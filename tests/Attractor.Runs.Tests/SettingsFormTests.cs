using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Runs.Tests;

/// <summary>What holds of the settings of every kind of model, and of every verb's options.</summary>
public sealed class SettingsFormTests
{
    public static TheoryData<string> Kinds => [.. ModelKinds.All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_setting_says_what_it_is_and_has_a_key_of_its_own(string kind)
    {
        IReadOnlyList<Setting> all = ModelKinds.Find(kind).Settings.All;

        Assert.All(all, s => Assert.NotEmpty(s.Help));
        Assert.Equal(all.Count, all.Select(s => s.Key).Distinct().Count());
        Assert.All(all, s => Assert.Matches("^--[a-z0-9-]+$", s.Option));
        Assert.Contains(all, s => s.Key == "seed");
    }

    [Fact]
    public void Null_has_a_word_in_files_and_command_lines_where_it_is_declared()
    {
        SettingsForm form = ModelKinds.Find("vae").Settings;
        Setting threads = form.Find("threads")!;

        Assert.Null(threads.Default);
        Assert.Null(threads.Parse("0"));
        Assert.Equal(2, threads.Parse("2"));
        Assert.EndsWith("[0]", threads.Help, StringComparison.Ordinal);
        Assert.Equal("0", threads.Write(null)!.ToJsonString());
        using JsonDocument file = JsonDocument.Parse("{\"threads\": 0}");
        AutoencoderSettings read = (AutoencoderSettings)form.With(
            new AutoencoderSettings { Threads = 3 }, form.Read(file.RootElement, "config.json", []));
        Assert.Null(read.Threads);
        Assert.Null(form.Find("lr_end")!.Write(null));
    }

    // As config files have been written ever since: a diff of two of them is to show what differs.
    [Theory]
    [InlineData("esn", "intercept ridge select held_out washout", "seed smooth dt stream")]
    [InlineData("ngrc", "constant ridge select held_out noise", "seed smooth dt stream")]
    [InlineData("vae", "importance_samples beta warm_up_epochs warm_up_start clip seed precision shards threads", "max_divergences")]
    [InlineData("seqvae", "lr_end beta warm_up_epochs warm_up_start clip seed precision shards threads max_divergences", "dt")]
    public void What_a_record_inherits_stands_among_its_own(string kind, string together, string last)
    {
        string keys = string.Join(' ', ModelKinds.Find(kind).Settings.All.Select(s => s.Key)) + " ";

        Assert.Contains($" {together} ", keys, StringComparison.Ordinal);
        Assert.EndsWith($" {last} ", keys, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_defaults_lie_in_their_ranges_and_survive_a_file(string kind)
    {
        SettingsForm form = ModelKinds.Find(kind).Settings;
        SettingsRecord defaults = form.Defaults;
        form.Check(defaults);
        JsonObject json = [];
        foreach (Setting setting in form.All)
            json[setting.Key] = setting.Write(setting.Get(defaults));

        using JsonDocument file = JsonDocument.Parse(json.ToJsonString());
        SettingsRecord read = form.With(form.Defaults, form.Read(file.RootElement, "config.json", []));
        foreach (Setting setting in form.All)
            Assert.Equal(setting.Get(defaults), setting.Get(read));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_capability_has_options_at_their_defaults(string kind)
        => Assert.All(ModelKinds.Find(kind).Capabilities, c => c.Options.Check(c.Options.Defaults));

    [Fact]
    public void A_copy_with_other_values_leaves_the_record_as_it_was()
    {
        SettingsForm form = SettingsForm.Of<RecurrentSettings>();
        RecurrentSettings before = new();
        RecurrentSettings after = (RecurrentSettings)form.With(before, [(form.Find("alpha")!, 0.3)]);

        Assert.Equal((null, 0.3), (before.Alpha, after.Alpha));
    }

    [Theory]
    [InlineData("alpha", "x", "--alpha takes a number, not x")]
    [InlineData("updates", "0", "--updates must be positive, not 0")]
    [InlineData("updates", "1.5", "--updates takes a whole number, not 1.5")]
    [InlineData("batch", "0", "--batch must be at least 1, not 0")]
    [InlineData("batch", "5000000000", "--batch must be at most 2147483647, not 5000000000")]
    [InlineData("seed", "-1", "--seed must not be negative, not -1")]
    [InlineData("forcing", "gft", "--forcing takes one of gtf, stf, none, not gft; did you mean gtf?")]
    public void A_value_that_is_none_is_refused_with_what_is_expected(string key, string text, string message)
        => Assert.Equal(
            message, Assert.Throws<ArgumentException>(() => SettingsForm.Of<RecurrentSettings>().Find(key)!.Parse(text)).Message);

    [Fact]
    public void An_unknown_key_of_a_file_is_refused_with_the_nearest()
    {
        using JsonDocument file = JsonDocument.Parse("""{"aplha":0.2}""");

        Assert.Equal(
            "c.json: unknown key \"aplha\"; did you mean \"alpha\"?",
            Assert.Throws<ArgumentException>(() => SettingsForm.Of<RecurrentSettings>().Read(file.RootElement, "c.json", [])).Message);
    }
}
