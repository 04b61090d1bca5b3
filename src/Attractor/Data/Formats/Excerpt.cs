using System.Text;

namespace Attractor.Data;

/// <summary>Text found in a file, made safe to put into a one-line message.</summary>
internal static class Excerpt
{
    private const int Longest = 60;

    /// <summary>At most 60 characters, with control characters shown as a question mark.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        StringBuilder excerpt = new();
        foreach (char c in text[..Math.Min(text.Length, Longest)])
            excerpt.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c);
        return text.Length > Longest ? excerpt.Append("...").ToString() : excerpt.ToString();
    }

    /// <summary>The start of UTF-8 text.</summary>
    public static string Of(ReadOnlySpan<byte> utf8) => Of(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * Longest)]).AsSpan());

    /// <summary>The first line of a message of the platform.</summary>
    public static string FirstLine(string message)
    {
        int end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }
}
