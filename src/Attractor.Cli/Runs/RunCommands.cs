using System.Buffers;
using Attractor.Cli.Settings;

namespace Attractor.Cli.Runs;

/// <summary>What to type to go on with a run.</summary>
internal static class RunCommands
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" '\"$\\&;|<>()*?");

    public static IReadOnlyList<(string Purpose, string Command)> For(string path, RunSettings settings) =>
    [
        ("repeat", $"attractor train {settings.Model} {Quote(settings.Data)} --config {Quote(System.IO.Path.Combine(path, "config.json"))} -o {Quote(path + "-again")}"),
        ("resume", $"attractor train --resume {Quote(path)}"),
        .. Uses(path, settings),
        ("report", $"attractor report {Quote(path)} -o report.html"),
    ];

    private static IEnumerable<(string Purpose, string Command)> Uses(string path, RunSettings settings) => settings switch
    {
        AutoencoderSettings autoencoder =>
        [
            ("generate", $"attractor generate {Quote(path)} --count 64 -o {(autoencoder.IsTable ? "samples.npy" : "samples.png")}"),
            ("reconstruct", $"attractor reconstruct {Quote(path)}"),
            ("interpolate", $"attractor interpolate {Quote(path)} --from 0 --to 1"),
            ("evaluate", $"attractor evaluate {Quote(path)} --draws 1,100,5000"),
        ],
        SequentialSettings =>
        [
            ("generate", $"attractor generate {Quote(path)} --steps 10000 -o orbit.npy"),
            ("reconstruct", $"attractor reconstruct {Quote(path)} --count 1 -o reconstruction.npy"),
            ("evaluate", $"attractor evaluate {Quote(path)} --draws 1,100"),
        ],
        MixtureSettings =>
        [
            ("generate", $"attractor generate {Quote(path)} --count 1000 -o samples.csv"),
            ("evaluate", $"attractor evaluate {Quote(path)} --responsibilities responsibilities.csv"),
        ],
        _ =>
        [
            ("generate", $"attractor generate {Quote(path)} --steps 10000 -o orbit.npy"),
            ("evaluate", $"attractor evaluate {Quote(path)} test.npy"),
        ],
    };

    public static string Text(string path, RunSettings settings)
        => string.Concat(For(path, settings).Select(c => $"# {c.Purpose}\n{c.Command}\n"));

    public static string Quote(string word) => word.AsSpan().ContainsAny(s_special) ? $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'" : word;
}
