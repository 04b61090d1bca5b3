namespace Attractor.Systems;

/// <summary>A line that defines a name: <c>x' = y</c>, <c>f(a, b) = a + b</c>, <c>k = 2</c>; read from left to right, once.</summary>
/// <param name="Name">What it defines.</param>
/// <param name="Arguments">The text between the brackets after the name; null without any.</param>
/// <param name="IsEquation">Whether the name is primed.</param>
/// <param name="Expression">What stands behind the equals sign.</param>
internal readonly record struct StatementLine(string Name, string? Arguments, bool IsEquation, string Expression)
{
    /// <summary>The parts of a line; null of another one.</summary>
    public static StatementLine? Of(string text)
    {
        int at = NameLength(text);
        if (at == 0)
            return null;
        string name = text[..at], arguments = "";
        Skip(ref at);
        bool hasArguments = at < text.Length && text[at] == '(';
        if (hasArguments)
        {
            int end = text.AsSpan(at + 1).IndexOfAny('(', ')');
            if (end < 0 || text[at + 1 + end] == '(')
                return null;
            arguments = text.Substring(at + 1, end);
            at += end + 2;
            Skip(ref at);
        }
        bool isEquation = at < text.Length && text[at] == '\'';
        if (isEquation)
        {
            at++;
            Skip(ref at);
        }
        return at < text.Length && text[at] == '='
            ? new(name, hasArguments ? arguments : null, isEquation, text[(at + 1)..].Trim())
            : null;

        void Skip(ref int position)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
                position++;
        }
    }

    /// <summary>Whether a text is a name and nothing else.</summary>
    public static bool IsName(string text) => text.Length > 0 && NameLength(text) == text.Length;

    private static int NameLength(string text)
    {
        int length = 0;
        while (length < text.Length
            && (char.IsAsciiLetter(text[length]) || (length > 0 && (char.IsAsciiDigit(text[length]) || text[length] == '_'))))
            length++;
        return length;
    }
}
