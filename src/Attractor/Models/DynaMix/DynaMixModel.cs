using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// DynaMix: a mixture of almost-linear recurrent experts that continues a context of any system without being trained on it. Inference
/// only; weights are the user's.
/// </summary>
/// <remarks>
/// C. Hemmer and D. Durstewitz, "True zero-shot inference of dynamical systems preserving long-term statistics" (2025). With the context
/// c_1 .. c_T standardised (sample standard deviations), e_s = b + W0 c_{s+1} + W1 c_s, and phi* rectifying the last P units:
/// q = D z + sigma xi, a = softmax_s(-|c_s - q|_1 / |t1|), m = sum_s a_s e_s, w = softmax(-G2 relu(G1 [m; z]) / |t2|),
/// z' = sum_j w_j (A_j z + W_j phi*(z) + h_j); the first N units are the output. Thread-safe.
/// </remarks>
public sealed class DynaMixModel
{
    private const double LeastDeviation = 1e-6;

    /// <summary>A model of its parameters.</summary>
    /// <exception cref="ArgumentException">Sizes or values do not fit.</exception>
    public DynaMixModel(DynaMixParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Check();
        Parameters = parameters;
    }

    /// <summary>The parameters.</summary>
    public DynaMixParameters Parameters { get; }

    /// <summary>N.</summary>
    public int Observed => Parameters.Observed;

    /// <summary>Multiplications of a step on a context of so many rows.</summary>
    public double StepCost(int contextRows)
        => (double)Parameters.Experts * Parameters.Latent * Parameters.Latent + (8.0 * contextRows * Observed);

    /// <summary>Continues a context.</summary>
    /// <param name="context">T x N without missing values, T at least 3.</param>
    /// <param name="steps">Rows of the result.</param>
    /// <param name="noise">What sigma is multiplied by: 1 as published, 0 for the deterministic map.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="start">N values to set out from; the last row of the context if empty.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>steps x N in the units of the context; NaN from where it diverges on.</returns>
    /// <exception cref="ArgumentException">The context has another number of variables, missing values or too few rows.</exception>
    public unsafe TimeSeries Continue(
        TimeSeries context,
        int steps,
        double noise = 1,
        ulong seed = 0,
        ReadOnlySpan<double> start = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        int n = Observed;
        if (context.Dimension != n)
            throw new ArgumentException($"The model takes {n} variables, the context has {context.Dimension}.", nameof(context));
        if (context.Length < 3)
            throw new ArgumentException($"A context has at least 3 rows, not {context.Length}.", nameof(context));
        if (context.FindNonFinite() is { } found)
            throw new ArgumentException($"The context holds {found}: take a stretch without.", nameof(context));
        if (!(noise >= 0) || !double.IsFinite(noise))
            throw new ArgumentOutOfRangeException(nameof(noise), noise, "The noise must be a number of at least 0.");
        if (start.Length != 0 && start.Length != n)
            throw new ArgumentException($"Expected {n} values to set out from, found {start.Length}.", nameof(start));
        (double[] mean, double[] scale) = Units(context);
        double[] standard = new double[context.Values.Length], first = new double[n], values = new double[checked(steps * n)];
        for (int i = 0; i < standard.Length; i++)
            standard[i] = (context.Values[i] - mean[i % n]) / scale[i % n];
        ReadOnlySpan<double> from = start.Length > 0 ? start : context.Row(context.Length - 1);
        for (int i = 0; i < n; i++)
            first[i] = (from[i] - mean[i]) / scale[i];
        using DynaMixOrbit orbit = new(Parameters, standard);
        orbit.Start(first);
        RandomStream random = new(seed, "dynamix noise");
        double[] draw = new double[n];
        for (int t = 0; t < steps; t++)
        {
            if (noise > 0)
                for (int i = 0; i < n; i++)
                    draw[i] = noise * Parameters.Noise[i] * random.NextNormal();
            orbit.Step(draw);
            Span<double> row = values.AsSpan(t * n, n);
            orbit.Observed(row);
            if (!VectorOperations.AreFinite(row))
            {
                values.AsSpan(t * n).Fill(double.NaN);
                break;
            }
            if (t % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
        for (int i = 0; i < values.Length; i++)
            values[i] = mean[i % n] + (scale[i % n] * values[i]);
        return new(values, n, context.Dt, context.Names);
    }

    // Of samples: divided by T - 1.
    private static (double[] Mean, double[] Scale) Units(TimeSeries context)
    {
        double[] mean = new double[context.Dimension], scale = new double[context.Dimension];
        for (int i = 0; i < mean.Length; i++)
        {
            double[] column = context.Column(i);
            double centre = mean[i] = column.Average();
            scale[i] = Math.Max(LeastDeviation, Math.Sqrt(column.Sum(x => (x - centre) * (x - centre)) / (column.Length - 1)));
        }
        return (mean, scale);
    }
}
