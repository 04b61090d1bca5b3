using System.Text.Json;

namespace Attractor.Storage;

/// <summary>A list of numbers, or a list of lists of them, of a JSON file.</summary>
internal sealed record JsonTensor(string Name, int Rows, int Columns, bool IsMatrix, double[] Values)
{
    public int Count => Values.Length;

    public string Shape => IsMatrix ? $"{Rows} x {Columns}" : $"{Rows}";

    /// <summary>Reads it, row by row.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="entry">Its value.</param>
    /// <param name="bad">Makes the exception of a sentence.</param>
    public static JsonTensor Read(string name, JsonElement entry, Func<string, Exception> bad)
    {
        if (entry.ValueKind != JsonValueKind.Array)
            throw bad($"{name} is not a list of numbers or of lists of numbers");
        int rows = entry.GetArrayLength();
        bool isMatrix = rows > 0 && entry[0].ValueKind == JsonValueKind.Array;
        int columns = isMatrix ? entry[0].GetArrayLength() : 0;
        // The document holds each of them, so that there is room for them all.
        List<double> values = [];
        int row = 0;
        foreach (JsonElement item in entry.EnumerateArray())
        {
            row++;
            if (isMatrix != (item.ValueKind == JsonValueKind.Array))
                throw bad($"{name} mixes numbers and lists in row {row}");
            if (!isMatrix)
            {
                values.Add(Number(item, $"{name}[{row}]"));
                continue;
            }
            if (item.GetArrayLength() != columns)
                throw bad($"{name} has {columns} values in its first row and {item.GetArrayLength()} in row {row}");
            int column = 0;
            foreach (JsonElement value in item.EnumerateArray())
                values.Add(Number(value, $"{name}[{row}][{++column}]"));
        }
        return new(name, rows, columns, isMatrix, [.. values]);

        double Number(JsonElement value, string where)
            => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
                ? number
                : throw bad($"{where} is not a finite number");
    }

    /// <summary>The values of a tensor of that shape; null if this is none. A vector may be a matrix of one row or one column.</summary>
    public double[]? Expect(int rows, int columns)
        => columns == 0
            ? Values.Length == rows && (!IsMatrix || Rows == 1 || Columns == 1) ? Values : null
            : IsMatrix && Rows == rows && Columns == columns ? Values : null;

    /// <summary>The diagonal of a square matrix; null if it has values elsewhere.</summary>
    public double[]? Diagonal()
        => Values.Where((v, i) => v != 0 && i % (Columns + 1) != 0).Any()
            ? null
            : [.. Enumerable.Range(0, Rows).Select(i => Values[i * (Columns + 1)])];
}
