using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>Draws rows from a mixture.</summary>
internal sealed class MixtureGeneration() : Capability<MixtureDraw>(Verbs.Generate, $"it draws {nameof(MixtureDraw.Count):setting} rows")
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("\",\r\n;\t");

    protected override Answer Ask(TrainedModel model, MixtureDraw options, Request request)
    {
        MixtureSource source = MixtureSource.Of(model);
        MemoryNeed.RequireRows(options.Count, source.Model.Columns.Count, $"{nameof(MixtureDraw.Count):setting}");
        TimeSeries rows = source.Model.Sample(options.Count, (ulong)options.Seed);
        string path = request.Output ?? "generated.csv";
        if (source.Model.Blocks.Any(b => b.Requests.Any(r => r.Kind == ColumnKind.Category))
            && Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase))
            WriteText(path, source.Model, rows);
        else
            SeriesFile.Write(path, rows);
        return new(
            new JsonObject { ["file"] = path, ["rows"] = rows.Length, ["columns"] = rows.Dimension },
            $"{path}: {rows.Length} rows of {string.Join(", ", rows.Names)}"
            + $"\n  next: attractor evaluate {RunCommands.Quote(model.Path)} {RunCommands.Quote(path)}");
    }

    // Categories by their names, which a file of numbers cannot hold.
    private static void WriteText(string path, Mixture mixture, TimeSeries rows)
    {
        IReadOnlyList<string>?[] levels = [.. mixture.Blocks.SelectMany(b => b.Requests.Select(r => r.Levels))];
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(string.Join(',', rows.Names.Select(Quote)));
            for (int n = 0; n < rows.Length; n++)
                writer.WriteLine(string.Join(',', Enumerable.Range(0, rows.Dimension).Select(
                    c => levels[c] is { } names ? Quote(names[(int)rows[n, c]]) : rows[n, c].ToString("R", CultureInfo.InvariantCulture))));
        });
    }

    private static string Quote(string cell)
        => cell.AsSpan().ContainsAny(s_special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
