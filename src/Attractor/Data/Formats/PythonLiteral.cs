using System.Globalization;
using System.Text;

namespace Attractor.Data;

/// <summary>
/// Parses the part of Python's literals that the header of a .npy file is written in: dictionaries, tuples, lists, strings,
/// integers, <c>True</c>, <c>False</c>, <c>None</c>.
/// </summary>
/// <remarks>
/// A dictionary becomes a <see cref="Dictionary{TKey, TValue}"/>, a tuple or list an array, an integer a long. Recursion is bounded.
/// </remarks>
internal ref struct PythonLiteral
{
    private const int DeepestNesting = 16;

    private readonly ReadOnlySpan<char> _text;
    private int _position;

    private PythonLiteral(ReadOnlySpan<char> text) => _text = text;

    /// <exception cref="InvalidDataException">The text is not one literal, or nests too deeply.</exception>
    public static object? Parse(ReadOnlySpan<char> text)
    {
        PythonLiteral parser = new(text);
        object? value = parser.Value(0);
        parser.SkipWhitespace();
        return parser._position == text.Length ? value : throw parser.Unexpected("the end");
    }

    private object? Value(int depth)
    {
        if (depth > DeepestNesting)
            throw new InvalidDataException($"the header nests more than {DeepestNesting} levels deep");
        SkipWhitespace();
        char first = _position < _text.Length ? _text[_position] : '\0';
        return first switch
        {
            '{' => Dictionary(depth),
            '(' => Sequence(')', depth),
            '[' => Sequence(']', depth),
            '\'' or '"' => String(),
            '-' or (>= '0' and <= '9') => Integer(),
            'T' when TryWord("True") => true,
            'F' when TryWord("False") => false,
            'N' when TryWord("None") => null,
            _ => throw Unexpected("a value"),
        };
    }

    private Dictionary<string, object?> Dictionary(int depth)
    {
        Dictionary<string, object?> entries = [];
        _position++;
        while (!TryClose('}'))
        {
            SkipWhitespace();
            if (_position == _text.Length || _text[_position] is not ('\'' or '"'))
                throw Unexpected("a key in quotes");
            string key = String();
            SkipWhitespace();
            Expect(':');
            if (!entries.TryAdd(key, Value(depth + 1)))
                throw new InvalidDataException($"the header names '{Excerpt.Of(key)}' twice");
            Separate('}');
        }
        return entries;
    }

    private object?[] Sequence(char close, int depth)
    {
        List<object?> items = [];
        _position++;
        while (!TryClose(close))
        {
            items.Add(Value(depth + 1));
            Separate(close);
        }
        return [.. items];
    }

    private string String()
    {
        char quote = _text[_position++];
        StringBuilder text = new();
        while (_position < _text.Length && _text[_position] != quote)
        {
            if (_text[_position] == '\\')
                _position++;
            if (_position < _text.Length)
                text.Append(_text[_position++]);
        }
        Expect(quote);
        return text.ToString();
    }

    private long Integer()
    {
        int start = _position++;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
            _position++;
        ReadOnlySpan<char> digits = _text[start.._position];
        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            throw new InvalidDataException($"the header holds the number {Excerpt.Of(digits)}, which no array size can be");
        // Python 2 wrote its long integers with a suffix.
        if (_position < _text.Length && _text[_position] == 'L')
            _position++;
        return value;
    }

    private bool TryWord(string word)
    {
        if (!_text[_position..].StartsWith(word))
            return false;
        _position += word.Length;
        return true;
    }

    private bool TryClose(char close)
    {
        SkipWhitespace();
        if (_position == _text.Length || _text[_position] != close)
            return false;
        _position++;
        return true;
    }

    // A comma, unless the closing bracket follows.
    private void Separate(char close)
    {
        SkipWhitespace();
        if (_position < _text.Length && _text[_position] == close)
            return;
        Expect(',');
    }

    private void Expect(char expected)
    {
        if (_position == _text.Length || _text[_position] != expected)
            throw Unexpected($"'{expected}'");
        _position++;
    }

    private void SkipWhitespace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\n' or '\r')
            _position++;
    }

    private readonly InvalidDataException Unexpected(string expected)
    {
        string found = _position == _text.Length ? "the end" : $"'{Excerpt.Of(_text.Slice(_position, 1))}'";
        return new($"the header is damaged: expected {expected} at character {_position}, found {found}");
    }
}
