using System.Text;

namespace Attractor.Data;

/// <summary>Text found in a file, made safe to put into a one-line message.</summary>
internal static class Excerpt
{
    private const int Longest = 60;

    // What the exceptions of the platform's JSON say that they come from, or that and more.
    private const string JsonSource = "System.Text.Json";

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

    /// <summary>Why something failed, for people: the first line of the message without the name of a parameter of ours.</summary>
    /// <param name="e">An exception of ours, or of the platform, whose own words often say nothing about the file.</param>
    public static string Reason(Exception e)
    {
        if (e is EndOfStreamException)
            return "it ends before it is whole";
        if (e is KeyNotFoundException)
            return "an entry is missing";
        if (e is InvalidOperationException or FormatException && e.Source?.StartsWith(JsonSource, StringComparison.Ordinal) == true)
            return "an entry is of another kind than it should be, or no text";
        int end = e.Message.AsSpan().IndexOfAny('\r', '\n');
        string line = end < 0 ? e.Message : e.Message[..end];
        int parameter = line.IndexOf(" (Parameter '", StringComparison.Ordinal);
        line = parameter < 0 ? line : line[..parameter];
        return line.EndsWith('.') && !line.EndsWith("..", StringComparison.Ordinal) ? line[..^1] : line;
    }
}
