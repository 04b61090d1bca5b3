using System.Globalization;

namespace Attractor.Data;

/// <summary>
/// What <see cref="DataSelection.Trial"/> says: a column of trials, one of them (<c>subject=3</c>), or one of the trials that a file has.
/// </summary>
internal static class TrialChoice
{
    private const int Shown = 8;

    /// <summary>The column of trials in a table, and the one that is meant; null if none is named, or the file may lack it.</summary>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public static (int Column, string? Name)? In(RawData table, DataSelection selection)
    {
        if (selection.Trial is not { } trial)
            return null;
        int equals = trial.IndexOf('=', StringComparison.Ordinal);
        return equals <= 0 || table.Names.Contains(trial)
            ? table.FindIf(trial, selection.MayLack) is { } whole ? (whole, null) : null
            : table.FindIf(trial[..equals], selection.MayLack) is { } column ? (column, trial[(equals + 1)..]) : null;
    }

    /// <summary>The one trial that is meant of a file that holds several; the file as it is where none is named.</summary>
    /// <exception cref="InvalidDataException">There is no such trial.</exception>
    public static RawData Of(RawData file, DataSelection selection)
    {
        if (selection.Trial is not { } trial || file.Trials.Count == 1)
            return file;
        if (selection.MayLack)
            return file with { IsChosen = true };
        int index = Place(file.TrialNames, trial);
        return file with { Trials = [file.Trials[index]], TrialNames = [file.TrialNames[index]], IsChosen = true };
    }

    /// <summary>The place of a trial by its name, or by its number from 1.</summary>
    /// <exception cref="InvalidDataException">There is no such trial.</exception>
    public static int Place(IReadOnlyList<string> names, string trial)
    {
        if (TableFile.Find(names, trial) is { } place)
            return place;
        string some = string.Join(", ", names.Take(Shown).Select(name => Excerpt.Of(name.AsSpan())));
        throw new InvalidDataException(
            $"there is no trial '{Excerpt.Of(trial.AsSpan())}' among {names.Count}; name one of "
            + $"{some}{(names.Count > Shown ? ", ..." : "")}, or a number from 1");
    }

    /// <summary>Numbers from 1, the names of trials that have no others.</summary>
    public static string[] Numbered(int count)
        => [.. Enumerable.Range(1, count).Select(k => k.ToString(CultureInfo.InvariantCulture))];
}
