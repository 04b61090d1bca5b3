using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Cli.Runs;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Cli.Mixtures;

/// <summary>What <c>attractor generate</c> does with a mixture.</summary>
internal static class MixtureGeneration
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("\",\r\n;\t");

    public static int Run(MixtureSource source, int count, long seed, string? output, bool json)
    {
        if (count < 1)
            throw new ArgumentException($"--count must be positive, not {count}");
        if (seed < 0)
            throw new ArgumentException($"--seed must not be negative, not {seed}");
        TimeSeries rows = source.Model.Sample(count, (ulong)seed);
        string path = output ?? "generated.csv";
        if (source.Model.Blocks.Any(b => b is CategoricalBlock) && Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase))
            WriteText(path, source.Model, rows);
        else
            SeriesFile.Write(path, rows);
        if (json)
            Json.Print(new JsonObject { ["file"] = path, ["rows"] = rows.Length, ["columns"] = rows.Dimension });
        else
            Console.WriteLine($"{path}: {rows.Length} rows of {string.Join(", ", rows.Names)}\n  next: attractor evaluate {RunCommands.Quote(source.Source.Path)} {RunCommands.Quote(path)}");
        return 0;
    }

    // Categories by their names, which a file of numbers cannot hold.
    private static void WriteText(string path, Mixture mixture, TimeSeries rows)
    {
        IReadOnlyList<string>?[] levels = [.. mixture.Blocks.SelectMany(b => b.Columns.Select(_ => (b as CategoricalBlock)?.Levels))];
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(string.Join(',', rows.Names.Select(Quote)));
            for (int n = 0; n < rows.Length; n++)
                writer.WriteLine(string.Join(',', Enumerable.Range(0, rows.Dimension).Select(c => levels[c] is { } names ? Quote(names[(int)rows[n, c]]) : rows[n, c].ToString("R", CultureInfo.InvariantCulture))));
        });
    }

    private static string Quote(string cell) => cell.AsSpan().ContainsAny(s_special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
