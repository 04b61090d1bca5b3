using System.Numerics.Tensors;
using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Models;

/// <content>
/// How observations are read out of the state: the first N units as they are, x = B z of some units, or an observation model of B z + b.
/// </content>
public abstract partial class RecurrentModel : IEncodedMap
{
    // B+ of the parameters of a version: one reference, which threads may replace at once.
    private Tuple<int, double[]>? _inverse;

    /// <summary>
    /// R, the units that are read out: the N observed ones, or those that an affine observation x = B z reads, all there are but memories.
    /// </summary>
    public int Read { get; }

    /// <summary>Whether observations are an affine map of the units that are read, x = B z, and not these themselves.</summary>
    public bool IsAffine => ObservationWeights is not null && Readout is null;

    /// <summary>
    /// What is observed of B z + b where that is not real numbers, such as counts; null of states, of affine maps and of several
    /// <see cref="Modalities"/>.
    /// </summary>
    /// <remarks>
    /// Counts, levels and categories tell no state: a learnt encoder does, of <see cref="EncodedRows"/> of them. The state of a row of a
    /// series follows from these (<see cref="Encode"/>), that of a single row by itself is a guess.
    /// </remarks>
    public ObservationModel? Observation => Modalities is [{ Model: var model }] ? model : null;

    /// <summary>What is observed of which variables by observation models; none of states and affine maps.</summary>
    public IReadOnlyList<Modality> Modalities => Readout?.Modalities.All ?? [];

    /// <summary>Rows that an encoded state looks back, and ahead.</summary>
    public const int EncodedRows = SignalEncoder.Reach;

    /// <summary>Whether the observed variables are the first N units, and a state is in their units.</summary>
    internal bool IsIdentity => ObservationWeights is null;

    /// <summary>The observation model with what it is made from; null of states and affine maps.</summary>
    internal ProbabilisticReadout? Readout { get; }

    /// <summary>The tensor B (N x R), or null where the first N units are the observations.</summary>
    internal ParameterTensor? ObservationWeights { get; }

    /// <summary>What is observed of a state: the first N units, or B z, or E[x | z] of an observation model.</summary>
    public void Observe(ReadOnlySpan<double> state, Span<double> observation)
    {
        if (Readout is { } readout)
        {
            readout.Mean(state[..Read], observation[..Observed]);
            return;
        }
        if (ObservationWeights is not { } weights)
        {
            state[..Observed].CopyTo(observation);
            return;
        }
        Multiply(Parameters.Values.Slice(weights.Offset, weights.Count), state[..Read], observation[..Observed]);
    }

    /// <summary>
    /// A step in which data take the place of what the network would observe: of the observed units where they are the state; else B+ x
    /// takes the place of the units that are read, if no value is missing. A single row of an observation model takes the place of nothing.
    /// </summary>
    public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
    {
        if (state != next)
            state.CopyTo(next);
        Force(observation, next);
        Step(next, next);
    }

    /// <summary>
    /// The same network, observed by draws from p(x | z) in place of its mean: what is compared with counts is counts. A draw follows from
    /// the seed and the state.
    /// </summary>
    /// <exception cref="InvalidOperationException">Observations are states, or an affine map of them: there is nothing to draw.</exception>
    public IGenerativeModel Drawn(ulong seed = 0) => Readout is null
        ? throw new InvalidOperationException("Only the observations of an observation model are drawn.")
        : new DrawnObservations(this, seed);

    /// <summary>The states that an encoder tells of a series: of the units that are read, T x R.</summary>
    /// <param name="data">T x N; a missing value counts as its mean.</param>
    /// <exception cref="InvalidOperationException">Observations are states, or an affine map of them: there is no encoder.</exception>
    /// <exception cref="ArgumentException">The series has another number of variables.</exception>
    public TimeSeries Encode(TimeSeries data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Readout is not { } readout)
            throw new InvalidOperationException("Only the observations of an observation model are encoded.");
        if (data.Dimension != Observed)
            throw new ArgumentException($"The model observes {Observed} variables, the series has {data.Dimension}.", nameof(data));
        double[] units = new double[data.Length * Read];
        for (int t = 0; t < data.Length; t++)
            readout.Encoder.Signal(data, t, units.AsSpan(t * Read, Read));
        return new(units, Read, data.Dt);
    }

    /// <summary>log p(x | z) of every value, nats; NaN where x is missing.</summary>
    /// <param name="states">n states of M values.</param>
    /// <param name="observations">n rows of N values.</param>
    /// <exception cref="InvalidOperationException">There is no observation model.</exception>
    internal double[] LogLikelihood(ReadOnlySpan<double> states, ReadOnlySpan<double> observations)
    {
        if (Readout is not { } readout)
            throw new InvalidOperationException("There is no observation model.");
        int n = observations.Length / Observed;
        double[] units = new double[n * Read];
        for (int i = 0; i < n; i++)
            states.Slice(i * Latent, Read).CopyTo(units.AsSpan(i * Read));
        using Tape<double> tape = new(threads: 1);
        TapeParameters<double> parameters
            = new(tape.Constant(new(1, Parameters.Count), Parameters.Values), Parameters);
        double[] arranged = new double[observations.Length], log = new double[observations.Length];
        for (int at = 0; at < arranged.Length; at += Observed)
            readout.Arrange(observations.Slice(at, Observed), Parameters.Values, arranged.AsSpan(at, Observed));
        ReadOnlySpan<double> found = readout.LogLikelihood(
            parameters, tape.Constant(new(n, Read), units), tape.Constant(new(n, Observed), arranged)).Value;
        for (int i = 0; i < log.Length; i++)
        {
            ref readonly ObservedColumn column = ref readout.Modalities[i % Observed];
            // A density is per unit of the data.
            double scale = ObservedModalities.IsStandardized(column.Model) ? readout.Encoder.ScaleOf(column.Feature) : 1;
            log[i] = double.IsNaN(observations[i]) ? double.NaN : found[i - (i % Observed) + column.Place] - Math.Log(scale);
        }
        return log;
    }

    bool IEncodedMap.IsEncoded => Readout is not null;

    // A forecast must not see what it is to tell; near the beginning there is no other way.
    int IEncodedMap.EncodedRow(int row) => row >= 2 * EncodedRows ? row - EncodedRows : row;

    void IEncodedMap.EncodedState(TimeSeries history, int row, Span<double> state)
    {
        Readout!.Encoder.Signal(history, row, state[..Read]);
        CompleteState(state);
    }

    // The units that are not read, of those that are.
    private void CompleteState(Span<double> state)
    {
        if (InitialStateMap is { } map)
            Multiply(Parameters.Values.Slice(map.Offset, map.Count), state[..Read], state[Read..Latent]);
    }

    private void Force(ReadOnlySpan<double> observation, Span<double> state)
    {
        if (IsIdentity)
        {
            for (int n = 0; n < Observed; n++)
                if (!double.IsNaN(observation[n]))
                    state[n] = observation[n];
        }
        else if (IsAffine && !TensorPrimitives.IsNaNAny(observation[..Observed]))
        {
            Infer(observation, state[..Read]);
        }
    }

    // The units that are read, as one observation tells them.
    private void Infer(ReadOnlySpan<double> observation, Span<double> units)
    {
        if (Readout is { } readout)
            readout.Encoder.Signal(new(observation.ToArray(), Observed), 0, units);
        else if (IsAffine)
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
