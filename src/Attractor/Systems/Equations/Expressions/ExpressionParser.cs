using System.Globalization;
using Attractor.Data;

namespace Attractor.Systems;

/// <summary>
/// Reads expressions such as <c>-x^2 + a*sin(y)/(1 + z)</c>. Powers bind tighter than a minus before them and group from the
/// right; products and quotients, sums and differences from the left.
/// </summary>
internal sealed class ExpressionParser
{
    private static readonly Dictionary<string, Operation> s_functions = new(StringComparer.Ordinal)
    {
        ["sin"] = Operation.Sin,
        ["cos"] = Operation.Cos,
        ["tan"] = Operation.Tan,
        ["asin"] = Operation.Asin,
        ["acos"] = Operation.Acos,
        ["atan"] = Operation.Atan,
        ["sinh"] = Operation.Sinh,
        ["cosh"] = Operation.Cosh,
        ["tanh"] = Operation.Tanh,
        ["exp"] = Operation.Exp,
        ["log"] = Operation.Log,
        ["sqrt"] = Operation.Sqrt,
        ["abs"] = Operation.Abs,
        ["sign"] = Operation.Sign,
        ["floor"] = Operation.Floor,
    };

    private readonly string _text;
    private readonly NamedExpressions _names;
    private readonly Dictionary<string, int>? _arguments;
    private int _position;

    private ExpressionParser(string text, NamedExpressions names, Dictionary<string, int>? arguments)
        => (_text, _names, _arguments) = (text, names, arguments);

    private ExpressionGraph Graph => _names.Graph;

    /// <summary>The node of an expression.</summary>
    /// <exception cref="FormatException">It is not one; the message says what and where.</exception>
    public static int Parse(string text, NamedExpressions names) => new ExpressionParser(text, names, null).Whole();

    /// <summary>Whether a name is taken by the language itself.</summary>
    public static bool IsReserved(string name)
        => s_functions.ContainsKey(name) || name is "pi" or "min" or "max" or "mod" or "step" or "atan2";

    private int Whole()
    {
        int node = Sum();
        return Peek() == '\0' ? node : throw Error($"'{_text[_position]}' is out of place");
    }

    private int Sum()
    {
        int node = Product();
        while (true)
        {
            if (Accept('+'))
                node = Graph.Add(node, Product());
            else if (Accept('-'))
                node = Graph.Subtract(node, Product());
            else
                return node;
        }
    }

    private int Product()
    {
        int node = Signed();
        while (true)
        {
            if (Accept('*'))
                node = Graph.Multiply(node, Signed());
            else if (Accept('/'))
                node = Graph.Divide(node, Signed());
            else
                return node;
        }
    }

    private int Signed()
    {
        _names.Enter();
        int node = Accept('-') ? Graph.Negate(Signed()) : Accept('+') ? Signed() : Power();
        _names.Leave();
        return node;
    }

    private int Power()
    {
        int node = Atom();
        return Accept('^') ? Graph.Power(node, Signed()) : node;
    }

    private int Atom()
    {
        _names.CountStep();
        char next = Peek();
        if (Accept('('))
        {
            int node = Sum();
            Expect(')');
            return node;
        }
        if (char.IsAsciiDigit(next) || next == '.')
            return Graph.Constant(Number());
        if (!char.IsAsciiLetter(next))
            throw Error(next == '\0' ? "the expression ends where a value is expected" : $"'{next}' is out of place");
        int start = _position;
        string name = Name();
        if (Peek() == '(')
            return Call(name, start);
        if (_arguments is not null && _arguments.TryGetValue(name, out int argument))
            return argument;
        if (_names.Values.TryGetValue(name, out int value))
            return value;
        if (name == "pi")
            return Graph.Constant(Math.PI);
        _position = start;
        throw Error($"'{name}' is not a variable, a parameter or an earlier value");
    }

    private int Call(string name, int start)
    {
        List<int> given = [];
        Expect('(');
        do
            given.Add(Sum());
        while (Accept(','));
        Expect(')');
        if (s_functions.TryGetValue(name, out Operation function))
            return Graph.Apply(function, Arguments(name, start, given, 1)[0]);
        switch (name)
        {
            case "min" or "max" or "atan2":
                Arguments(name, start, given, 2);
                return Graph.Binary(
                    name switch { "min" => Operation.Minimum, "max" => Operation.Maximum, _ => Operation.Atan2 }, given[0], given[1]);
            case "mod":
                Arguments(name, start, given, 2);
                return Graph.Subtract(given[0], Graph.Multiply(given[1], Graph.Apply(Operation.Floor, Graph.Divide(given[0], given[1]))));
            case "step":
                return Graph.Binary(Operation.Below, Graph.Constant(0), Arguments(name, start, given, 1)[0]);
        }
        if (!_names.Functions.TryGetValue(name, out (string[] Arguments, string Body) own))
        {
            _position = start;
            throw Error($"there is no function '{name}'");
        }
        Arguments(name, start, given, own.Arguments.Length);
        Dictionary<string, int> bound = new(StringComparer.Ordinal);
        for (int i = 0; i < given.Count; i++)
            bound[own.Arguments[i]] = given[i];
        _names.Enter();
        int node = new ExpressionParser(own.Body, _names, bound).Whole();
        _names.Leave();
        return node;
    }

    private List<int> Arguments(string name, int start, List<int> given, int expected)
    {
        if (given.Count == expected)
            return given;
        _position = start;
        throw Error($"{name} takes {expected} argument{(expected == 1 ? "" : "s")}, not {given.Count}");
    }

    private double Number()
    {
        int start = _position;
        while (_position < _text.Length && (char.IsAsciiDigit(_text[_position]) || _text[_position] == '.'))
            _position++;
        if (_position < _text.Length && _text[_position] is 'e' or 'E')
        {
            int exponent = _position + 1;
            if (exponent < _text.Length && _text[exponent] is '+' or '-')
                exponent++;
            if (exponent < _text.Length && char.IsAsciiDigit(_text[exponent]))
            {
                _position = exponent;
                while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
                    _position++;
            }
        }
        string digits = _text[start.._position];
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            throw Error($"'{Excerpt.Of(digits)}' is not a number");
        return double.IsFinite(value) ? value : throw Error($"'{Excerpt.Of(digits)}' is larger than any number");
    }

    private string Name()
    {
        int start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] == '_'))
            _position++;
        return _text[start.._position];
    }

    private char Peek()
    {
        while (_position < _text.Length && _text[_position] == ' ')
            _position++;
        return _position < _text.Length ? _text[_position] : '\0';
    }

    private bool Accept(char wanted)
    {
        if (Peek() != wanted)
            return false;
        _position++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Accept(wanted))
            throw Error(
                _position < _text.Length ? $"'{wanted}' is expected before '{_text[_position]}'" : $"a '{wanted}' is missing at the end");
    }

    private FormatException Error(string what) => new($"{what}: {Attractor.Data.Excerpt.Of(_text)}, column {_position + 1}");
}
