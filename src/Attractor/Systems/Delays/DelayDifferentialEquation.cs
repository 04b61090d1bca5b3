namespace Attractor.Systems;

/// <summary>
/// An equation with one constant delay, dx/dt = f(x(t), x(t - tau)), in N variables. Its state is not N numbers but a function, the
/// past from t - tau to t: it makes data, but no <see cref="IMap"/>.
/// </summary>
public abstract record DelayDifferentialEquation
{
    private const int DefaultTransient = 1000, StepsToARow = 20;

    private readonly double? _maximumStep;

    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>N, the number of variables.</summary>
    public abstract int Dimension { get; }

    /// <summary>The N names of the variables.</summary>
    public abstract IReadOnlyList<string> VariableNames { get; }

    /// <summary>tau, positive, in units of time.</summary>
    public abstract double Delay { get; init; }

    /// <summary>The customary time between two rows of a recording.</summary>
    public abstract double DefaultStep { get; }

    /// <summary>
    /// The longest step of the integration, in units of time; a twentieth of <see cref="DefaultStep"/> unless set. The steps are the
    /// longest that are not longer and of which a whole number makes a delay.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to something that is not a positive number.</exception>
    public double MaximumStep
    {
        get => _maximumStep ?? DefaultStep / StepsToARow;
        init => _maximumStep = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaximumStep), value, "The longest step must be a positive number.");
    }

    /// <summary>Writes the N values at a time from -tau to 0 that lead to the attractor.</summary>
    public abstract void History(double time, Span<double> state);

    /// <summary>derivative = f(state, delayed). N values each; the spans do not overlap.</summary>
    /// <param name="state">x(t).</param>
    /// <param name="delayed">x(t - tau).</param>
    /// <param name="derivative">x'(t).</param>
    public abstract void Derivative(ReadOnlySpan<double> state, ReadOnlySpan<double> delayed, Span<double> derivative);

    /// <summary>
    /// Records the equation at equal intervals. Method of steps: classical Runge-Kutta, and between its steps the cubic through their
    /// values and derivatives, for the delayed values and for the rows alike; the error is of order 4 in the step.
    /// </summary>
    /// <param name="steps">T, the rows of the recording.</param>
    /// <param name="dt">Time between two rows; <see cref="DefaultStep"/> if absent. It need not be a multiple of the step of the
    /// integration.</param>
    /// <param name="transient">
    /// Rows integrated and dropped beforehand. If absent: 1000, or none from a <paramref name="history"/> of the caller's (row 0 is
    /// then its value at time 0).
    /// </param>
    /// <param name="seed">
    /// Multiplies the history of each variable by a smooth random function of time between 0.7 and 1.3, for recordings that are
    /// independent of each other. A history of 0 stays 0.
    /// </param>
    /// <param name="history">Writes the N values at a time from -tau to 0, without jumps; <see cref="History"/> if absent.</param>
    /// <exception cref="ArgumentException">A size, the delay or the time step is not positive, or the history does
    /// not begin with finite values.</exception>
    /// <exception cref="ArithmeticException">The solution left the finite numbers.</exception>
    public TimeSeries Simulate(
        int steps, double? dt = null, int? transient = null, ulong? seed = null, Action<double, Span<double>>? history = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Array.MaxLength / Dimension);
        double interval = OrdinaryDifferentialEquation.RequireStep(dt ?? DefaultStep);
        int dropped = transient ?? (history is null ? DefaultTransient : 0);
        ArgumentOutOfRangeException.ThrowIfNegative(dropped, nameof(transient));

        Action<double, Span<double>> past = history ?? History;
        if (seed is ulong key)
            past = new DisplacedHistory(past, Dimension, Delay, key).Write;
        MethodOfSteps solution = new(this, past);
        double[] values = new double[steps * Dimension];
        for (int row = 0; row < steps; row++)
            solution.ReadAt(((double)dropped + row) * interval, values.AsSpan(row * Dimension, Dimension));
        return new(values, Dimension, interval, VariableNames);
    }
}
