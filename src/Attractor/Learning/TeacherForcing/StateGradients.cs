using System.Numerics.Tensors;
using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Learning;

/// <summary>
/// The gradient of the loss of forced predictions with respect to the state at every step of a window: what backpropagation through time
/// carries back, and what explodes or vanishes.
/// </summary>
/// <remarks>
/// <para>
/// With z~_t = (1 - s_t) z_t + s_t x_t on the observed units and z_{t+1} = F(z~_t), the gradient with respect to z_t is (I - S_t)
/// J(z~_t)' times that with respect to z_{t+1}, plus the residual of z_t where it counts. With all units observed and generalised
/// forcing the error of step t comes back to step r through (1 - alpha)^(t - r) times the product of Jacobians (Hess, Monfared,
/// Brenner, Durstewitz, ICML 2023); without forcing it grows in the long run at the rate of the largest Lyapunov exponent
/// (Mikhaeil, Monfared, Durstewitz, NeurIPS 2022). z_0 is made from the data: its gradient is that with respect to the state that
/// the window sets out from, which no forcing changes.
/// </para>
/// <para>They are the adjoints of the trainer's own pass, kept; in float64.</para>
/// </remarks>
public sealed class StateGradients
{
    private readonly double[] _values;

    private StateGradients(double[] values, int windows, int steps, int latent, double loss)
        => (_values, Windows, Steps, Latent, Loss) = (values, windows, steps, latent, loss);

    /// <summary>Number of windows.</summary>
    public int Windows { get; }

    /// <summary>T, the predicted steps of a window: there are T + 1 states.</summary>
    public int Steps { get; }

    /// <summary>M, the units of a state.</summary>
    public int Latent { get; }

    /// <summary>The mean of the windows' losses.</summary>
    public double Loss { get; }

    /// <summary>The gradient of the loss of one window with respect to z_t: M values.</summary>
    public ReadOnlySpan<double> this[int window, int t]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(window);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(window, Windows);
            ArgumentOutOfRangeException.ThrowIfNegative(t);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(t, Steps);
            return _values.AsSpan(((window * (Steps + 1)) + t) * Latent, Latent);
        }
    }

    /// <summary>The Euclidean norm of the gradient with respect to z_t.</summary>
    public double Norm(int window, int t) => TensorPrimitives.Norm(this[window, t]);

    /// <summary>
    /// How fast the gradient grows on its way back from step <paramref name="to"/> to step <paramref name="from"/>: the mean over the
    /// windows of ln(|g_from| / |g_to|) / (to - from), per step.
    /// </summary>
    /// <remarks>
    /// Not finite where a gradient is 0 or has overflowed. Compare with <c>Lyapunov.Maximum</c>; the steps nearest the loss, over which the
    /// gradient turns into the direction that grows, are better left out.
    /// </remarks>
    public double GrowthRate(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        double sum = 0;
        for (int window = 0; window < Windows; window++)
            sum += Math.Log(Norm(window, from)) - Math.Log(Norm(window, to));
        return sum / Windows / (to - from);
    }

    /// <summary>The gradients along some windows.</summary>
    /// <param name="model">The model, at its present parameters.</param>
    /// <param name="windows">Windows of T + 1 rows each, T at least 1.</param>
    /// <param name="forcing">How the data guides the states; <c>TeacherForcing.Generalized(0)</c> for none.</param>
    /// <param name="warmUp">Steps at the start that are forced fully and left out of the loss.</param>
    /// <param name="lastStepOnly">Whether the loss is that of the last prediction alone, so that a gradient is that of one error; else the
    /// mean over all of them.</param>
    /// <exception cref="ArgumentException">The windows do not fit the model or each other, hold a missing value, or are no longer than the
    /// warm-up.</exception>
    public static unsafe StateGradients Along(
        RecurrentModel model, IReadOnlyList<TimeSeries> windows, TeacherForcing forcing, int warmUp = 0, bool lastStepOnly = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(forcing);
        int steps = Check(model, windows, warmUp), latent = model.Latent;
        using BackpropagationThroughTime<double> bptt = BackpropagationThroughTime<double>.Create(
            model, new(forcing, steps, warmUp, lastStepOnly ? steps - 1 : null));
        using WindowBatch<double> batch = new(
            windows, windows.Count, steps, bptt.Lanes, noisyInputs: false, external: ExternalInputs.Of(model, windows));
        batch.Fill([.. Enumerable.Range(0, windows.Count).Select(i => new WindowStart(i, 0))]);
        using AlignedBuffer<double> panels = new((long)batch.Blocks * (steps + 1) * latent * bptt.Lanes);
        double[] parameters = model.Parameters.Values.ToArray(), gradient = new double[parameters.Length];
        double loss;
        fixed (double* p = parameters, g = gradient)
            loss = bptt.LossAndGradient(p, batch, g, panels.Pointer);
        return new(Unpack(panels, windows.Count, (steps + 1) * latent, bptt.Lanes), windows.Count, steps, latent, loss);
    }

    // From panels of lanes to window after window. The pass differentiates the mean over the windows; each has its own loss here.
    private static unsafe double[] Unpack(AlignedBuffer<double> panels, int windows, int rows, int lanes)
    {
        double[] values = new double[checked(windows * rows)];
        for (int window = 0; window < windows; window++)
        {
            double* panel = panels.Pointer + ((long)(window / lanes) * rows * lanes) + (window % lanes);
            for (int i = 0; i < rows; i++)
                values[(window * rows) + i] = windows * panel[(long)i * lanes];
        }
        return values;
    }

    internal static int Check(RecurrentModel model, IReadOnlyList<TimeSeries> windows, int warmUp)
    {
        if (windows.Count == 0)
            throw new ArgumentException("There are no windows.", nameof(windows));
        int steps = windows[0].Length - 1;
        if (steps < 1 || warmUp < 0 || warmUp >= steps)
            throw new ArgumentException(
                $"A window of {windows[0].Length} rows has {steps} predicted steps, of which a warm-up of {warmUp} must leave at least 1.",
                nameof(warmUp));
        for (int i = 0; i < windows.Count; i++)
        {
            TimeSeries window = windows[i];
            if (window.Dimension != model.Observed)
                throw new ArgumentException(
                    $"The model observes {model.Observed} variables, window {i} has {window.Dimension}.", nameof(windows));
            if (window.Length != steps + 1)
                throw new ArgumentException(
                    $"Expected windows of {steps + 1} rows as the first, found one of {window.Length}.", nameof(windows));
            if (window.FindNonFinite() is { } found)
                throw new ArgumentException($"Window {i} holds {found}: fill them, or take windows without.", nameof(windows));
        }
        foreach (TimeSeries window in windows)
            DrivenMap.Require(model, window.Inputs);
        return steps;
    }
}
