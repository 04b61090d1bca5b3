using System.Globalization;

namespace Attractor.Systems;

/// <summary>
/// A dynamical system written down as equations: an entry of the catalogue, or of a file of one's own (docs/systems.md has the
/// language). The Jacobian is derived symbolically and everything is compiled when the system is made.
/// </summary>
public sealed partial record SystemDefinition
{
    private readonly IReadOnlyList<Statement> _statements;

    internal SystemDefinition(SystemKind kind, string name, IReadOnlyList<Statement> statements)
    {
        Kind = kind;
        Name = name;
        _statements = statements;
        Variables = [.. statements.Where(s => s.IsEquation).Select(s => s.Name)];
        Equations = [.. statements.Select(s => s.ToString())];
    }

    /// <summary>Flow or map.</summary>
    public SystemKind Kind { get; }

    /// <summary>The name by which it is asked for: lower case.</summary>
    public string Name { get; }

    /// <summary>What people call it.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>The publication of the equations.</summary>
    public string Source { get; internal init; } = "";

    /// <summary>The field of science it comes from.</summary>
    public string Field { get; internal init; } = "";

    /// <summary>Where it differs from its publication, or what one must know to use it; empty if nothing.</summary>
    public string Note { get; internal init; } = "";

    /// <summary>Words to find it by: conservative, hamiltonian, driven, hyperchaotic, torus, piecewise.</summary>
    public IReadOnlyList<string> Tags { get; internal init; } = [];

    /// <summary>State variables that grow without bound because they are an angle or a phase.</summary>
    public IReadOnlyList<string> Angles { get; internal init; } = [];

    /// <summary>Parameters and their values, in the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; internal init; } = [];

    /// <summary>The D state variables.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>D.</summary>
    public int Dimension => Variables.Count;

    /// <summary>The equations as written: x' is the derivative of x, or the next x of a map.</summary>
    public IReadOnlyList<string> Equations { get; }

    /// <summary>D values on the attractor or in its basin.</summary>
    public IReadOnlyList<double> Start { get; internal init; } = [];

    /// <summary>A step short enough for a fixed-step integrator, in units of time; null if not given.</summary>
    public double? IntegrationStep { get; internal init; }

    /// <summary>The period of the strongest oscillation, in units of time; null if not given.</summary>
    public double? Period { get; internal init; }

    /// <summary>The customary time between two rows of a recording: as the entry says, else a hundredth of a period, else 0.01.</summary>
    public double RecordingStep => OwnStep ?? Period / 100 ?? 0.01;

    /// <summary>The expression of a quantity that stays the same along every orbit; null if none is known.</summary>
    public string? Conserved { get; internal init; }

    /// <summary>
    /// The largest Lyapunov exponent as the collection of the entry estimates it, to compare with; null if it gives none.
    /// </summary>
    public double? ReportedExponent { get; internal init; }

    internal double? OwnStep { get; init; }

    internal string File { get; init; } = "";

    internal int Line { get; init; }

    /// <summary>Reads a file of definitions.</summary>
    /// <param name="path">A text file.</param>
    /// <exception cref="InvalidDataException">It is not one; the message names the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<SystemDefinition> Read(string path) => DefinitionReader.Read(path);

    /// <summary>The same system with another value of a parameter.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, or the value is not finite.</exception>
    public SystemDefinition With(string parameter, double value)
    {
        if (!Parameters.Any(p => p.Key == parameter))
        {
            throw new ArgumentException(
                $"{Name} has no parameter '{parameter}'; it has "
                + $"{(Parameters.Count == 0 ? "none" : string.Join(", ", Parameters.Select(p => p.Key)))}.",
                nameof(parameter));
        }
        if (!double.IsFinite(value))
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The parameter {parameter} must be a finite number, not {value}."),
                nameof(value));
        return this with { Parameters = [.. Parameters.Select(p => p.Key == parameter ? new(p.Key, value) : p)] };
    }

    /// <summary>The flow.</summary>
    /// <exception cref="InvalidOperationException">It is a map.</exception>
    public DefinedFlow ToFlow()
        => Kind is SystemKind.Flow ? new(this) : throw new InvalidOperationException($"{Name} is a map, not a flow.");

    /// <summary>The map: of a flow, over the time <paramref name="dt"/>.</summary>
    /// <param name="dt">Of a flow, the time of one step; <see cref="RecordingStep"/> if absent.</param>
    public IObservedMap ToMap(double? dt = null) => Kind is SystemKind.Flow ? ToFlow().ToMap(dt) : new DefinedMap(this);

    /// <summary>The conserved quantity as a function of the state; null if none is known.</summary>
    public Func<ReadOnlySpan<double>, double>? ConservedQuantity()
    {
        if (Conserved is null)
            return null;
        EquationSet equations = new(this, _statements);
        EquationKernel kernel = equations.CompileConserved(Conserved);
        int dimension = Dimension;
        return state =>
        {
            EquationSet.RequireLength(state.Length, dimension);
            double value = 0;
            kernel(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(state), ref value);
            return value;
        };
    }

    internal EquationSet Compile() => new(this, _statements);
}
