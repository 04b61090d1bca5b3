
namespace Attractor.Systems;

/// <summary>A delay equation of the catalogue, and what there is to say about it.</summary>
public sealed class DelaySystem
{
    /// <summary>What stands in the place of flow or map.</summary>
    public const string Kind = "delay";

    private readonly Func<IReadOnlyDictionary<string, double>, DelayDifferentialEquation> _create;

    private DelaySystem(
        Func<IReadOnlyDictionary<string, double>, DelayDifferentialEquation> create, IReadOnlyList<KeyValuePair<string, double>> parameters)
    {
        _create = create;
        Parameters = parameters;
        Equation = create(new Dictionary<string, double>(parameters));
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DelaySystem> All { get; } =
    [
        new(
            p => new MackeyGlass(p["beta"], p["gamma"], p["n"], p["tau"]),
            [
                new("beta", MackeyGlass.Default.Beta), new("gamma", MackeyGlass.Default.Gamma),
                new("n", MackeyGlass.Default.Exponent), new("tau", MackeyGlass.Default.Delay),
            ])
        {
            Title = "Mackey-Glass delay equation of blood cells",
            Text = "x' = beta*x(t - tau)/(1 + x(t - tau)^n) - gamma*x",
            History = "x = 1.2 from -tau to 0",
            Field = "biology",
            Source = "M. C. Mackey, L. Glass, Oscillation and chaos in physiological control systems, Science 197 (1977)",
        },
    ];

    /// <summary>The equation at its customary parameters.</summary>
    public DelayDifferentialEquation Equation { get; }

    /// <summary>By which it is asked for.</summary>
    public string Name => Equation.Name;

    /// <summary>Parameters and their values, in the order of the equation.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The equation as one writes it.</summary>
    public required string Text { get; init; }

    /// <summary>The past it begins with.</summary>
    public required string History { get; init; }

    /// <summary>The field of science.</summary>
    public required string Field { get; init; }

    /// <summary>The publication.</summary>
    public required string Source { get; init; }

    /// <summary>What one must know to use it.</summary>
    public string Note { get; } =
        "Its state is the past over a time tau, not finitely many numbers: simulate it, and estimate from the recording.";

    /// <summary>The delay equation of a name, whatever its case; null if there is none.</summary>
    public static DelaySystem? Find(string name)
        => All.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The equation with other values of parameters.</summary>
    /// <param name="parameters">Names and values.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or a value is not finite.</exception>
    public DelayDifferentialEquation With(IReadOnlyList<(string Name, double Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Dictionary<string, double> values = new(Parameters);
        foreach ((string name, double value) in parameters)
        {
            if (!values.ContainsKey(name))
                throw new ArgumentException($"{Name} has no parameter '{name}'; it has {string.Join(", ", Parameters.Select(p => p.Key))}");
            values[name] = double.IsFinite(value)
                ? value
                : throw new ArgumentException(FormattableString.Invariant($"the parameter {name} must be a finite number, not {value}"));
        }
        return _create(values);
    }
}
