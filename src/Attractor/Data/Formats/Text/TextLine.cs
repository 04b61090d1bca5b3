using System.Text;

namespace Attractor.Data;

/// <summary>A line of a file of text that is not blank.</summary>
/// <param name="Offset">The byte it begins at.</param>
/// <param name="Number">Which line of the file it is, from 1.</param>
/// <param name="Text">What stands in it.</param>
internal readonly record struct TextLine(int Offset, int Number, string Text)
{
    /// <summary>The lines of UTF-8 at the start of a file, without its byte order mark.</summary>
    /// <param name="start">The first bytes.</param>
    /// <param name="whole">Whether they are all there are: otherwise the last line may be a part of one, and is left out.</param>
    public static List<TextLine> Of(ReadOnlySpan<byte> start, bool whole)
    {
        List<TextLine> lines = [];
        int at = start.StartsWith("\uFEFF"u8) ? 3 : 0;
        for (int number = 1; at < start.Length; number++)
        {
            int length = start[at..].IndexOfAny((byte)'\n', (byte)'\r');
            bool isLast = length < 0;
            length = isLast ? start.Length - at : length;
            string text = Encoding.UTF8.GetString(start.Slice(at, length));
            if (!string.IsNullOrWhiteSpace(text) && (whole || !isLast || lines.Count == 0))
                lines.Add(new(at, number, text));
            at += length + (at + length + 1 < start.Length && start[at + length] == '\r' && start[at + length + 1] == '\n' ? 2 : 1);
        }
        return lines;
    }
}
