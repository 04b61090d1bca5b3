using System.Globalization;
using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>
/// The task NARMA-n of A. F. Atiya and A. G. Parlos, "New results on recurrent network training", IEEE Trans. Neural Netw. 11 (2000): to
/// follow the nonlinear autoregressive moving average
/// y_{t+1} = alpha y_t + beta y_t (y_t + ... + y_{t-n+1}) + gamma u_{t-n+1} u_t + delta of inputs u uniform on [0, 0.5).
/// </summary>
/// <param name="Order">n, how many values reach into the next one.</param>
/// <param name="Alpha">Linear in y_t, in 0 .. 1.</param>
/// <param name="Beta">Of the quadratic terms, positive.</param>
/// <param name="Gamma">Of the product of inputs, at least 0.</param>
/// <param name="Delta">The constant, at least 0.</param>
public sealed record Narma(int Order = 10, double Alpha = 0.3, double Beta = 0.05, double Gamma = 1.5, double Delta = 0.1)
{
    private const double LargestInput = 0.5;
    private const int DefaultDropped = 200;

    private static readonly string[] s_inputs = ["u"], s_targets = ["y"];

    /// <summary>NARMA-10 with the published coefficients.</summary>
    public static Narma Default { get; } = new();

    /// <summary>Draws inputs and runs the recursion from y = 0 and, before the first draw, u = 0.</summary>
    /// <param name="steps">T, the rows of the series.</param>
    /// <param name="seed">Of the inputs.</param>
    /// <param name="dropped">Rows before the first that is returned, in which the beginning is forgotten.</param>
    /// <returns>The inputs u_t and the targets y_{t+1}, T x 1 each: row t of the targets is the first value that u_t reaches.</returns>
    /// <exception cref="ArgumentException">A size or a coefficient is out of its range.</exception>
    /// <exception cref="ArithmeticException">
    /// The inputs of this seed drive the recursion to infinity: no inputs are drawn in their place,
    /// which would change what the task is about.
    /// </exception>
    public (TimeSeries Inputs, TimeSeries Targets) Simulate(int steps, ulong seed, int dropped = DefaultDropped)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(dropped);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)steps + dropped, Array.MaxLength - Order - 1L, nameof(steps));
        Check();
        // Offset n: u[t + n] is u_t, y[t + n] is y_t, and what is before the beginning is 0.
        int n = Order, rows = steps + dropped;
        double[] u = new double[rows + n], y = new double[rows + n + 1];
        RandomStream random = new(seed, "narma inputs");
        for (int t = 0; t < rows; t++)
        {
            u[t + n] = random.NextUniform(0, LargestInput);
            double sum = 0;
            for (int i = 0; i < n; i++)
                sum += y[t + n - i];
            double next = (Alpha * y[t + n]) + (Beta * y[t + n] * sum) + (Gamma * u[t + 1] * u[t + n]) + Delta;
            RequireBounded(next, seed, t);
            y[t + n + 1] = next;
        }
        return (
            new(u.AsSpan(n + dropped, steps).ToArray(), 1, names: s_inputs),
            new(y.AsSpan(n + dropped + 1, steps).ToArray(), 1, names: s_targets));
    }

    // No term is negative. From y_t above (1 - alpha) / beta the factor alpha + beta y_t is above 1: y_{t+1} > y_t, and so on for ever.
    private void RequireBounded(double y, ulong seed, int row)
    {
        if (!(y <= (1 - Alpha) / Beta))
        {
            throw new ArithmeticException(string.Create(
                CultureInfo.InvariantCulture,
                $"The inputs of seed {seed} drive NARMA-{Order} to infinity: it is {y:g4} after {row + 1} rows and grows "
                + $"from there; take another seed."));
        }
    }

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Order);
        Require(Alpha is >= 0 and < 1, nameof(Alpha), Alpha, "at least 0 and below 1");
        Require(Beta > 0 && double.IsFinite(Beta), nameof(Beta), Beta, "a positive number");
        Require(Gamma >= 0 && double.IsFinite(Gamma), nameof(Gamma), Gamma, "a number of at least 0");
        Require(Delta >= 0 && double.IsFinite(Delta), nameof(Delta), Delta, "a number of at least 0");
    }

    private static void Require(bool condition, string name, double value, string expected)
    {
        if (!condition)
            throw new ArgumentException(FormattableString.Invariant($"{name} must be {expected}, not {value}."));
    }
}
