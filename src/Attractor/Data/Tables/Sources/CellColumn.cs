using System.Globalization;

namespace Attractor.Data;

/// <summary>The cells of a column as they come, each of any kind; what the column is, they say together.</summary>
internal sealed class CellColumn(string name)
{
    private readonly ValueList _numbers = new();
    private readonly Dictionary<int, long> _times = [];
    private readonly Dictionary<int, string> _words = [];
    private bool _hasNumbers;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Cells there are.</summary>
    public int Count => (int)_numbers.Count;

    /// <summary>Whether no cell holds anything.</summary>
    public bool IsEmpty => !_hasNumbers && _times.Count == 0 && _words.Count == 0;

    /// <summary>Why it cannot be read; null if it can.</summary>
    public string? Fault { get; set; }

    /// <summary>The column of a table that it makes.</summary>
    public TableField Field => new(
        name,
        _words.Count > 0 || (_times.Count > 0 && _hasNumbers) ? CellKind.Text : _times.Count > 0 ? CellKind.Time : CellKind.Number,
        Fault);

    /// <summary>Adds a number, NaN where it is missing.</summary>
    public void Add(double number)
    {
        _hasNumbers |= !double.IsNaN(number);
        _numbers.Add(number);
    }

    /// <summary>Adds an instant.</summary>
    /// <param name="ticks">Ticks of 100 ns since 1970, or since midnight.</param>
    public void AddTime(long ticks)
    {
        _times[Count] = ticks;
        _numbers.Add(double.NaN);
    }

    /// <summary>Adds text; nothing is a missing cell.</summary>
    public void Add(string text)
    {
        if (text.Length > 0)
            _words[Count] = text;
        _numbers.Add(double.NaN);
    }

    /// <summary>Adds missing cells up to a row.</summary>
    public void Pad(int rows)
    {
        while (Count < rows)
            _numbers.Add(double.NaN);
    }

    /// <summary>All cells as numbers.</summary>
    public double[] Numbers() => _numbers.ToArray();

    /// <summary>The instant in a row; null if it is missing.</summary>
    public long? Time(int row) => _times.TryGetValue(row, out long ticks) ? ticks : null;

    /// <summary>All cells as text.</summary>
    public string?[] Text()
    {
        double[] numbers = _numbers.ToArray();
        string?[] text = new string?[numbers.Length];
        for (int t = 0; t < text.Length; t++)
            text[t] = _words.TryGetValue(t, out string? word) ? word
                : Time(t) is { } ticks ? TimeOrigin.Text(DateTime.UnixEpoch.Ticks + ticks)
                : double.IsNaN(numbers[t]) ? null
                : numbers[t].ToString("R", CultureInfo.InvariantCulture);
        return text;
    }
}
