using System.Text.Json.Nodes;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>Files of data, and what is said of them before any work.</summary>
internal static class RecordingSource
{
    /// <summary>Reads a file of recordings.</summary>
    /// <exception cref="SettingException">It has more variables than rows, and nobody said that these are meant.</exception>
    public static DataReading Read(string file, DataSelection selection)
    {
        DataReading reading = DataFile.Read(file, selection);
        if (reading.IsWide && selection is { Columns: null, Variables: null })
            throw new SettingException(SettingSentence.Join(
                $"{Path.GetFileName(file)}: {reading.Longest.Length} rows of {reading.Variables.Count} variables, ",
                $"more variables than rows; ",
                $"transpose it? (a row is a time, a column a variable; if it is as it should be, name the columns by ",
                $"{nameof(SeriesSettings.Columns):setting})"));
        return reading;
    }

    /// <summary>What was understood of a file, in a line.</summary>
    public static FormattableString Describe(string file, DataReading reading)
    {
        FormattableString[] notes = [.. reading.Notes.Select(note => (FormattableString)$"; {note}")];
        return SettingSentence.Join([$"{Path.GetFileName(file)}: {reading.Summary}", .. notes]);
    }

    /// <summary>That one of several recordings is taken; nothing of a single one.</summary>
    public static FormattableString DescribeLongest(DataReading reading)
    {
        if (reading.Trials.Count == 1)
            return $"";
        return $"; the longest of them is taken, {reading.Longest.Length:N0} rows";
    }

    /// <summary>That several recordings count together; nothing of a single one.</summary>
    public static FormattableString DescribePooled(DataReading reading)
    {
        if (reading.Trials.Count == 1)
            return $"";
        return $"; pooled over {reading.Trials.Count:N0} trials, {reading.Trials.Sum(trial => (long)trial.Length):N0} rows";
    }

    /// <summary>What was understood, with stable keys.</summary>
    public static JsonObject ToJson(DataReading reading) => new()
    {
        ["variables"] = new JsonArray([.. reading.Variables.Select(name => (JsonNode?)name)]),
        ["rows"] = reading.Rows,
        ["trials"] = reading.Trials.Count,
        ["dt"] = reading.Dt is { } dt ? Json.Number(dt) : null,
        ["time_unit"] = reading.TimeUnit,
        ["gaps"] = reading.Gaps,
        ["columns"] = new JsonArray([.. reading.Columns.Select(column => new JsonObject
        {
            ["name"] = column.Name,
            ["position"] = column.Position,
            ["role"] = column.Role.ToString().ToLowerInvariant(),
            ["constant"] = column.IsConstant,
            ["missing"] = column.Missing,
        })]),
    };
}
