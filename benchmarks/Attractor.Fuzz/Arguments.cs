using System.CommandLine;
using System.Text;
using Attractor.Cli;
using Attractor.Cli.Output;

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
        "theiler", "workers", "words", "iterations", "basins", "estimates", "large", "context", "tasks", "lease",
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

    private static readonly Dictionary<string, Option[]> s_options = Verbs(CommandLine.Create(), "").ToDictionary(
        c => c.Name, c => c.Options, StringComparer.Ordinal);

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
        switch (random.Next(15))
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
            case 3 when at > 0:
                // An expression, a list, a range: what a word means is within it. No word of a command line holds a zero.
                words[at] = Encoding.UTF8.GetString(Bytes.Damage(Encoding.UTF8.GetBytes(words[at]), random)).Replace("\0", "");
                break;
            default:
                // Of the verb that is there, with a value that may or may not be one of it.
                Option[] options = s_options.GetValueOrDefault(string.Join(' ', words.Take(2)))
                    ?? s_options.GetValueOrDefault(words[0]) ?? [];
                if (options.Length == 0)
                    break;
                Option option = options[random.Next(options.Length)];
                words.Add(option.Name);
                if (option.ValueType != typeof(bool) || random.Next(4) == 0)
                    words.Add(option.Name == "--figures" ? "out"
                        : option is OutputOption ? $"out{random.Next(3)}{Extension(random)}"
                        : Value(option.Name, random));
                break;
        }
    }

    // Verbs within a verb have names of two words.
    private static IEnumerable<(string Name, Option[] Options)> Verbs(Command command, string before)
    {
        foreach (Command verb in command.Subcommands)
        {
            yield return (before + verb.Name, [.. verb.Options]);
            foreach ((string Name, Option[] Options) inner in Verbs(verb, $"{verb.Name} "))
                yield return inner;
        }
    }

    private static string Extension(Random random) => random.Next(8) switch
    {
        0 => "",
        1 => ".html",
        2 => ".csv",
        3 => ".png",
        4 => ".parquet",
        5 => ".ode",
        6 => ".json",
        _ => ".npy",
    };
}
