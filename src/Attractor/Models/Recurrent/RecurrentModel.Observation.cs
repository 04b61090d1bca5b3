using System.Numerics.Tensors;
using Attractor.Numerics;

namespace Attractor.Models;

/// <content>How observations are read out of the state: the first N units as they are, or x = B z of some units.</content>
public abstract partial class RecurrentModel
{
    // B+ of the parameters of a version: one reference, which threads may replace at once.
    private Tuple<int, double[]>? _inverse;

    /// <summary>
    /// R, the units that are read out: the N observed ones, or those that an affine observation x = B z reads, all there are but memories.
    /// </summary>
    public int Read { get; }

    /// <summary>Whether observations are an affine map of the units that are read, x = B z, and not these themselves.</summary>
    public bool IsAffine => ObservationWeights is not null;

    /// <summary>The tensor B (N x R), or null where the first N units are the observations.</summary>
    internal ParameterTensor? ObservationWeights { get; }

    /// <summary>What is observed of a state: the first N units, or B z.</summary>
    public void Observe(ReadOnlySpan<double> state, Span<double> observation)
    {
        if (ObservationWeights is not { } weights)
        {
            state[..Observed].CopyTo(observation);
            return;
        }
        Multiply(Parameters.Values.Slice(weights.Offset, weights.Count), state[..Read], observation[..Observed]);
    }

    /// <summary>
    /// A step in which data take the place of what the network would observe: of the observed units where they are the state; else B+ x
    /// takes the place of the units that are read, if no value is missing.
    /// </summary>
    public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
    {
        if (state != next)
            state.CopyTo(next);
        Force(observation, next);
        Step(next, next);
    }

    private void Force(ReadOnlySpan<double> observation, Span<double> state)
    {
        if (!IsAffine)
        {
            for (int n = 0; n < Observed; n++)
                if (!double.IsNaN(observation[n]))
                    state[n] = observation[n];
        }
        else if (!TensorPrimitives.IsNaNAny(observation[..Observed]))
        {
            Infer(observation, state[..Read]);
        }
    }

    // The units that are read, as one observation tells them.
    private void Infer(ReadOnlySpan<double> observation, Span<double> units)
    {
        if (IsAffine)
            Multiply(Inverse(), observation, units);
        else
            observation.CopyTo(units);
    }

    private double[] Inverse()
    {
        Tuple<int, double[]>? known = _inverse;
        if (known is null || known.Item1 != Parameters.Version)
        {
            ParameterTensor weights = ObservationWeights!;
            PseudoInverse inverse = new(Parameters.Values.Slice(weights.Offset, weights.Count), weights.Rows, weights.Columns);
            _inverse = known = new(Parameters.Version, inverse.Values);
        }
        return known.Item2;
    }

    private static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> vector, Span<double> result)
    {
        for (int i = 0; i < result.Length; i++)
            result[i] = TensorPrimitives.Dot(matrix.Slice(i * vector.Length, vector.Length), vector);
    }
}
