using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>Models leave as C source and as ONNX.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_exported_as_source_and_as_onnx()
    {
        _folder.WriteData("data.npy", rows: 300);
        Run("train", "ngrc", "data.npy", "-o", "RUN", "-q");
        JsonElement source = Run("export", "RUN", "-o", "my-net.c", "--json").Json;
        Assert.Equal(
            ["begin", "step", "forced_step", "observe"],
            source.GetProperty("programs").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        string text = File.ReadAllText(_folder.File("my-net.c"));
        Assert.Contains("void my_net_step(const my_net_real state[", text, StringComparison.Ordinal);
        Assert.Equal(new FileInfo(_folder.File("my-net.c")).Length, source.GetProperty("bytes").GetInt64());
        Assert.Contains("typedef float other_real;", Text("other.c", "--single", "--name", "other"), StringComparison.Ordinal);
        JsonElement step = Run("export", "RUN", "-o", "step.onnx", "--json").Json.GetProperty("programs")[0];
        Assert.Equal("step", step.GetProperty("name").GetString());
        Assert.Equal("next", step.GetProperty("outputs")[0].GetProperty("name").GetString());
        Assert.Contains(
            "begin(observation[2]) -> state[4]",
            Run("export", "RUN", "-o", "begin.onnx", "--program", "begin").Output,
            StringComparison.Ordinal);
        Run("train", "vae", "data.npy", "--latent", "2", "--epochs", "1", "-o", "VAE", "-q");
        Assert.Equal(
            "decode", Run("export", "VAE", "-o", "vae.onnx", "--json").Json.GetProperty("programs")[0].GetProperty("name").GetString());

        string Text(string file, params string[] options)
        {
            Run(["export", "RUN", "-o", file, .. options]);
            return File.ReadAllText(_folder.File(file));
        }
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_sentence()
    {
        _folder.WriteData("data.npy", rows: 300);
        Run("train", "ngrc", "data.npy", "-o", "RUN", "-q");
        foreach ((string line, string words) in ((string, string)[])
        [
            ("export RUN", "-o model.c"),
            ("export RUN -o model.txt", ".onnx"),
            ("export RUN -o RUN/model.safetensors", "model.safetensors"),
            ("export RUN -o net.onnx --program learn", "begin, step, forced_step, observe"),
            ("export RUN -o net.c --program step", "--program"),
            ("export RUN -o net.onnx --name net", "--name"),
            ("export RUN -o net.c --name 1x", "'1x' is no identifier"),
            ("export data.npy -o net.c", "data.npy"),
            ("export nowhere -o net.c", "nowhere"),
        ])
            Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);
        Assert.False(File.Exists(_folder.File("net.c")));
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
