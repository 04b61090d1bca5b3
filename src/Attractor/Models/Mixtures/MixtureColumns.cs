namespace Attractor.Models;

/// <summary>Where the columns of blocks are among the columns of a table.</summary>
internal static class MixtureColumns
{
    /// <summary>Of each block the index of each of its columns.</summary>
    /// <exception cref="ArgumentException">A column is not there.</exception>
    public static int[][] Find(IReadOnlyList<ConjugateBlock> blocks, IReadOnlyList<string> names)
        => [.. blocks.Select(b => (int[])[.. b.Columns.Select(c => Index(names, c))])];

    private static int Index(IReadOnlyList<string> names, string column)
    {
        for (int i = 0; i < names.Count; i++)
            if (names[i] == column)
                return i;
        throw new ArgumentException($"There is no column '{column}'; there are {string.Join(", ", names)}.", nameof(column));
    }
}
