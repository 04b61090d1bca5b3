using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A recurrent network whose weights are drawn once and not learnt (Jaeger, GMD Report 148, 2001; Jaeger et al., Neural Networks 20, 2007,
/// for the leak): r_t = (1 - a) r_{t-1} + a f(W r_{t-1} + W_in x_t + W_fb y_{t-1} + b).
/// </summary>
/// <remarks>
/// In a stack of layers (Gallicchio, Micheli and Pedrelli, Neurocomputing 268, 2017) layer l > 1 receives the new state of layer l - 1 in
/// place of x_t. Immutable and thread-safe.
/// </remarks>
public sealed class Reservoir
{
    internal Reservoir(int inputs, int feedback, IReadOnlyList<ReservoirLayer> layers)
        => (Inputs, Feedback, Layers) = (inputs, feedback, layers);

    /// <summary>Draws a reservoir.</summary>
    /// <param name="inputs">Variables of x, at least 0.</param>
    /// <param name="options">How it is drawn.</param>
    /// <param name="feedback">Variables of y, 0 for no feedback.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the weights drawn have no eigenvalue but 0, so that no scaling
    /// gives them the spectral radius.</exception>
    public Reservoir(int inputs, ReservoirOptions options, int feedback = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(feedback);
        if (inputs + feedback == 0)
            throw new ArgumentException("A reservoir without inputs and without feedback has nothing to respond to.");
        options.Check();
        (Inputs, Feedback, Options) = (inputs, feedback, options);
        Layers = new ReservoirDraw(options).Layers(inputs, feedback);
    }

    /// <summary>Variables of x.</summary>
    public int Inputs { get; }

    /// <summary>Variables of y that are fed back.</summary>
    public int Feedback { get; }

    /// <summary>What it was drawn by; null if its weights come from a file.</summary>
    public ReservoirOptions? Options { get; }

    /// <summary>How many layers there are.</summary>
    public int LayerCount => Layers.Count;

    /// <summary>M, the units of each layer.</summary>
    public int UnitsPerLayer => Layers[0].Units;

    /// <summary>The units of all layers: values of a state.</summary>
    public int Units => UnitsPerLayer * LayerCount;

    /// <summary>a, the leak rate.</summary>
    public double Leak => Layers[0].LeakRate;

    /// <summary>f.</summary>
    public Activation Activation => Layers[0].Activation;

    internal IReadOnlyList<ReservoirLayer> Layers { get; }

    /// <summary>W_in of a layer, from what it receives to a unit.</summary>
    public double InputWeight(int unit, int input, int layer = 0) => Layers[layer].InputWeights[(unit * Layers[layer].Inputs) + input];

    /// <summary>b of a layer.</summary>
    public double Bias(int unit, int layer = 0) => Layers[layer].Bias[unit];

    /// <summary>W of a layer, as scaled: from unit <paramref name="from"/> to unit <paramref name="unit"/>.</summary>
    public double Weight(int unit, int from, int layer = 0) => Layers[layer].Weights[unit, from];

    /// <summary>The state one input later.</summary>
    /// <param name="state">r: <see cref="Units"/> values.</param>
    /// <param name="input">x: <see cref="Inputs"/> values.</param>
    /// <param name="feedback">y: <see cref="Feedback"/> values.</param>
    /// <param name="next">r': <see cref="Units"/> values; may be <paramref name="state"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(ReadOnlySpan<double> state, ReadOnlySpan<double> input, ReadOnlySpan<double> feedback, Span<double> next)
    {
        Require(state.Length, Units, "state");
        Require(next.Length, Units, "next state");
        Require(input.Length, Inputs, "input");
        Require(feedback.Length, Feedback, "feedback");
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Inputs + Feedback);
        input.CopyTo(scratch.Values);
        feedback.CopyTo(scratch.Values[Inputs..]);
        ReadOnlySpan<double> received = scratch.Values;
        int m = UnitsPerLayer;
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            Layers[layer].Step(state.Slice(layer * m, m), received, next.Slice(layer * m, m));
            received = next.Slice(layer * m, m);
        }
    }

    /// <summary>The states that a series leaves behind, from the state 0: what a sequence is classified by, for one.</summary>
    /// <param name="inputs">T x Inputs.</param>
    /// <returns>T x Units: row t is the state once row t of the inputs has been taken in.</returns>
    /// <exception cref="ArgumentException">The series has another number of variables.</exception>
    /// <exception cref="InvalidOperationException">The reservoir has feedback: its states depend on outputs as well.</exception>
    public TimeSeries States(TimeSeries inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (Feedback > 0)
            throw new InvalidOperationException(
                "A reservoir with feedback has no states of the inputs alone: step it with the outputs that are fed back.");
        if (inputs.Dimension != Inputs)
            throw new ArgumentException($"The reservoir has {Inputs} inputs, the series {inputs.Dimension} variables.", nameof(inputs));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputs.Length, Array.MaxLength / Units, nameof(inputs));
        double[] states = new double[inputs.Length * Units], start = new double[Units];
        for (int t = 0; t < inputs.Length; t++)
        {
            ReadOnlySpan<double> before = t == 0 ? start : states.AsSpan((t - 1) * Units, Units);
            Step(before, inputs.Row(t), [], states.AsSpan(t * Units, Units));
        }
        return new(states, Units, inputs.Dt);
    }

    /// <summary>
    /// The step with tangent vectors: those of what is received (inputs, then feedback; rows x k) and of the state (units x k), row-major.
    /// </summary>
    internal void StepTangent(
        ReadOnlySpan<double> state,
        ReadOnlySpan<double> received,
        Span<double> next,
        ReadOnlySpan<double> vectors,
        ReadOnlySpan<double> receivedVectors,
        Span<double> result)
    {
        int m = UnitsPerLayer, k = vectors.Length / Units;
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            Span<double> passed = result.Slice(layer * m * k, m * k);
            Layers[layer].StepTangent(
                state.Slice(layer * m, m),
                received,
                next.Slice(layer * m, m),
                vectors.Slice(layer * m * k, m * k),
                receivedVectors,
                passed);
            received = next.Slice(layer * m, m);
            receivedVectors = passed;
        }
    }

    /// <summary>The same reservoir for another thread, where sharing the memory of its weights would slow both down.</summary>
    internal Reservoir ForThread() => new(Inputs, Feedback, [.. Layers.Select(layer => layer.With(layer.Weights.ForThread()))]);

    private static void Require(int found, int expected, string what)
    {
        if (found != expected)
            throw new ArgumentException($"Expected {expected} values of the {what}, found {found}.");
    }
}
