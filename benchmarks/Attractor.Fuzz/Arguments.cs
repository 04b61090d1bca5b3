using System.CommandLine;
using Attractor.Cli;

namespace Attractor.Fuzz;

/// <summary>Damage to a command line.</summary>
internal static class Arguments
{
    // What these are given is done, however long it takes: they get a little, or what cannot be.
    private static readonly string[] s_work =
    [
        "steps", "updates", "epochs", "count", "sweeps", "restarts", "trials", "repeats", "starts", "transient", "budget", "units",
        "latent", "hidden", "layers", "draws", "samples", "periods", "lyapunov", "sequence", "batch", "windows", "grid", "max-order",
        "max_order", "components", "delays", "orders", "seeds", "encoder", "transition", "warm", "threads", "shards", "select",
        "importance", "interval", "average", "window", "bins", "burn", "dt", "resample", "dimension", "embed", "-n", "-k", "tolerance",
        "theiler",
    ];

    private static readonly string[] s_little =
    [
        "0", "1", "2", "3", "-1", "1.5", "", "x", "-2147483648", "2147483648", "NaN", "1e308", "9223372036854775808", "0x10", "1,2", "+3",
        "1e1", "0,5", "auto", "none",
    ];

    private static readonly string[] s_numbers =
    [
        "0", "1", "-1", "0.5", "2", "1e-320", "1e308", "-1e308", "NaN", "inf", "2147483647", "1e17", "9223372036854775807",
        "-9223372036854775808", "0,05", "1e-17", "", "1;2", "yes", "no", "auto", "none", "x1", "x1,x1", "..", "\u001b[2J",
    ];

    private static readonly Dictionary<string, Option[]> s_options = CommandLine.Create().Subcommands.ToDictionary(
        c => c.Name, c => c.Options.ToArray());

    /// <summary>A value for an option or a key.</summary>
    public static string Value(string name, Random random)
    {
        string[] values = s_work.Any(w => name.Contains(w, StringComparison.Ordinal)) ? s_little : s_numbers;
        return values[random.Next(values.Length)];
    }

    public static string[] Damage(string[] words, Random random)
    {
        List<string> list = [.. words];
        for (int times = random.Next(1, 3); times > 0; times--)
            Once(list, random);
        return [.. list];
    }

    private static void Once(List<string> words, Random random)
    {
        int at = random.Next(words.Count);
        switch (random.Next(14))
        {
            case 0 when words.Count > 1:
                words.RemoveAt(at);
                break;
            case 1:
                words.Insert(at, words[random.Next(words.Count)]);
                break;
            case 2:
                words[at] = at > 0 && words[at - 1].StartsWith('-') ? Value(words[at - 1], random) : words[random.Next(words.Count)];
                break;
            default:
                // Of the verb that is there, with a value that may or may not be one of it.
                if (!s_options.TryGetValue(words[0], out Option[]? options) || options.Length == 0)
                    break;
                Option option = options[random.Next(options.Length)];
                words.Add(option.Name);
                if (option.ValueType != typeof(bool) || random.Next(4) == 0)
                    words.Add(WritesFile(option.Name) ? $"out{random.Next(3)}{Extension(random)}" : Value(option.Name, random));
                break;
        }
    }

    private static bool WritesFile(string option) => option is "--output" or "--report" or "--local" or "--responsibilities";

    private static string Extension(Random random) => random.Next(6) switch
    {
        0 => "",
        1 => ".html",
        2 => ".csv",
        3 => ".png",
        4 => ".parquet",
        _ => ".npy",
    };
}
