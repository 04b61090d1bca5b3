using System.Text;

namespace Attractor.Reports;

/// <summary>Formulas as MathML, which browsers typeset themselves, from the part of TeX's notation that they are written in.</summary>
/// <remarks>
/// Letters, numbers, operators, groups, scripts, <c>\frac</c>, <c>\sqrt</c>, accents, <c>\text</c>, <c>\left</c> and <c>\right</c>, Greek
/// letters and the symbols of <see cref="MathSymbols"/>.
/// </remarks>
internal sealed class MathMarkup
{
    private const int Deepest = 64;

    private readonly string _source;
    private int _at;
    private int _depth;

    private MathMarkup(string source) => _source = source;

    /// <summary>The formula as a line of its own.</summary>
    /// <exception cref="ArgumentException">Something in it is not known, or a group is not closed.</exception>
    public static string Of(string source)
    {
        MathMarkup parser = new(source);
        string body = parser.Row(end: null);
        return $"<math display=\"block\" alttext=\"{Markup.Escape(source)}\"><mrow>{body}</mrow></math>";
    }

    // What stands up to an end, which is passed over.
    private string Row(string? end)
    {
        if (++_depth > Deepest)
            throw Wrong("groups are nested too deeply");
        StringBuilder row = new();
        while (true)
        {
            SkipBlank();
            if (_at >= _source.Length)
            {
                if (end is not null)
                    throw Wrong($"'{end}' is missing");
                break;
            }
            if (end is not null && string.CompareOrdinal(_source, _at, end, 0, end.Length) == 0)
            {
                _at += end.Length;
                break;
            }
            row.Append(Scripted());
        }
        _depth--;
        return row.ToString();
    }

    // An atom with what stands above and below it.
    private string Scripted()
    {
        (string atom, bool limits) = Atom();
        string? below = null, above = null;
        while (true)
        {
            SkipBlank();
            if (Take('_'))
                below = Argument();
            else if (Take('^'))
                above = $"{above}{Argument()}";
            else if (Take('\''))
                above = $"{above}<mo>\u2032</mo>";
            else
                break;
        }
        return (below, above) switch
        {
            (null, null) => atom,
            ({ } b, null) => limits ? $"<munder>{atom}{Group(b)}</munder>" : $"<msub>{atom}{Group(b)}</msub>",
            (null, { } a) => limits ? $"<mover>{atom}{Group(a)}</mover>" : $"<msup>{atom}{Group(a)}</msup>",
            ({ } b, { } a) => limits
                ? $"<munderover>{atom}{Group(b)}{Group(a)}</munderover>"
                : $"<msubsup>{atom}{Group(b)}{Group(a)}</msubsup>",
        };
    }

    private string Argument()
    {
        SkipBlank();
        return Take('{') ? Row("}") : Atom().Markup;
    }

    private (string Markup, bool Limits) Atom()
    {
        if (_at >= _source.Length)
            throw Wrong("something is missing at its end");
        char c = _source[_at];
        if (c == '\\')
            return Command();
        if (c == '{')
        {
            _at++;
            return (Group(Row("}")), false);
        }
        if (char.IsAsciiDigit(c))
            return (Number(), false);
        _at++;
        return char.IsLetter(c)
            ? ($"<mi>{c}</mi>", false)
            : ($"<mo stretchy=\"false\">{Markup.Escape(c == '-' ? "\u2212" : c.ToString())}</mo>", false);
    }

    private string Number()
    {
        int start = _at;
        while (_at < _source.Length && (char.IsAsciiDigit(_source[_at]) || IsDecimalPoint()))
            _at++;
        return $"<mn>{_source[start.._at]}</mn>";

        bool IsDecimalPoint() => _source[_at] == '.' && _at + 1 < _source.Length && char.IsAsciiDigit(_source[_at + 1]);
    }

    private (string Markup, bool Limits) Command()
    {
        int start = ++_at;
        while (_at < _source.Length && char.IsAsciiLetter(_source[_at]))
            _at++;
        if (_at == start && _at < _source.Length)
            _at++;
        string name = _source[start.._at];
        switch (name)
        {
            case "frac":
                return ($"<mfrac>{Group(Argument())}{Group(Argument())}</mfrac>", false);
            case "sqrt":
                return ($"<msqrt>{Argument()}</msqrt>", false);
            case "text" or "mathrm":
                string words = Markup.Escape(Braced());
                return (name == "text" ? $"<mtext>{words}</mtext>" : $"<mi mathvariant=\"normal\">{words}</mi>", false);
            case "left":
                return (Fenced(), false);
        }
        if (MathSymbols.Accent(name) is { } accent)
            return ($"<mover accent=\"true\">{Group(Argument())}<mo>{accent}</mo></mover>", false);
        return MathSymbols.Find(name) is var (markup, limits) ? (markup, limits) : throw Wrong($"\\{name} is not known");
    }

    // Brackets as high as what they hold.
    private string Fenced()
    {
        string open = Fence(), body = Row("\\right"), close = Fence();
        return $"<mrow>{open}{body}{close}</mrow>";

        string Fence()
        {
            SkipBlank();
            if (_at >= _source.Length)
                throw Wrong("a bracket is missing");
            char c = _source[_at++];
            if (c == '\\' && _at < _source.Length)
                c = _source[_at++] is '|' ? '\u2016' : _source[_at - 1];
            return c == '.' ? "" : $"<mo stretchy=\"true\">{Markup.Escape(c.ToString())}</mo>";
        }
    }

    private string Braced()
    {
        int end = _source.IndexOf('}', _at);
        if (!Take('{') || end < 0)
            throw Wrong("words stand in braces");
        string words = _source[_at..end];
        _at = end + 1;
        return words;
    }

    private bool Take(char c)
    {
        if (_at >= _source.Length || _source[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void SkipBlank()
    {
        while (_at < _source.Length && char.IsWhiteSpace(_source[_at]))
            _at++;
    }

    private static string Group(string markup) => $"<mrow>{markup}</mrow>";

    private ArgumentException Wrong(string what) => new($"The formula {_source}: {what}.");
}
