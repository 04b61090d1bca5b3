using System.Globalization;
using System.Text.RegularExpressions;

namespace Attractor.Data;

/// <summary>Several files that a path names, each a trial or several: a folder, a pattern, paths with commas between them.</summary>
internal static partial class TrialFiles
{
    private const int Most = 1 << 16, Shown = 4;

    /// <summary>The files in the order of their names, 2 before 10; null of a path that names a single one.</summary>
    public static IReadOnlyList<string>? Of(string path)
    {
        if (File.Exists(path))
            return null;
        if (Directory.Exists(path))
            return Data(path, "*");
        string pattern = Path.GetFileName(path), folder = Path.GetDirectoryName(path) is { Length: > 0 } found ? found : ".";
        if (pattern.AsSpan().ContainsAny('*', '?') && Directory.Exists(folder))
            return Data(folder, pattern);
        string[] several = path.Split(',');
        return several.Length > 1 && Array.TrueForAll(several, File.Exists) ? several : null;
    }

    /// <summary>Reads them; those after the first have its variables, found by name.</summary>
    /// <exception cref="InvalidDataException">There is none, or one has other variables or another time step.</exception>
    public static DataReading Read(string path, IReadOnlyList<string> files, DataSelection wanted)
    {
        string name = FileErrors.NameOf(path);
        if (files.Count is 0 or > Most)
            throw new InvalidDataException(files.Count == 0
                ? $"{name}: holds no file of data; expected {SeriesFormat.Listed()}"
                : $"{name}: {files.Count} files, expected at most {Most}");
        string[] names = Names(files);
        if (wanted is { Trial: { } trial, MayLack: false } && TableFile.Find(names, trial) is { } chosen)
            return DataFile.One(files[chosen], wanted with { Trial = null }).WithTrialNames(n => Called(names[chosen], n));
        List<DataReading> readings = [];
        long values = 0;
        foreach (string file in files)
        {
            DataReading reading = DataFile.One(file, wanted);
            if (readings.Count > 0)
            {
                // Columns in another order, or beside others, are found by name.
                if (!reading.Variables.SequenceEqual(readings[0].Variables) && !readings[0].Variables.Except(reading.Variables).Any())
                    reading = DataFile.One(file, wanted with { Variables = readings[0].Variables });
                Require(readings[0], reading, files[0], file);
            }
            readings.Add(reading);
            values += reading.Rows * reading.Variables.Count;
            if (values > SeriesFile.MaxValues)
                throw new InvalidDataException($"{name}: more than the {SeriesFile.MaxValues} values that can be read; split or thin it");
        }
        return DataReading.Joined(readings, [.. readings.SelectMany((reading, i) => reading.TrialNames.Select(
            own => Called(names[i], reading.Trials.Count == 1 ? null : own)))]);
    }

    private static string Called(string file, string? trial) => trial is null ? file : $"{file}/{trial}";

    private static void Require(DataReading first, DataReading other, string firstFile, string file)
    {
        string name = FileErrors.NameOf(file), before = FileErrors.NameOf(firstFile);
        if (other.Variables.Count != first.Variables.Count || !other.Variables.SequenceEqual(first.Variables))
            throw new InvalidDataException(
                $"{name}: has the variables {Listed(other)}, {before} has {Listed(first)}; name columns that all files have");
        if (first.Dt is { } dt && other.Dt is { } step && Math.Abs(step - dt) > 0.01 * dt)
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{name}: a time step of {step:G6}, {before} has {dt:G6}; resample them to the same"));
    }

    private static string Listed(DataReading reading)
        => string.Join(", ", reading.Variables.Take(Shown).Select(v => Excerpt.Of(v.AsSpan())))
        + (reading.Variables.Count > Shown ? $", ... ({reading.Variables.Count} in all)" : "");

    private static string[] Data(string folder, string pattern)
    {
        string[] all = [.. Directory.EnumerateFiles(folder, pattern).Where(
            file => !Path.GetFileName(file).StartsWith('.') && (IsData(file) || pattern != "*"))];
        Array.Sort(all, (a, b) => string.CompareOrdinal(Sorted(a), Sorted(b)));
        return all;
    }

    // Notes beside the data are no trial.
    private static bool IsData(string file) => SeriesFormat.Find(Unpacked(file)) is not null
        && Path.GetExtension(file).ToLowerInvariant() is not (".txt" or ".dat");

    private static string Unpacked(string file) => Path.GetExtension(file).ToLowerInvariant() is ".gz" or ".zip"
        ? Path.ChangeExtension(file, null) : file;

    private static string[] Names(IReadOnlyList<string> files)
    {
        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(Unpacked(file)))];
        return names.Distinct().Count() == names.Length ? names : [.. files.Select(file => Path.GetFileName(file))];
    }

    private static string Sorted(string file) => Digits().Replace(file, digits => digits.Value.TrimStart('0').PadLeft(20, '0'));

    [GeneratedRegex("[0-9]{1,20}")]
    private static partial Regex Digits();
}
