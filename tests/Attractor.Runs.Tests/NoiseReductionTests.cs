using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Runs.Tests;

public sealed class NoiseReductionTests : IDisposable
{
    private static readonly TimeSeries s_noisy = Lorenz63.Default.Simulate(3000, 0.01).Standardize().WithNoise(0.05, seed: 1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Kinds => new()
    {
        { "shplrnn", """{ "hidden": 8, "updates": 40, "sequence": 20, "smooth": "SMOOTH" }""" },
        { "esn", """{ "units": 20, "smooth": "SMOOTH" }""" },
        { "ngrc", """{ "smooth": "SMOOTH" }""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_model_learns_from_noisy_data_as_from_data_whose_noise_was_taken_away_before(string kind, string settings)
    {
        SeriesFile.Write(_folder.File("noisy.npy"), s_noisy);
        SeriesFile.Write(_folder.File("smooth.npy"), NoiseReduction.Of([s_noisy])!.Apply(s_noisy));

        JsonElement taken = Train("AUTO", kind, "noisy.npy", settings.Replace("SMOOTH", "auto", StringComparison.Ordinal));
        JsonElement before = Train("NO", kind, "smooth.npy", settings.Replace("SMOOTH", "no", StringComparison.Ordinal));

        Assert.Equal(File.ReadAllBytes(Model("NO")), File.ReadAllBytes(Model("AUTO")));
        Assert.Equal(0.05, taken.GetProperty("noise_reduction").GetProperty("noise")[1].GetDouble(), 0.004);
        Assert.False(before.TryGetProperty("noise_reduction", out _));
    }

    [Theory]
    [InlineData("shplrnn", SmoothingRule.Auto)]
    [InlineData("esn", SmoothingRule.No)]
    [InlineData("ngrc", SmoothingRule.No)]
    public void Networks_that_are_trained_do_so_unasked_and_least_squares_are_those_of_the_data(string kind, SmoothingRule expected)
        => Assert.Equal(expected, ((SmoothedSettings)ModelKinds.Find(kind).Settings.Defaults).Smooth);

    [Fact]
    public void A_run_that_is_older_than_the_setting_goes_on_as_it_began()
    {
        SeriesFile.Write(_folder.File("noisy.npy"), s_noisy);
        Train("OLD", "shplrnn", "noisy.npy", """{ "hidden": 8, "updates": 40, "sequence": 20 }""");
        string path = Path.Combine(_folder.File("OLD"), "config.json");
        JsonObject config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.Equal("auto", (string?)config["smooth"]);
        config.Remove("smooth");
        File.WriteAllText(path, config.ToJsonString());

        Assert.Equal(SmoothingRule.No, ((SmoothedSettings)Run.Open(_folder.File("OLD")).Settings).Smooth);
    }

    private JsonElement Train(string folder, string kind, string data, string settings)
    {
        ModelKind found = ModelKinds.Find(kind);
        using JsonDocument config = JsonDocument.Parse(settings);
        SettingsForm form = found.Settings;
        ModelSettings read = (ModelSettings)form.With(
            form.Defaults,
            [.. config.RootElement.EnumerateObject().Select(p => (form.Find(p.Name)!, form.Find(p.Name)!.Read(p.Value, "settings")))]);
        using Run run = Run.Start(_folder.File(folder), kind, _folder.File(data), read);
        return JsonSerializer.SerializeToElement(run.Train().Json);
    }

    private string Model(string folder) => Path.Combine(_folder.File(folder), "model.safetensors");
}
