using System.Globalization;

namespace Attractor.Models;

/// <summary>Variables of a network that are observed in one way: some columns of counts, of levels, of real numbers.</summary>
/// <remarks>
/// A network of several modalities has a size for each, named after the observation model with the columns, from 1: <c>gaussian:1-3</c>,
/// <c>poisson:4-8,10</c>. Of a single one the name of the observation model alone says that all variables are of it.
/// </remarks>
public sealed class Modality
{
    private const char Separator = ':';

    private Modality(ObservationModel model, int[] columns, string size) => (Model, Columns, Size) = (model, columns, size);

    /// <summary>How they are observed.</summary>
    public ObservationModel Model { get; }

    /// <summary>Which of the N variables they are, from 0, in their order.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>The size that says so, such as <c>poisson</c> or <c>poisson:4-8</c>; its value is the number of levels, else 1.</summary>
    public string Size { get; }

    /// <summary>The size of an observation model for some of the variables.</summary>
    /// <param name="model">How they are observed.</param>
    /// <param name="columns">Which, from 0.</param>
    /// <returns>A name such as <c>poisson:4-8,10</c>, whose columns are counted from 1.</returns>
    public static string SizeOf(ObservationModel model, IEnumerable<int> columns)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(columns);
        List<(int First, int Last)> runs = [];
        foreach (int column in columns.Order())
            if (runs.Count > 0 && runs[^1].Last == column - 1)
                runs[^1] = (runs[^1].First, column);
            else
                runs.Add((column, column));
        return model.Name + Separator + string.Join(
            ',',
            runs.Select(r => r.First == r.Last
                ? FormattableString.Invariant($"{r.First + 1}")
                : FormattableString.Invariant($"{r.First + 1}-{r.Last + 1}")));
    }

    /// <summary>Whether a size is that of an observation model, of all variables or of some.</summary>
    internal static bool IsNamed(string size) => ObservationModel.IsNamed(NameOf(size));

    /// <summary>Whether there are levels in the observation model of a size.</summary>
    internal static bool HasLevels(string size) => ObservationModel.Find(NameOf(size)) is null;

    /// <summary>Whether a size is that of some of the variables.</summary>
    internal static bool IsOfColumns(string size) => size.Contains(Separator, StringComparison.Ordinal);

    /// <summary>The modality of a size and its value; null if there is no such observation model.</summary>
    /// <param name="size">Its name.</param>
    /// <param name="levels">Its value: C, or 1.</param>
    /// <param name="observed">N.</param>
    /// <exception cref="ArgumentException">The columns are none of N.</exception>
    internal static Modality? Find(string size, int levels, int observed)
    {
        if (ObservationModel.Find(NameOf(size), levels) is not { } model)
            return null;
        if (!IsOfColumns(size))
            return new(model, [.. Enumerable.Range(0, observed)], size);
        int[] columns = ColumnsOf(size, observed);
        return new(model, columns, SizeOf(model, columns));
    }

    private static string NameOf(string size) => size.Split(Separator, 2)[0];

    // Bounds are checked before anything is counted out: a file may claim any column.
    private static int[] ColumnsOf(string size, int observed)
    {
        List<int> columns = [];
        foreach (string range in size.Split(Separator, 2)[1].Split(','))
        {
            string[] ends = range.Split('-', 2);
            if (!Number(ends[0], out int first) || !Number(ends[^1], out int last) || first < 1 || last < first || last > observed
                || (columns.Count > 0 && columns[^1] >= first - 1))
                throw new ArgumentException(
                    $"'{size}' does not name columns of {observed} variables: expected ascending numbers from 1 and ranges, such as "
                    + "4-8,10.",
                    nameof(size));
            columns.AddRange(Enumerable.Range(first - 1, last - first + 1));
        }
        return [.. columns];
    }

    private static bool Number(string text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
