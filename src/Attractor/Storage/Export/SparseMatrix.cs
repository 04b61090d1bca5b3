namespace Attractor.Storage;

/// <summary>The entries of a matrix that are not 0, row by row (compressed sparse rows).</summary>
internal sealed class SparseMatrix
{
    // A column index takes room too, and a jump in memory time.
    private const int Emptiness = 3;

    /// <param name="weights">Rows x columns.</param>
    /// <param name="columns">Columns.</param>
    public SparseMatrix(double[] weights, int columns)
    {
        List<double> values = [];
        List<int> places = [];
        int rows = weights.Length / columns;
        Rows = new int[rows + 1];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                if (weights[(row * columns) + column] is var weight && weight != 0)
                {
                    values.Add(weight);
                    places.Add(column);
                }
            Rows[row + 1] = values.Count;
        }
        (Values, Columns) = ([.. values], [.. places]);
    }

    public double[] Values { get; }

    public int[] Columns { get; }

    /// <summary>Where each row begins, and the last ends.</summary>
    public int[] Rows { get; }

    /// <summary>Whether so many entries are 0 that the others alone take less room.</summary>
    public static bool IsSparse(double[] weights) => weights.LongLength >= 16 && weights.Count(w => w != 0) * Emptiness < weights.Length;
}
