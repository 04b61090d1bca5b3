using System.Globalization;
using Attractor.Data;

namespace Attractor.Systems;

/// <summary>Collects the lines of one entry.</summary>
internal sealed class DefinitionBuilder(SystemKind kind, string name, string file, int line)
{
    // More is no system that anyone has written down; a thousand equations are the most that are compiled.
    private const int MostNames = 10_000, MostNesting = 8;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly List<Statement> _statements = [];
    private readonly List<KeyValuePair<string, double>> _parameters = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private double[] _start = [];
    private double? _dt, _period, _step, _reported;

    public string Name => name;

    /// <summary>Takes a line in.</summary>
    /// <exception cref="InvalidDataException">It is neither a statement nor a known item.</exception>
    public void Add(string text, int number)
    {
        if (StatementLine.Of(text) is { } statement)
        {
            AddStatement(statement, number);
            return;
        }
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        (string item, string rest) = space < 0 ? (text, "") : (text[..space], text[space..].Trim());
        if (rest.Length == 0)
            throw Invalid(number, $"'{Excerpt.Of(text)}' says nothing: expected an equation or an item with its value");
        switch (item)
        {
            case "title" or "source" or "field" or "note" or "tags" or "angles" or "conserved":
                if (!_texts.TryAdd(item, rest))
                    throw Invalid(number, $"a second {item}");
                break;
            case "parameters":
                foreach (string parameter in Split(rest))
                    AddParameter(parameter, number);
                break;
            case "start":
                _start = [.. Split(rest).Select(v => Constant(v, number))];
                break;
            case "dt":
                _dt = Positive(item, rest, number);
                break;
            case "period":
                _period = Positive(item, rest, number);
                break;
            case "step":
                _step = Positive(item, rest, number);
                break;
            case "reported":
                _reported = Constant(rest, number);
                break;
            default:
                throw Invalid(
                    number,
                    $"'{Excerpt.Of(item)}' is not an item: expected title, source, field, tags, note, parameters, start, dt, period, step, "
                    + $"reported, angles, conserved or an equation");
        }
    }

    public SystemDefinition Build()
    {
        SystemDefinition system = new(kind, name, _statements)
        {
            Title = Text("title"),
            Source = Text("source"),
            Field = Text("field"),
            Note = Text("note"),
            Tags = Words("tags"),
            Angles = Words("angles"),
            Conserved = _texts.GetValueOrDefault("conserved"),
            Parameters = _parameters,
            Start = _start,
            IntegrationStep = _dt,
            Period = _period,
            OwnStep = _step,
            ReportedExponent = _reported,
            File = file,
            Line = line,
        };
        if (system.Dimension == 0)
            throw Invalid(line, $"{name} has no equation such as x' = y");
        if (_start.Length != system.Dimension)
            throw Invalid(line, $"{name} has {system.Dimension} state variables, but 'start' has {_start.Length} values");
        if (system.Angles.FirstOrDefault(a => !system.Variables.Contains(a)) is { } unknown)
            throw Invalid(line, $"'{unknown}' under 'angles' is not a state variable");
        return system;
    }

    private void AddStatement(StatementLine statement, int number)
    {
        string[]? arguments = statement.Arguments?.Split(',', StringSplitOptions.TrimEntries);
        if (arguments is not null
            && (statement.IsEquation || !Array.TrueForAll(arguments, StatementLine.IsName)
                || arguments.Distinct().Count() != arguments.Length))
            throw Invalid(number, $"the arguments of {Excerpt.Of(statement.Name)} must be different names");
        Declare(statement.Name, number);
        _statements.Add(new(statement.Name, arguments, statement.IsEquation, statement.Expression, number));
    }

    private void AddParameter(string text, int number)
    {
        if (StatementLine.Of(text) is not { Arguments: null, IsEquation: false, Expression.Length: > 0 } parameter)
            throw Invalid(number, $"expected a parameter such as a = 0.5, found '{Excerpt.Of(text)}'");
        AddValues(parameter.Name, parameter.Expression, number, MostNesting);
    }

    // A list k = [1, 2] gives k1 and k2, a matrix k11, k12, ...
    private void AddValues(string parameter, string value, int number, int nesting)
    {
        if (value.StartsWith('[') && value.EndsWith(']'))
        {
            if (nesting == 0)
                throw Invalid(number, $"the lists of a parameter are nested more than {MostNesting} deep");
            int i = 0;
            foreach (string element in Split(value[1..^1]))
                AddValues(string.Create(CultureInfo.InvariantCulture, $"{parameter}{++i}"), element, number, nesting - 1);
            return;
        }
        Declare(parameter, number);
        _parameters.Add(new(parameter, Constant(value, number)));
    }

    private void Declare(string declared, int number)
    {
        if (ExpressionParser.IsReserved(declared))
            throw Invalid(number, $"'{declared}' is a name of the language");
        if (!_names.Add(declared))
            throw Invalid(number, $"'{Excerpt.Of(declared)}' is defined twice");
        if (_names.Count > MostNames)
            throw Invalid(number, $"{name} defines more than {MostNames} names");
    }

    private double Positive(string item, string text, int number)
        => Constant(text, number) is > 0 and var value
            ? value
            : throw Invalid(number, $"'{item}' must be positive, found '{Excerpt.Of(text)}'");

    private double Constant(string text, int number)
    {
        try
        {
            NamedExpressions names = new(new());
            if (names.Graph.IsConstant(ExpressionParser.Parse(text, names), out double value) && double.IsFinite(value))
                return value;
        }
        catch (FormatException e)
        {
            throw Invalid(number, e.Message);
        }
        throw Invalid(number, $"expected a finite number, found '{Excerpt.Of(text)}'");
    }

    /// <summary>Splits at the commas that are not inside brackets.</summary>
    private static List<string> Split(string text)
    {
        List<string> pieces = [];
        int depth = 0, start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                pieces.Add(text[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += text[i] is '[' or '(' ? 1 : text[i] is ']' or ')' ? -1 : 0;
            }
        }
        return pieces;
    }

    private string Text(string item) => _texts.GetValueOrDefault(item, "");

    private string[] Words(string item) => Text(item).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

    private InvalidDataException Invalid(int number, string what) => DefinitionReader.Invalid(file, number, what);
}
