using System.Runtime.CompilerServices;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Models;

// The network in closed loop, as a map.
public sealed partial class EchoStateNetwork
{
    // That of a tanh, in multiplications.
    private const double Activation = 20;

    /// <inheritdoc/>
    public double StepCost => Reservoir.Layers.Sum(layer => layer.Weights.Values.Length + (layer.Units * (layer.Inputs + Activation)))
        + (Outputs * FeatureCount);

    /// <summary>The state 0 of the reservoir: what it makes of the observation shows one step later.</summary>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state)
    {
        state.Clear();
        if (Features.Input)
            observation[..Inputs].CopyTo(state[Reservoir.Units..]);
    }

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<double> state, Span<double> observation)
        => Read(state[..Reservoir.Units], state[Reservoir.Units..], observation);

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Observed);
        Observe(state, scratch.Values);
        Take(state, scratch.Values, next);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Observed);
        Span<double> taken = scratch.Values;
        observation.CopyTo(taken);
        if (AnyMissing(observation))
        {
            Observe(state, taken);
            for (int n = 0; n < taken.Length; n++)
                if (!double.IsNaN(observation[n]))
                    taken[n] = observation[n];
        }
        Take(state, taken, next);
    }

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        int d = Dimension;
        double[] identity = new double[d * d], next = new double[d];
        for (int i = 0; i < d; i++)
            identity[i * (d + 1)] = 1;
        StepTangent(state, next, identity, jacobian);
    }

    /// <inheritdoc/>
    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int units = Reservoir.Units, k = vectors.Length / Dimension, n = Observed;
        double[] output = new double[n], tangents = new double[n * k];
        Observe(state, output);
        ReadTangent(state[..units], vectors, tangents, k);
        bool twice = Inputs > 0 && Reservoir.Feedback > 0;
        double[] received = twice ? [.. output, .. output] : output, receivedTangents = twice ? [.. tangents, .. tangents] : tangents;
        Reservoir.StepTangent(state[..units], received, next[..units], vectors[..(units * k)], receivedTangents, result[..(units * k)]);
        if (Features.Input)
        {
            output.AsSpan(0, Inputs).CopyTo(next[units..]);
            tangents.AsSpan(0, Inputs * k).CopyTo(result[(units * k)..]);
        }
    }

    (IObservedMap Map, IDisposable Threads)? IPairedMap.Pair()
    {
        if (Reservoir.LayerCount > 1 || Reservoir.Layers[0].Weights.Paired() is not PairedWeights weights)
            return null;
        EchoStateNetwork paired = new(new Reservoir(Inputs, Reservoir.Feedback, [Reservoir.Layers[0].With(weights)]), Outputs, Features)
        {
            _weights = _weights,
            _constants = _constants,
            WarmUp = WarmUp,
        };
        return (paired, weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
    {
        int units = Reservoir.Units;
        Reservoir.Step(state[..units], observation[..Inputs], observation[..Reservoir.Feedback], next[..units]);
        if (Features.Input)
            observation[..Inputs].CopyTo(next[units..]);
    }

    private static bool AnyMissing(ReadOnlySpan<double> observation)
    {
        foreach (double value in observation)
            if (double.IsNaN(value))
                return true;
        return false;
    }

    // W_out dphi: the squared units count twice their value.
    private void ReadTangent(ReadOnlySpan<double> r, ReadOnlySpan<double> vectors, Span<double> tangents, int k)
    {
        int seen = Dimension;
        double[] slopes = new double[Outputs * seen];
        for (int o = 0; o < Outputs; o++)
            for (int i = 0; i < seen; i++)
                slopes[(o * seen) + i] = _weights[(o * FeatureCount) + i] * (Features.Squares && i < r.Length && i % 2 == 0 ? 2 * r[i] : 1);
        VectorOperations.AddProduct(tangents, slopes, vectors, seen, k);
    }
}
