using System.Globalization;
using System.Text;
using Attractor.Data;

namespace Attractor.Guests;

/// <summary>
/// A format of named columns that is only read: a row per line of <c>name=value</c>, text where the first value is no number.
/// </summary>
public sealed class PairsFormat : TableFormat
{
    public override string Name => "pairs";

    public override IReadOnlyList<string> Extensions { get; } = [".pairs", ".kv"];

    public override TableReader OpenTable(Stream file) => new Pairs(file);

    private sealed class Pairs : TableReader
    {
        private readonly StreamReader _reader;
        private readonly bool[] _isText;
        private string[]? _next;
        private string[] _cells = [];

        public Pairs(Stream file)
        {
            _reader = new(file, leaveOpen: true);
            string[][] pairs = [.. (_reader.ReadLine() ?? "").Split(' ').Select(pair => pair.Split('=', 2))];
            if (pairs.Any(pair => pair.Length != 2))
                throw new InvalidDataException("line 1 is not of the form name=value name=value");
            Names = [.. pairs.Select(pair => pair[0])];
            _next = [.. pairs.Select(pair => pair[1])];
            _isText = [.. _next.Select(cell => !double.TryParse(cell, CultureInfo.InvariantCulture, out _))];
        }

        public override IReadOnlyList<string> Names { get; }

        public override double? TimeStep => 0.5;

        public override bool IsText(int column) => _isText[column];

        public override double Number(int column) => double.TryParse(_cells[column], CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new InvalidDataException($"{Place(column)}: '{_cells[column]}' is not a number");

        public override ReadOnlySpan<byte> Text(int column) => Encoding.UTF8.GetBytes(_cells[column]);

        protected override bool Advance()
        {
            string[]? cells = _next ?? _reader.ReadLine()?.Split(' ').Select(pair => pair[(pair.IndexOf('=') + 1)..]).ToArray();
            _next = null;
            if (cells is null)
                return false;
            _cells = cells.Length == Names.Count
                ? cells
                : throw new InvalidDataException($"row {Row + 1} (counting from 0) has {cells.Length} pairs, expected {Names.Count}");
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _reader.Dispose();
            base.Dispose(disposing);
        }
    }
}
