using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>A known autonomous system dx/dt = f(x): it makes data, and the truth to compare models with.</summary>
public abstract record OrdinaryDifferentialEquation : IVectorField
{
    private const int DefaultTransient = 1000;

    private static readonly RungeKutta4 s_classical = new();

    /// <summary>The name in the catalogue <see cref="KnownSystems"/> and on the command line.</summary>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract int Dimension { get; }

    /// <summary>The D names of the state variables.</summary>
    public abstract IReadOnlyList<string> VariableNames { get; }

    /// <summary>The customary time between two rows of a recording.</summary>
    public abstract double DefaultStep { get; }

    /// <summary>Writes a state in the basin of the attractor: D values.</summary>
    public abstract void InitialCondition(Span<double> state);

    /// <inheritdoc/>
    public abstract void Derivative(ReadOnlySpan<double> state, Span<double> derivative);

    /// <summary>df/dx at <paramref name="state"/>: D x D, row-major; every entry is written.</summary>
    public abstract void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian);

    /// <summary>
    /// The derivative and its Jacobian one after the other, D (1 + D) values: what carries tangent vectors along asks for both at
    /// the same state, and an equation may save what they have in common.
    /// </summary>
    public virtual void DerivativeAndJacobian(ReadOnlySpan<double> state, Span<double> both)
    {
        Derivative(state, both[..Dimension]);
        Jacobian(state, both[Dimension..]);
    }

    /// <summary>The integrator to use unless told otherwise: classical Runge-Kutta, one step to a dt.</summary>
    public virtual Integrator DefaultIntegrator => s_classical;

    /// <summary>The time-dt flow as a map.</summary>
    /// <param name="dt">Time of one step of the map; <see cref="DefaultStep"/> if absent.</param>
    /// <param name="integrator"><see cref="DefaultIntegrator"/> if absent.</param>
    public FlowMap ToMap(double? dt = null, Integrator? integrator = null) => new(this, dt, integrator);

    /// <summary>Records the system at equal intervals.</summary>
    /// <param name="steps">T, the rows of the recording.</param>
    /// <param name="dt">Time between two rows; <see cref="DefaultStep"/> if absent.</param>
    /// <param name="transient">
    /// Rows integrated and dropped beforehand. If absent: 1000, or none from an <paramref name="initial"/> state of the
    /// caller's (row 0 is then that state).
    /// </param>
    /// <param name="seed">Displaces the initial condition at random (<see cref="Displace"/>), for recordings
    /// that are independent of each other.</param>
    /// <param name="initial">D values to start from; the system's own initial condition if absent.</param>
    /// <param name="integrator"><see cref="DefaultIntegrator"/> if absent.</param>
    /// <exception cref="ArgumentException">A size or the time step is not positive, or the initial
    /// state is not of D finite values.</exception>
    /// <exception cref="ArithmeticException">The solution left the finite numbers.</exception>
    public TimeSeries Simulate(
        int steps,
        double? dt = null,
        int? transient = null,
        ulong? seed = null,
        IReadOnlyList<double>? initial = null,
        Integrator? integrator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Array.MaxLength / Dimension);
        double interval = RequireStep(dt ?? DefaultStep);
        int dropped = transient ?? (initial is null ? DefaultTransient : 0);
        ArgumentOutOfRangeException.ThrowIfNegative(dropped, nameof(transient));
        integrator ??= DefaultIntegrator;

        double[] state = Start(initial, seed);
        for (int t = 1; t <= dropped; t++)
        {
            integrator.Advance(this, state, interval);
            RequireFinite(state, t, interval);
        }
        double[] values = new double[steps * Dimension];
        state.CopyTo(values, 0);
        for (int t = 1; t < steps; t++)
        {
            Span<double> row = values.AsSpan(t * Dimension, Dimension);
            values.AsSpan((t - 1) * Dimension, Dimension).CopyTo(row);
            integrator.Advance(this, row, interval);
            RequireFinite(row, dropped + t, interval);
        }
        return new(values, Dimension, interval, VariableNames);
    }

    /// <summary>Moves an initial condition at random without leaving the basin: by a standard normal number in each variable.</summary>
    private protected virtual void Displace(Span<double> state, RandomStream random)
    {
        for (int i = 0; i < state.Length; i++)
            state[i] += random.NextNormal();
    }

    internal static double RequireStep(double dt)
        => dt > 0 && double.IsFinite(dt)
            ? dt
            : throw new ArgumentOutOfRangeException(nameof(dt), dt, "The time step must be a positive number.");

    private double[] Start(IReadOnlyList<double>? initial, ulong? seed)
    {
        double[] state = new double[Dimension];
        if (initial is null)
            InitialCondition(state);
        else if (initial.Count == Dimension && initial.All(double.IsFinite))
            state = [.. initial];
        else
            throw new ArgumentException(
                $"Expected an initial state of {Dimension} finite values, found [{string.Join(", ", initial)}].", nameof(initial));
        if (seed is ulong key)
        {
            RandomStream random = new(key, "initial condition");
            Displace(state, random);
        }
        return state;
    }

    private void RequireFinite(ReadOnlySpan<double> state, int step, double dt)
    {
        foreach (double value in state)
            if (!double.IsFinite(value))
            {
                throw new ArithmeticException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Name} left the finite numbers at step {step} of dt = {dt}: shorten dt, integrate with substeps, or "
                    + $"start nearer to the attractor."));
            }
    }
}
