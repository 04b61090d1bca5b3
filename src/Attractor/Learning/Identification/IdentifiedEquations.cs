using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Attractor.Systems;

namespace Attractor.Learning;

/// <summary>Ordinary differential equations that were identified: dx_i/dt = sum over j of Xi_ij theta_j(x).</summary>
public sealed partial class IdentifiedEquations
{
    private static readonly string[] s_taken =
    [
        "pi", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "log", "sqrt", "abs", "sign", "floor",
        "min", "max", "mod", "step", "atan2", "title", "source", "field", "tags", "note", "dt", "period", "angles", "conserved",
        "reported", "parameters", "start",
    ];

    private readonly double[,] _coefficients;

    internal IdentifiedEquations(
        IReadOnlyList<string> names, IReadOnlyList<EquationTerm> terms, double[,] coefficients, IReadOnlyList<double> errors, double dt)
        => (Names, Terms, _coefficients, RelativeErrors, Dt) = (names, terms, coefficients, errors, dt);

    /// <summary>The N names of the variables.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The F terms that were tried.</summary>
    public IReadOnlyList<EquationTerm> Terms { get; }

    /// <summary>What the terms leave of each of the N derivatives, as a part of it.</summary>
    public IReadOnlyList<double> RelativeErrors { get; }

    /// <summary>Time between two rows of the data.</summary>
    public double Dt { get; }

    /// <summary>How many coefficients are not 0.</summary>
    public int TermCount => _coefficients.Cast<double>().Count(c => c != 0);

    /// <summary>Xi_ij: the coefficient of term j in the equation of variable i; 0 of one that was dropped.</summary>
    public double Coefficient(int variable, int term) => _coefficients[variable, term];

    /// <summary>A line for each equation, such as <c>x' = -10 x + 10 y</c>.</summary>
    /// <param name="digits">Significant digits of the coefficients.</param>
    public IReadOnlyList<string> Lines(int digits = 4)
        => [.. Enumerable.Range(0, Names.Count).Select(i => $"{Names[i]}' = {Sum(i, Names, " ", $"G{digits}")}")];

    /// <summary>A file of equations that <c>attractor simulate</c> reads.</summary>
    /// <param name="start">N values to start from.</param>
    /// <param name="name">The name of the system: lower case letters, digits and hyphens.</param>
    /// <exception cref="ArgumentException">There are not N values.</exception>
    public string ToOde(ReadOnlySpan<double> start, string name = "identified")
    {
        if (start.Length != Names.Count)
            throw new ArgumentException($"Expected {Names.Count} values to start from, found {start.Length}.", nameof(start));
        string[] words = Words();
        StringBuilder text = new();
        text.Append("flow ").Append(name).Append("\n  title Equations identified from data\n");
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] != Names[i])
                text.Append("  # ").Append(words[i]).Append(" is ").Append(Names[i].ReplaceLineEndings(" ")).Append('\n');
            text.Append("  ").Append(words[i]).Append("' = ").Append(Sum(i, words, "*", "R")).Append('\n');
        }
        text.Append("  start ").AppendJoin(", ", start.ToArray().Select(x => x.ToString("R", CultureInfo.InvariantCulture)))
            .Append("\n  step ").Append(Dt.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }

    /// <summary>The flow.</summary>
    public OrdinaryDifferentialEquation ToFlow() => new IdentifiedFlow(this);

    private string Sum(int variable, IReadOnlyList<string> names, string product, string format)
    {
        StringBuilder text = new();
        for (int j = 0; j < Terms.Count; j++)
        {
            double value = _coefficients[variable, j];
            if (value == 0)
                continue;
            if (text.Length == 0)
                text.Append(value < 0 ? "-" : "");
            else
                text.Append(value < 0 ? " - " : " + ");
            string term = Terms[j].ToString(names, product), number = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
            text.Append(number);
            if (term.Length > 0)
                text.Append(product).Append(term);
        }
        return text.Length == 0 ? "0" : text.ToString();
    }

    // Names that a file of equations takes; x1, x2, ... where one does not do.
    private string[] Words()
        => Names.All(name => Word().IsMatch(name) && !s_taken.Contains(name)) && Names.Distinct().Count() == Names.Count
            ? [.. Names]
            : [.. Enumerable.Range(1, Names.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"x{i}"))];

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_]{0,30}$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
