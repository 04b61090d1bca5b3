using System.Text.Json;

namespace Attractor.Data;

/// <summary>
/// Polyphonic music as the benchmark sets (JSB chorales and others) have it: lists of the notes that
/// sound at each step, read as 88 binary columns.
/// </summary>
/// <remarks>
/// <c>{"train": [[[60, 64, 67], [], ..], ..], "valid": .., "test": ..}</c>: sets of pieces of steps of MIDI note numbers 21 (A0) to 108
/// (C8). See Boulanger-Lewandowski, Bengio, Vincent, "Modeling temporal dependencies in high-dimensional sequences" (ICML 2012).
/// </remarks>
public static class PianoRollFile
{
    /// <summary>The lowest key of a piano, as a MIDI note number.</summary>
    public const int LowestNote = 21;

    /// <summary>Keys of a piano: columns of a piece.</summary>
    public const int Notes = 88;

    private const long MostBytes = 1 << 26;

    /// <summary>Reads the three sets.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is too large, not JSON, lacks a set, or holds what is no note of a piano; the
    /// message is one line with the place.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static SequenceSplit Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string name = Excerpt.Of(Path.GetFileName(path));
        if (Directory.Exists(path))
            throw new IOException($"{name}: is a directory, expected a .json file");
        if (!File.Exists(path))
            throw new FileNotFoundException($"{name}: no such file in {Path.GetDirectoryName(Path.GetFullPath(path))}", path);
        if (PathKinds.Of(path) is PathKind.Device)
            throw new IOException($"{name}: is a device, which may have no end; expected a .json file");
        if (PathKinds.Of(path) is PathKind.File && new FileInfo(path).Length > MostBytes)
            throw new InvalidDataException($"{name}: is larger than {MostBytes} bytes");
        try
        {
            using FileStream opened = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using FileStream file = opened.CanSeek ? opened : FileErrors.Scratch(opened, MostBytes, opened);
            using JsonDocument json = JsonDocument.Parse(file);
            return new(Set(json.RootElement, "train"), Set(json.RootElement, "valid"), Set(json.RootElement, "test"));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}: is not JSON (line {(e.LineNumber ?? 0) + 1})", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{name}: {Excerpt.Reason(e)}", e);
        }
    }

    private static SequenceSet Set(JsonElement root, string set)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(set, out JsonElement pieces))
            throw new InvalidDataException($"lacks the set '{set}'; expected an object with train, valid and test");
        RequireArray(pieces, set, "a list of pieces");
        if (pieces.GetArrayLength() == 0)
            throw new InvalidDataException($"the set '{set}' holds no piece");
        // Before anything is allocated: an empty step takes three bytes in the file and 704 in memory.
        long steps = 0;
        int index = 0;
        foreach (JsonElement piece in pieces.EnumerateArray())
        {
            RequireArray(piece, $"{set}, piece {index}", "a list of steps");
            if (piece.GetArrayLength() == 0)
                throw new InvalidDataException($"{set}, piece {index} has no steps");
            steps += piece.GetArrayLength();
            index++;
        }
        if (steps * Notes > SeriesFile.MaxValues)
            throw new InvalidDataException(
                $"the set '{set}' has {steps} steps of {Notes} notes, more than the {SeriesFile.MaxValues} values that are read");
        return new([.. pieces.EnumerateArray().Select((piece, i) => Piece(piece, $"{set}, piece {i}"))]);
    }

    private static TimeSeries Piece(JsonElement piece, string place)
    {
        double[] values = new double[piece.GetArrayLength() * Notes];
        int t = 0;
        foreach (JsonElement step in piece.EnumerateArray())
        {
            RequireArray(step, $"{place}, step {t}", "a list of notes");
            foreach (JsonElement element in step.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.Number
                    || !element.TryGetInt32(out int note) || note < LowestNote || note >= LowestNote + Notes)
                    throw new InvalidDataException(
                        $"{place}, step {t} holds {Excerpt.Of(element.GetRawText())}, expected notes {LowestNote} to "
                        + $"{LowestNote + Notes - 1}");
                values[(t * Notes) + note - LowestNote] = 1;
            }
            t++;
        }
        return new(values, Notes, names: s_names);
    }

    private static readonly string[] s_names = [.. Enumerable.Range(LowestNote, Notes).Select(note => $"note{note}")];

    private static void RequireArray(JsonElement element, string place, string expected)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw new InvalidDataException($"{place} is {Excerpt.Of(element.ValueKind.ToString())}, expected {expected}");
    }
}
