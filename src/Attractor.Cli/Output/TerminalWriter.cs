using System.Globalization;
using System.Text;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>
/// A standard stream of the process: what cannot be written there is dropped, as no work is lost for its messages, and control characters
/// are spelt out, as words from files reach it that a terminal would obey.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="encoding">What the terminal reads.</param>
/// <param name="isRaw">Whether control characters go through: those of a progress bar are the program's own.</param>
internal sealed class TerminalWriter(Stream stream, Encoding encoding, bool isRaw = false) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly Lock _lock = new();
    private Encoding _encoding = encoding;
    private bool _isClosed;

    public override Encoding Encoding => _encoding;

    /// <summary>Whether something was dropped as there is no space left for it; a reader that has gone away misses nothing.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Writes UTF-8 from here on: a program reads this.</summary>
    public void UseUtf8() => _encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Text with its control characters, and those that turn the direction of what follows, as <c>\u001b</c>; a JSON text stays the same
    /// object.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsControl))
            return text;
        StringBuilder clean = new(text.Length);
        foreach (char c in text)
            if (IsControl(c))
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                clean.Append(c);
        return clean.ToString();
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Write(value + CoreNewLineText);

    public override void WriteLine() => Write(CoreNewLineText);

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value) || _isClosed)
            return;
        byte[] bytes = _encoding.GetBytes(isRaw ? value : Clean(value));
        lock (_lock)
            try
            {
                stream.Write(bytes);
                stream.Flush();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                (_isClosed, IsFull) = (true, DiskSpace.IsFull(e));
            }
    }

    private string CoreNewLineText => new(CoreNewLine);

    private static bool IsControl(char c)
        => (c < ' ' && c is not ('\n' or '\t' or '\r'))
            || c is (>= '\x7f' and <= '\x9f') or '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069');
}
