namespace Attractor.Data;

/// <summary>Text whose cells are separated by blanks, any number of them, as the same with semicolons.</summary>
internal sealed class BlankSeparated(Stream text) : Stream
{
    private const int Looked = 1 << 16, FewestLines = 2;

    private readonly byte[] _block = new byte[1 << 16];
    private int _at, _length;
    private bool _isInLine, _isPending, _isQuoted, _isComment;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>
    /// Whether a file is written so: no other separator makes cells of its lines, and blanks make the same number of each.
    /// </summary>
    /// <param name="file">The file; it stands at its start afterwards.</param>
    public static bool Announces(Stream file)
    {
        byte[] start = new byte[(int)Math.Min(Looked, file.Length)];
        file.Position = 0;
        file.ReadExactly(start);
        file.Position = 0;
        if (start is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
            return false;
        string[] lines = [.. TextLine.Of(start, start.Length == file.Length)
            .Select(line => line.Text).Where(line => TextStart.MarkOf(line) is null)];
        if (lines.Length < FewestLines)
            return false;
        // The end is the table, whatever stands before it.
        string[] last = [.. lines.TakeLast(Math.Max(FewestLines, lines.Length / 2))];
        int cells = Cells(last[^1]);
        if (cells < 2 || !Array.TrueForAll(last, line => Cells(line) == cells))
            return false;
        return Array.TrueForAll(last, line => !line.AsSpan().ContainsAny(",;\t|"))
            ? last[^1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(CsvNumber.MayBe)
            : Array.TrueForAll(last, line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(CsvNumber.MayBe))
                && !CsvDialect.Cells(last[^1], CsvDialect.SeparatorOf(last[^1])).All(CsvNumber.MayBe);
    }

    public override int Read(Span<byte> buffer)
    {
        int count = 0;
        while (count < buffer.Length)
        {
            if (_at == _length)
            {
                (_at, _length) = (0, text.Read(_block));
                if (_length == 0)
                    break;
            }
            byte next = _block[_at];
            if (next is (byte)'\n' or (byte)'\r')
            {
                (_isInLine, _isPending, _isQuoted, _isComment) = (false, false, false, false);
            }
            else if (!_isComment && !_isQuoted && next is ((byte)' ' or (byte)'\t'))
            {
                _isPending = _isInLine;
                _at++;
                continue;
            }
            else
            {
                if (_isPending && !_isComment)
                {
                    _isPending = false;
                    buffer[count++] = (byte)';';
                    continue;
                }
                _isComment |= !_isInLine && next is ((byte)'#' or (byte)'%' or (byte)'!' or (byte)'/');
                _isInLine = true;
                _isQuoted ^= next == '"';
            }
            buffer[count++] = next;
            _at++;
        }
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // Blanks between quotes belong to a cell.
    private static int Cells(string line)
    {
        int cells = 0;
        bool quoted = false, inside = false;
        foreach (char c in line)
        {
            quoted ^= c == '"';
            bool blank = !quoted && c is (' ' or '\t');
            cells += !blank && !inside ? 1 : 0;
            inside = !blank;
        }
        return cells;
    }
}
