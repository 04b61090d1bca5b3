using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Attractor.Data;

/// <summary>Turns the cells of one column into values, and refuses those that are not of its kind.</summary>
internal sealed class ColumnReader
{
    private const double LargestCount = 1L << 53;

    private readonly ColumnRequest _request;
    private readonly ColumnKind _kind;
    private readonly bool _isText;
    private readonly CategoryLevels? _levels;
    private double _largestLevel = -1;

    /// <param name="request">What is wanted.</param>
    /// <param name="position">Which of the file's columns it is, counting from 0.</param>
    /// <param name="isText">Whether cells are text; otherwise they are numbers, and categories indices.</param>
    public ColumnReader(ColumnRequest request, int position, bool isText)
    {
        _request = request;
        _kind = request.Kind;
        _isText = isText;
        Position = position;
        if (isText && _kind == ColumnKind.Category)
            _levels = new(request.Levels);
    }

    /// <summary>Which of the file's columns it is, counting from 0.</summary>
    public int Position { get; }

    /// <summary>The request, with the levels that were found.</summary>
    public ColumnRequest Resolved => _kind != ColumnKind.Category || _request.Levels is not null
        ? _request
        : _request with
        {
            Levels = _levels?.Names.ToArray()
            ?? [.. Enumerable.Range(0, (int)_largestLevel + 1).Select(n => n.ToString(CultureInfo.InvariantCulture))]
        };

    /// <summary>The value of the column in the present row.</summary>
    /// <exception cref="InvalidDataException">It is not of the column's kind.</exception>
    public double Read(TableReader table) => _isText ? ReadText(table) : ReadNumber(table);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double ReadText(TableReader table)
    {
        if (table.Fault(Position) is not null)
            throw table.NotANumber(Position);
        ReadOnlySpan<byte> cell = table.Text(Position);
        if (_levels is not null)
        {
            bool isMissing = IsMissing(cell);
            int index = _levels.IndexOf(cell, isMissing);
            return index >= 0 ? index
                : isMissing ? double.NaN
                : throw new InvalidDataException($"{table.Place(Position)}: {_levels.Fault(cell)}");
        }
        bool isNumber = table.TryNumber(Position, out double value);
        if (isNumber && IsOfKind(value))
            return value;
        if (isNumber)
            throw new InvalidDataException($"{table.Place(Position)}: {Fault(value, Excerpt.Of(cell))}");
        if (IsMissing(cell))
            return double.NaN;
        if (_kind == ColumnKind.Binary && Ascii.EqualsIgnoreCase(cell, "true"u8))
            return 1;
        if (_kind == ColumnKind.Binary && Ascii.EqualsIgnoreCase(cell, "false"u8))
            return 0;
        throw _kind == ColumnKind.Real
            ? table.NotANumber(Position)
            : new InvalidDataException($"{table.Place(Position)}: {Fault(value, Excerpt.Of(cell))}");
    }

    private double ReadNumber(TableReader table)
    {
        double value = table.Number(Position);
        if (IsOfKind(value))
        {
            _largestLevel = Math.Max(_largestLevel, double.IsNaN(value) ? -1 : value);
            return value;
        }
        throw new InvalidDataException($"{table.Place(Position)}: {Fault(value, value.ToString(CultureInfo.InvariantCulture))}");
    }

    private bool IsOfKind(double value) => double.IsNaN(value) || _kind switch
    {
        ColumnKind.Real => double.IsFinite(value),
        ColumnKind.Count => value is >= 0 and <= LargestCount && value == Math.Floor(value),
        ColumnKind.Binary => value is 0 or 1,
        _ => value >= 0 && value < (_request.Levels?.Count ?? CategoryLevels.Most) && value == Math.Floor(value),
    };

    private string Fault(double value, string found)
    {
        if (double.IsInfinity(value))
            return $"'{found}' is infinite; write a finite number, or leave a missing value empty";
        return _kind switch
        {
            ColumnKind.Count => $"'{found}' is not a count, a whole number from 0 to 2^53; correct it, or ask for real numbers",
            ColumnKind.Binary
                => $"'{found}' is not binary, 0 or 1, true or false; correct it, or ask for "
                    + $"{(double.IsNaN(value) ? "a category" : "a count or a category")}",
            _ => $"'{found}' is not the index of a level, a whole number from "
                + $"0 to {(_request.Levels?.Count ?? CategoryLevels.Most) - 1}; correct it",
        };
    }

    private static bool IsMissing(ReadOnlySpan<byte> cell)
        => cell.IsEmpty || (cell.Length <= 3 && (Ascii.EqualsIgnoreCase(cell, "NA"u8) || Ascii.EqualsIgnoreCase(cell, "NaN"u8)));
}
