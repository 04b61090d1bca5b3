using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Attractor.Data;

namespace Attractor.Systems;

/// <summary>
/// A number as a function of named ones, written in the language of the catalogue (docs/systems.md) and compiled, with its derivatives.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed partial class Expression
{
    private const int MostNames = 1000;

    private readonly EquationKernel _value, _both;
    private readonly int _inputs;

    private Expression(string text, IReadOnlyList<string> variables, int inputs, EquationKernel value, EquationKernel both)
        => (Text, Variables, _inputs, _value, _both) = (text, variables, inputs, value, both);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The D variables by which it is differentiated.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Reads and compiles an expression.</summary>
    /// <param name="text">Such as <c>-0.5*(y - a*x)^2/s^2</c>.</param>
    /// <param name="variables">The names of the D variables, in the order of their values.</param>
    /// <param name="parameters">Names that stand for constants.</param>
    /// <param name="givens">Names whose values follow those of the variables, and by which nothing is differentiated.</param>
    /// <exception cref="FormatException">It is no expression, names something else, or grows too large; the message says where.</exception>
    /// <exception cref="ArgumentException">A name is not one, is taken by the language, or stands for two things.</exception>
    public static Expression Parse(
        string text,
        IReadOnlyList<string> variables,
        IReadOnlyDictionary<string, double>? parameters = null,
        IReadOnlyList<string>? givens = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(variables);
        string[] inputs = [.. variables, .. givens ?? []];
        if (variables.Count == 0 || inputs.Length > MostNames)
            throw new ArgumentException($"An expression has 1 to {MostNames} variables, found {inputs.Length}.", nameof(variables));
        NamedExpressions names = new(new());
        foreach ((string name, double value) in parameters ?? new Dictionary<string, double>())
            Add(name, names.Graph.Constant(value));
        for (int i = 0; i < inputs.Length; i++)
            Add(inputs[i], names.Graph.Variable(i));
        try
        {
            int node = ExpressionParser.Parse(text, names);
            SymbolicDerivative derivative = new(names.Graph);
            int[] slopes = [.. Enumerable.Range(0, variables.Count).Select(i => derivative.Of(node, i))];
            return new(
                text,
                [.. variables],
                inputs.Length,
                EquationSet.Compile(names.Graph, [node]),
                EquationSet.Compile(names.Graph, [node, .. slopes]));
        }
        catch (InvalidDataException e)
        {
            throw new FormatException(e.Message, e);
        }

        void Add(string name, int node)
        {
            if (!IsName(name))
                throw new ArgumentException(
                    $"'{Excerpt.Of(name)}' can be no name in an expression: letters, digits and underscores, a letter first, and none of "
                    + "the language's own such as sin and pi.");
            if (!names.Values.TryAdd(name, node))
                throw new ArgumentException($"The name '{name}' stands for two things; rename one.");
        }
    }

    /// <summary>Whether something can be called so in an expression.</summary>
    public static bool IsName(string name) => Name().IsMatch(name) && !ExpressionParser.IsReserved(name);

    /// <summary>The names of values in a text, each once, in the order of the text: neither functions nor what the language has.</summary>
    public static IReadOnlyList<string> NamesIn(string text)
        => [.. Use().Matches(text).Select(m => m.Value).Where(n => !ExpressionParser.IsReserved(n)).Distinct()];

    /// <summary>The value at a point.</summary>
    /// <param name="point">D values, then one for each of the givens.</param>
    public double Value(ReadOnlySpan<double> point)
    {
        EquationSet.RequireLength(point.Length, _inputs);
        double value = 0;
        _value(ref MemoryMarshal.GetReference(point), ref value);
        return value;
    }

    /// <summary>The value and the derivatives at a point.</summary>
    /// <param name="point">D values, then one for each of the givens.</param>
    /// <param name="both">1 + D values are written: the value, then its derivatives by the variables.</param>
    public void ValueAndGradient(ReadOnlySpan<double> point, Span<double> both)
    {
        EquationSet.RequireLength(point.Length, _inputs);
        EquationSet.RequireLength(both.Length, 1 + Variables.Count);
        _both(ref MemoryMarshal.GetReference(point), ref MemoryMarshal.GetReference(both));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex Name();

    // The exponent of a number is none, nor is what a bracket follows.
    [GeneratedRegex(@"(?<![A-Za-z0-9_.])[A-Za-z][A-Za-z0-9_]*(?![A-Za-z0-9_])(?!\s*\()")]
    private static partial Regex Use();
}
