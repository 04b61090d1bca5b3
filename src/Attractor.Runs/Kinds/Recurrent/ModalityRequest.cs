using System.Globalization;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>One part of the setting of modalities: an observation model, its number of levels, and the columns that it is of.</summary>
/// <param name="Kind">The name of the observation model.</param>
/// <param name="Levels">C; null for the largest of its data, or where it has none.</param>
/// <param name="Columns">Names, numbers from 1 and ranges; null for all that no other part names.</param>
internal sealed record ModalityRequest(string Kind, int? Levels, string? Columns)
{
    private const char BetweenParts = '+', BeforeColumns = ':', BeforeLevels = '/';
    private const string BetweenEnds = "..";

    private static string Example => "gaussian:x,y,z+ordinal/7:q1..q8+poisson:n1..n5";

    /// <summary>Reads the parts.</summary>
    /// <exception cref="SettingException">One is none.</exception>
    public static IReadOnlyList<ModalityRequest> Parse(string text) => [.. text.Split(BetweenParts).Select(ParsePart)];

    /// <summary>The text of parts.</summary>
    public static string Text(IEnumerable<ModalityRequest> parts) => string.Join(
        BetweenParts,
        parts.Select(p => p.Kind + (p.Levels is { } levels ? FormattableString.Invariant($"{BeforeLevels}{levels}") : "")
            + (p.Columns is { } columns ? BeforeColumns + columns : "")));

    /// <summary>The observation model, of resolved levels.</summary>
    public ObservationModel Model => Kind switch
    {
        "ordinal" => ObservationModel.Ordinal(Levels ?? 2),
        "categorical" => ObservationModel.Categorical(Levels ?? 2),
        _ => ObservationModel.Find(Kind)!,
    };

    /// <summary>Whether it has levels.</summary>
    public bool HasLevels => ObservationModel.Find(Kind) is null;

    /// <summary>Which columns each part is of, from 0, in their order.</summary>
    /// <exception cref="SettingException">A column is in no part or in two, or there is no such column.</exception>
    public static IReadOnlyList<int[]> ColumnsOf(IReadOnlyList<ModalityRequest> parts, IReadOnlyList<string> names)
    {
        int[] owner = new int[names.Count];
        int[][] columns = new int[parts.Count][];
        int rest = -1;
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Columns is not { } tokens)
            {
                if (rest >= 0)
                    throw new SettingException(SettingSentence.Join(
                        $"{nameof(RecurrentSettings.Modalities):setting} has two parts without columns, {parts[rest].Kind} and ",
                        $"{parts[i].Kind}: at most one takes the rest"));
                rest = i;
                continue;
            }
            columns[i] = [.. tokens.Split(',').SelectMany(token => Range(token.Trim(), names)).Order()];
            foreach (int column in columns[i])
            {
                if (owner[column] > 0)
                    throw new SettingException(
                        $"{nameof(RecurrentSettings.Modalities):setting} names '{names[column]}' twice: a column is observed in one way");
                owner[column] = i + 1;
            }
        }
        int[] left = [.. Enumerable.Range(0, names.Count).Where(n => owner[n] == 0)];
        if (rest >= 0)
            columns[rest] = left.Length > 0 ? left : throw new SettingException(
                $"{nameof(RecurrentSettings.Modalities):setting} leaves no column for {parts[rest].Kind}");
        else if (left.Length > 0)
            throw new SettingException(SettingSentence.Join(
                $"{nameof(RecurrentSettings.Modalities):setting} does not say how '{names[left[0]]}' is observed: name all columns that ",
                $"are learnt, give one part without columns for the rest, or choose by {nameof(RecurrentSettings.Columns):setting}"));
        return columns;
    }

    private static ModalityRequest ParsePart(string part)
    {
        string[] halves = part.Split(BeforeColumns, 2), head = halves[0].Trim().Split(BeforeLevels, 2);
        if (head[0].Length == 0 || (halves.Length == 2 && halves[1].Split(',').Any(c => c.Trim().Length == 0)))
            throw new SettingException(SettingSentence.Join(
                $"{nameof(RecurrentSettings.Modalities):setting} takes observations with their columns, such as {Example}, not '{part}'"));
        ModalityRequest request = new(head[0], null, halves.Length == 2 ? halves[1] : null);
        if (!Kinds.Contains(request.Kind))
            throw new SettingException(SettingSentence.Join(
                $"{nameof(RecurrentSettings.Modalities):setting} has the part '{part}', and '{request.Kind}' is not one of ",
                $"{string.Join(", ", Kinds)}"));
        if (head.Length == 1)
            return request;
        if (!request.HasLevels)
            throw new SettingException(
                $"{nameof(RecurrentSettings.Modalities):setting} has the part '{part}', and a {request.Kind} observation has no levels");
        return int.TryParse(head[1], NumberStyles.None, CultureInfo.InvariantCulture, out int levels)
            && levels is >= 2 and <= ObservationModel.MostLevels
            ? request with { Levels = levels }
            : throw new SettingException(SettingSentence.Join(
                $"{nameof(RecurrentSettings.Modalities):setting} has the part '{part}', and levels are a whole number from 2 to ",
                $"{ObservationModel.MostLevels}"));
    }

    private static IReadOnlyList<string> Kinds => [.. ObservationModel.All.Select(m => m.Name), "ordinal", "categorical"];

    // A name goes before a range: it may have dots.
    private static IEnumerable<int> Range(string token, IReadOnlyList<string> names)
    {
        if (Column(token, names) is { } one)
            return [one];
        int at = token.IndexOf(BetweenEnds, StringComparison.Ordinal);
        if (at < 0 || Column(token[..at], names) is not { } first || Column(token[(at + BetweenEnds.Length)..], names) is not { } last)
            throw new SettingException(SettingSentence.Join(
                $"{nameof(RecurrentSettings.Modalities):setting} names '{token}', and the variables are ",
                $"{string.Join(", ", names.Take(10))}{(names.Count > 10 ? ", .." : "")}"));
        return first <= last ? Enumerable.Range(first, last - first + 1) : throw new SettingException(
            $"{nameof(RecurrentSettings.Modalities):setting} names '{token}', which ends before it begins");
    }

    private static int? Column(string token, IReadOnlyList<string> names)
    {
        for (int n = 0; n < names.Count; n++)
            if (names[n] == token)
                return n;
        return int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= names.Count
            ? number - 1
            : null;
    }
}
