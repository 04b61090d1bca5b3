using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// DynaMix: a mixture of almost-linear recurrent experts that continues a context of any system without being trained on it. Its
/// parameters come from a file, or from a training on many systems.
/// </summary>
/// <remarks>
/// C. Hemmer and D. Durstewitz, "True zero-shot inference of dynamical systems preserving long-term statistics" (2025). With the context
/// c_1 .. c_T standardised (sample standard deviations), e_s = b + W0 c_{s+1} + W1 c_s, and phi* rectifying the last P units:
/// q = D z + sigma xi, a = softmax_s(-|c_s - q|_1 / |t1|), m = sum_s a_s e_s, w = softmax(-G2 relu(G1 [m; z]) / |t2|),
/// z' = sum_j w_j (A_j z + W_j phi*(z) + h_j); the first N units are the output. Models of our own have C_j [u; v] besides in an expert,
/// with the means u = sum_s a_s c_{s+1} and v = sum_s a_s c_s: what followed in the context where it was alike. Thread-safe.
/// </remarks>
public sealed class DynaMixModel : ILearntModel
{
    /// <summary>As commands and files name it.</summary>
    public const string KindName = "zero-shot";

    private const double PublishedTemperature = 0.1, PublishedNoise = 0.05;

    // Of kernel regressions with other values those had orbits closest to the systems that they had contexts of (docs/results.md).
    private const double RegressionTemperature = 0.02, RegressionNoise = 0.06;

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

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int ParameterCount => new DynaMixLayout(Parameters).Count;

    /// <inheritdoc/>
    public string Description
        => $"{Parameters.Experts} experts of {Parameters.Latent} units, {Parameters.Rectified} of them rectified, "
        + $"for {Observed} variables";

    /// <summary>N.</summary>
    public int Observed => Parameters.Observed;

    /// <summary>The parameters that a training begins with.</summary>
    /// <param name="observed">N.</param>
    /// <param name="latent">M, more than N.</param>
    /// <param name="experts">J.</param>
    /// <param name="rectified">P, the last units of each expert.</param>
    /// <param name="gateHidden">H.</param>
    /// <param name="seed">Seed of what is drawn.</param>
    /// <param name="input">Whether the attended rows go into the states.</param>
    /// <remarks>
    /// Experts as almost-linear networks, D = [I 0], temperatures 0.1 and sigma 0.05 as published; the convolution begins as the row that
    /// is attended to, gate and L are Glorot-uniform. With C a model begins as a kernel regression of increments, x' = x + u - v in what is
    /// observed, with the temperature 0.02 of the attention and sigma 0.06.
    /// </remarks>
    /// <exception cref="ArgumentException">The sizes are no model.</exception>
    public static DynaMixModel Create(
        int observed, int latent, int experts, int rectified, int gateHidden, ulong seed, bool input = true)
    {
        DynaMixParameters sizes = new()
        {
            Observed = observed,
            Latent = latent,
            Experts = experts,
            Rectified = rectified,
            GateHidden = gateHidden,
            A = [],
            W = [],
            Bias = [],
            ConvolutionWeights = [],
            ConvolutionBias = [],
            Query = [],
            GateInput = [],
            GateOutput = [],
            AttentionTemperature = input ? RegressionTemperature : PublishedTemperature,
            GateTemperature = PublishedTemperature,
            Noise = [],
            Initial = [],
        };
        sizes.CheckSizes();
        (double[] A, double[] W)[] drawn = [.. Enumerable.Range(0, experts).Select(
            j => InitialParameters.AlmostLinear(latent, new RandomStream(seed, "experts", (ulong)j).NextUInt64()))];
        double[] convolution = new double[2 * observed * observed], query = new double[observed * latent],
            attended = new double[input ? experts * latent * 2 * observed : 0];
        for (int i = 0; i < observed; i++)
        {
            convolution[(2 * ((i * observed) + i)) + 1] = 1;
            query[(i * latent) + i] = 1;
            for (int j = 0; input && j < experts; j++)
            {
                drawn[j].A[i] = 1;
                drawn[j].W.AsSpan(i * latent, latent).Clear();
                int c = (((j * latent) + i) * 2 * observed) + (2 * i);
                (attended[c], attended[c + 1]) = (1, -1);
            }
        }
        return new(sizes with
        {
            A = [.. drawn.SelectMany(d => d.A)],
            W = [.. drawn.SelectMany(d => d.W)],
            Bias = new double[experts * latent],
            ConvolutionWeights = convolution,
            ConvolutionBias = new double[observed],
            Query = query,
            GateInput = InitialParameters.GlorotUniform(gateHidden, observed + latent, seed, "gate input"),
            GateOutput = InitialParameters.GlorotUniform(experts, gateHidden, seed, "gate output"),
            Noise = [.. Enumerable.Repeat(input ? RegressionNoise : PublishedNoise, observed)],
            Initial = InitialParameters.GlorotUniform(latent - observed, observed, seed, "initial states"),
            Input = attended,
        });
    }

    /// <summary>Multiplications of a step on a context of so many rows.</summary>
    public double StepCost(int contextRows)
        => ((double)Parameters.Experts * Parameters.Latent * Parameters.Latent) + (8.0 * contextRows * Observed);

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
        (double[] mean, double[] scale) = ContextUnits.Of(context.Values, n);
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
}
