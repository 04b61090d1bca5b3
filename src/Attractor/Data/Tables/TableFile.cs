using System.Globalization;

namespace Attractor.Data;

/// <summary>
/// Reads columns of a file by their names, or by their numbers from 1 where no column has that name: .csv and .tsv (text), .npy (NumPy),
/// and every <see cref="SeriesFormat"/> of one series.
/// </summary>
/// <remarks>
/// Cells of text are separated by commas, semicolons or tabs, whichever the first line shows. That line is a header unless one of its cells
/// is a number; without a header the columns are x1, x2, ..., as those of a .npy file always are. Empty cells, NA and NaN (in any case) are
/// missing values. Columns that are not requested may hold anything. Every failure is an <see cref="InvalidDataException"/>, a
/// <see cref="FileNotFoundException"/> or an <see cref="IOException"/> whose message is one line that starts with the name of the file.
/// </remarks>
public static class TableFile
{
    /// <summary>Reads columns of a whole file into memory.</summary>
    /// <param name="path">A .csv or .tsv file, a .npy file of shape (T, N) or (T), or one of another format.</param>
    /// <param name="columns">Which, in the order in which they are wanted.</param>
    /// <exception cref="ArgumentException">No column is requested, or one of them makes no sense.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged, of an unknown kind or too large, lacks a column, or has a cell
    /// that is not what it should be.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static Table Read(string path, IReadOnlyList<ColumnRequest> columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ColumnSelection.Validate(columns);
        return FileErrors.Named(path, () =>
        {
            using RowSource source = RowSource.Open(path, columns);
            if (source.Rows * columns.Count > SeriesFile.MaxValues)
                throw TooLarge();
            RowBlock block = new(columns.Count);
            List<double[]> blocks = [];
            for (long length = 0; block.Fill(source); blocks.Add(block.Values.ToArray()))
            {
                source.Budget?.TakeValues(block.Rows, columns.Count);
                if ((length += block.Values.Length) > SeriesFile.MaxValues)
                    throw TooLarge();
            }
            double[] values = Concatenation(blocks);
            return new Table(
                new(values, columns.Count, names: [.. source.Columns.Select(column => column.Name)]),
                source.Columns,
                block.Summary.Missing);
        });

        static InvalidDataException TooLarge() => new(
            $"more than the {SeriesFile.MaxValues} values that can be read into memory; ask for fewer columns, or read it in chunks");
    }

    /// <summary>The names of all columns of a file.</summary>
    /// <param name="path">A .csv or .tsv file, a .npy file of shape (T, N) or (T), or one of another format.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged or of an unknown kind.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static IReadOnlyList<string> Names(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FileErrors.Named(path, () => RowSource.Names(path));
    }

    /// <summary>Which of some names a word stands for: the one that is the same, or else the one of that number from 1.</summary>
    /// <param name="names">Names of columns, or of trials.</param>
    /// <param name="word">A name, or a number.</param>
    /// <returns>Its position from 0, the first of several; null if there is none.</returns>
    public static int? Find(IReadOnlyList<string> names, string word)
    {
        ArgumentNullException.ThrowIfNull(names);
        for (int i = 0; i < names.Count; i++)
            if (names[i] == word)
                return i;
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= names.Count
            ? number - 1
            : null;
    }

    /// <summary>One block after the other, of no more values than an array can have.</summary>
    internal static double[] Concatenation(List<double[]> blocks)
    {
        double[] values = GC.AllocateUninitializedArray<double>(blocks.Sum(block => block.Length));
        int length = 0;
        foreach (double[] block in blocks)
        {
            block.CopyTo(values, length);
            length += block.Length;
        }
        return values;
    }
}
