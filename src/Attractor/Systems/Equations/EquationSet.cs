using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Attractor.Systems;

/// <summary>The compiled equations of a definition and their Jacobian.</summary>
internal sealed class EquationSet
{
    // A Jacobian of this size has a million entries, and its expressions take as long to derive.
    private const int LargestDimension = 1000;

    // The time to make machine code of more grows faster than they do; then they are interpreted, to the same values.
    private const int MostCompiledTerms = 20_000, MostCompiledOutputs = 100_000;

    private readonly SystemDefinition _definition;
    private readonly NamedExpressions _names;
    private readonly EquationKernel _values, _jacobian, _both;

    /// <exception cref="InvalidDataException">An expression does not parse; the message names the line.</exception>
    public EquationSet(SystemDefinition definition, IReadOnlyList<Statement> statements)
    {
        _definition = definition;
        int d = Dimension = definition.Dimension;
        if (d is 0 or > LargestDimension)
            throw Invalid(definition.Line, $"a system needs 1 to {LargestDimension} equations such as x' = y, found {d}");
        _names = new(new());
        foreach ((string name, double value) in definition.Parameters)
            _names.Values[name] = _names.Graph.Constant(value);
        for (int i = 0; i < d; i++)
            _names.Values[definition.Variables[i]] = _names.Graph.Variable(i);

        List<int> equations = [];
        foreach (Statement statement in statements)
        {
            if (statement.Arguments is not null)
                _names.Functions[statement.Name] = (statement.Arguments, statement.Expression);
            else if (statement.IsEquation)
                equations.Add(Parse(statement.Expression, statement.Line));
            else
                _names.Values[statement.Name] = Parse(statement.Expression, statement.Line);
        }
        int[] jacobian = new int[d * d];
        try
        {
            SymbolicDerivative derivative = new(_names.Graph);
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++)
                    jacobian[(i * d) + j] = derivative.Of(equations[i], j);
        }
        catch (InvalidDataException e)
        {
            throw Invalid(definition.Line, e.Message);
        }
        _values = Compile(_names.Graph, [.. equations]);
        _jacobian = Compile(_names.Graph, jacobian);
        _both = Compile(_names.Graph, [.. equations, .. jacobian]);
    }

    public int Dimension { get; }

    /// <summary>The derivative, or the next state.</summary>
    public void Values(ReadOnlySpan<double> state, Span<double> values)
    {
        RequireLength(state.Length, Dimension);
        RequireLength(values.Length, Dimension);
        _values(ref MemoryMarshal.GetReference(state), ref MemoryMarshal.GetReference(values));
    }

    /// <summary>The derivatives of the equations, D x D.</summary>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        RequireLength(state.Length, Dimension);
        RequireLength(jacobian.Length, Dimension * Dimension);
        _jacobian(ref MemoryMarshal.GetReference(state), ref MemoryMarshal.GetReference(jacobian));
    }

    /// <summary>Both at once, one after the other: D (1 + D) values.</summary>
    public void ValuesAndJacobian(ReadOnlySpan<double> state, Span<double> both)
    {
        RequireLength(state.Length, Dimension);
        RequireLength(both.Length, Dimension * (1 + Dimension));
        _both(ref MemoryMarshal.GetReference(state), ref MemoryMarshal.GetReference(both));
    }

    /// <summary>A kernel that writes one result for each of the outputs.</summary>
    public static EquationKernel Compile(ExpressionGraph graph, ReadOnlySpan<int> outputs)
        => RuntimeFeature.IsDynamicCodeSupported && graph.Count <= MostCompiledTerms && outputs.Length <= MostCompiledOutputs
            ? EquationCompiler.Compile(graph, outputs)
            : EquationInterpreter.Interpret(graph, outputs);

    public EquationKernel CompileConserved(string expression) => Compile(_names.Graph, [Parse(expression, _definition.Line)]);

    public static void RequireLength(int found, int expected)
    {
        if (found != expected)
            throw new ArgumentException($"Expected {expected} values, found {found}.");
    }

    private int Parse(string expression, int line)
    {
        try
        {
            return ExpressionParser.Parse(expression, _names);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw Invalid(line, e.Message);
        }
    }

    private InvalidDataException Invalid(int line, string what) => new($"{_definition.File}, line {line} ({_definition.Name}): {what}");
}
