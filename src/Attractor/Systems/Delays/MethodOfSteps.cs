using System.Globalization;

namespace Attractor.Systems;

/// <summary>
/// The solution of a delay equation as it grows (Bellen and Zennaro, Numerical Methods for Delay Differential Equations, 2003, ch. 3).
/// A whole number of steps makes a delay: the solution is less smooth at the multiples of tau, and so no step has one within it.
/// </summary>
internal sealed class MethodOfSteps
{
    private readonly DelayDifferentialEquation _equation;
    private readonly Action<double, Span<double>> _history;
    private readonly int _dimension, _stepsToADelay, _slots;
    private readonly double _h;

    // Rings of the last nodes: those that delayed values lie between, the present one and the one that a step makes.
    private readonly double[] _values, _slopes, _work;
    private long _node;

    public MethodOfSteps(DelayDifferentialEquation equation, Action<double, Span<double>> history)
    {
        double delay = equation.Delay;
        if (!(delay > 0) || !double.IsFinite(delay))
            throw new ArgumentOutOfRangeException(nameof(equation), delay, "The delay must be a positive number.");
        _equation = equation;
        _history = history;
        _dimension = equation.Dimension;
        double steps = Math.Max(1, Math.Ceiling(delay / equation.MaximumStep));
        if (steps > (Array.MaxLength / _dimension) - 2)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The past over a delay of {delay} does not fit in memory in steps of at most {equation.MaximumStep}: shorten the delay or "
                + $"raise {nameof(equation.MaximumStep)}."),
                nameof(equation));
        }
        _stepsToADelay = (int)steps;
        _slots = _stepsToADelay + 2;
        _h = delay / _stepsToADelay;
        _values = new double[_slots * _dimension];
        _slopes = new double[_slots * _dimension];
        _work = new double[4 * _dimension];

        Span<double> start = Value(0), delayed = Work(1);
        history(0, start);
        foreach (double value in start)
            if (!double.IsFinite(value))
                throw new ArgumentException(
                    $"Expected a history of finite values, found [{string.Join(", ", start.ToArray())}] at time 0.", nameof(history));
        history(-delay, delayed);
        equation.Derivative(start, delayed, Slope(0));
    }

    /// <summary>Writes the N values at a time that is not before the last that was read.</summary>
    public void ReadAt(double time, Span<double> row)
    {
        double position = time / _h;
        while (_node < position)
            Step();
        if (_node == 0)
            Value(0).CopyTo(row);
        else
            Interpolate(_node - 1, position - (_node - 1), row);
    }

    private void Step()
    {
        ReadOnlySpan<double> x = Value(_node), k1 = Slope(_node);
        Span<double> stage = Work(0), delayed = Work(1), k = Work(2), sum = Work(3), next = Value(_node + 1);
        DelayedHalfway(delayed);
        for (int i = 0; i < _dimension; i++)
        {
            sum[i] = k1[i];
            stage[i] = x[i] + (0.5 * _h * k1[i]);
        }
        _equation.Derivative(stage, delayed, k);
        for (int i = 0; i < _dimension; i++)
        {
            sum[i] += 2 * k[i];
            stage[i] = x[i] + (0.5 * _h * k[i]);
        }
        _equation.Derivative(stage, delayed, k);
        for (int i = 0; i < _dimension; i++)
        {
            sum[i] += 2 * k[i];
            stage[i] = x[i] + (_h * k[i]);
        }
        DelayedAtEnd(delayed);
        _equation.Derivative(stage, delayed, k);
        for (int i = 0; i < _dimension; i++)
            next[i] = x[i] + (_h / 6 * (sum[i] + k[i]));
        _equation.Derivative(next, delayed, Slope(_node + 1));
        _node++;
        RequireFinite(next);
    }

    private void DelayedHalfway(Span<double> delayed)
    {
        if (_node < _stepsToADelay)
            _history((_node + 0.5 - _stepsToADelay) * _h, delayed);
        else
            Interpolate(_node - _stepsToADelay, 0.5, delayed);
    }

    private void DelayedAtEnd(Span<double> delayed)
    {
        long node = _node + 1 - _stepsToADelay;
        if (node < 0)
            _history(node * _h, delayed);
        else
            Value(node).CopyTo(delayed);
    }

    private void Interpolate(long node, double theta, Span<double> y)
        => CubicHermite.Interpolate(y, Value(node), Slope(node), Value(node + 1), Slope(node + 1), _h, theta);

    private Span<double> Value(long node) => _values.AsSpan((int)(node % _slots) * _dimension, _dimension);

    private Span<double> Slope(long node) => _slopes.AsSpan((int)(node % _slots) * _dimension, _dimension);

    private Span<double> Work(int vector) => _work.AsSpan(vector * _dimension, _dimension);

    private void RequireFinite(ReadOnlySpan<double> state)
    {
        foreach (double value in state)
            if (!double.IsFinite(value))
            {
                throw new ArithmeticException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_equation.Name} left the finite numbers at time {_node * _h:g6}: lower {nameof(_equation.MaximumStep)}, or begin "
                    + $"with a history nearer to the attractor."));
            }
    }
}
