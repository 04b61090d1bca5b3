namespace Attractor.Systems;

/// <summary>What the names in an expression stand for.</summary>
/// <param name="graph">Where expressions are built.</param>
internal sealed class NamedExpressions(ExpressionGraph graph)
{
    // Functions are expanded where they are called: a few lines could otherwise ask for years of work.
    private const int MostSteps = 2_000_000, MostNesting = 100;

    private int _steps, _nesting;

    public ExpressionGraph Graph => graph;

    /// <summary>Nodes by name: state variables, parameters, intermediate values.</summary>
    public Dictionary<string, int> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions by name: the names of their arguments, and their expression.</summary>
    public Dictionary<string, (string[] Arguments, string Body)> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts a step of work.</summary>
    /// <exception cref="FormatException">There were too many.</exception>
    public void CountStep()
    {
        if (++_steps > MostSteps)
            throw new FormatException("the expressions, with the functions they call, are too long");
    }

    /// <summary>Enters a bracket or a function.</summary>
    /// <exception cref="FormatException">It is nested too deeply.</exception>
    public void Enter()
    {
        if (++_nesting > MostNesting)
            throw new FormatException($"brackets and functions are nested more than {MostNesting} deep");
    }

    public void Leave() => _nesting--;
}
