using System.Runtime.CompilerServices;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Models;

/// <summary>
/// An echo state network: a <see cref="Reservoir"/> and a linear readout y_t = W_out phi(r_t, x_t) + c, the only part that is learnt
/// (Jaeger and Haas, Science 304, 2004).
/// </summary>
/// <remarks>
/// <para>Trained to predict its next input it is a map: in closed loop its output is its next input. The state that goes with row t is
/// r_{t-1} (and x_{t-1}, if the readout sees the input), whose output predicts x_t.</para>
/// <para>Reading and stepping are thread-safe, setting the readout is not.</para>
/// </remarks>
public sealed partial class EchoStateNetwork : IGenerativeModel, IPairedMap
{
    /// <summary>The kind: <c>esn</c>.</summary>
    public const string KindName = "esn";

    private double[] _weights, _constants;

    /// <summary>A network that predicts its own next input; its readout is 0 until it is trained.</summary>
    /// <param name="observed">N, the variables.</param>
    /// <param name="options">How its reservoir is drawn.</param>
    /// <param name="features">What the readout sees.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public EchoStateNetwork(int observed, ReservoirOptions options, ReadoutFeatures? features = null)
        : this(new Reservoir(observed, options), observed, features)
    {
    }

    /// <summary>A network of any inputs and outputs; its readout is 0 until it is trained.</summary>
    /// <param name="reservoir">Its feedback, if there is any, is of the outputs.</param>
    /// <param name="outputs">K, the variables of y.</param>
    /// <param name="features">What the readout sees.</param>
    /// <exception cref="ArgumentException">The feedback is not of K variables.</exception>
    public EchoStateNetwork(Reservoir reservoir, int outputs, ReadoutFeatures? features = null)
    {
        ArgumentNullException.ThrowIfNull(reservoir);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        if (reservoir.Feedback != 0 && reservoir.Feedback != outputs)
            throw new ArgumentException(
                $"The reservoir takes a feedback of {reservoir.Feedback} variables, the network has {outputs} outputs.", nameof(reservoir));
        (Reservoir, Outputs, Features) = (reservoir, outputs, features ?? new());
        _weights = new double[outputs * FeatureCount];
        _constants = new double[outputs];
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>The part that is not learnt.</summary>
    public Reservoir Reservoir { get; }

    /// <summary>What the readout sees.</summary>
    public ReadoutFeatures Features { get; }

    /// <summary>Variables of the input.</summary>
    public int Inputs => Reservoir.Inputs;

    /// <summary>K, variables of the output.</summary>
    public int Outputs { get; }

    /// <summary>F, how many features the readout sees.</summary>
    public int FeatureCount => Features.Count(Reservoir.Units, Inputs);

    /// <summary>W_out: K x F, row-major.</summary>
    public ReadOnlySpan<double> ReadoutWeights => _weights;

    /// <summary>c, added to the outputs: K values, 0 unless an intercept was fitted.</summary>
    public ReadOnlySpan<double> ReadoutConstants => _constants;

    /// <inheritdoc/>
    public int ParameterCount => _weights.Length + _constants.Count(c => c != 0);

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant(
        $"{Reservoir.UnitsPerLayer} reservoir units{(Reservoir.LayerCount > 1 ? $" in each of {Reservoir.LayerCount} layers" : "")}");

    /// <summary>Steps after which the reservoir has forgotten its beginning; set by the training.</summary>
    public int WarmUp { get; private set; }

    /// <inheritdoc/>
    public int Observed => IsClosed ? Outputs : throw NotClosed();

    /// <inheritdoc/>
    public int Dimension => Reservoir.Units + (Features.Input ? Inputs : 0);

    /// <summary>Whether outputs can take the place of inputs.</summary>
    internal bool IsClosed => Inputs == Outputs || (Inputs == 0 && Reservoir.Feedback > 0);

    /// <summary>Sets the readout.</summary>
    /// <param name="weights">W_out: K x F, row-major.</param>
    /// <param name="constants">c: K values, or none.</param>
    /// <param name="warmUp">Steps after which the reservoir has forgotten its beginning.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public void SetReadout(ReadOnlySpan<double> weights, ReadOnlySpan<double> constants = default, int warmUp = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        if (weights.Length != _weights.Length)
            throw new ArgumentException($"Expected {Outputs} x {FeatureCount} weights, found {weights.Length}.", nameof(weights));
        if (constants.Length != 0 && constants.Length != Outputs)
            throw new ArgumentException($"Expected {Outputs} constants, found {constants.Length}.", nameof(constants));
        _weights = weights.ToArray();
        _constants = constants.Length > 0 ? constants.ToArray() : new double[Outputs];
        WarmUp = warmUp;
    }

    /// <summary>y = W_out phi(r, x) + c.</summary>
    /// <param name="state">r.</param>
    /// <param name="input">x.</param>
    /// <param name="output">K values are written.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(ReadOnlySpan<double> state, ReadOnlySpan<double> input, Span<double> output)
    {
        int features = FeatureCount;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], features);
        Features.Write(state, input, scratch.Values);
        for (int k = 0; k < Outputs; k++)
            output[k] = _constants[k] + VectorOperations.Dot(_weights.AsSpan(k * features, features), scratch.Values);
    }

    /// <summary>The outputs for a series of inputs, from the state 0: row t is y_t.</summary>
    /// <param name="inputs">T x Inputs; any series of T rows for a network without inputs.</param>
    /// <returns>T x K. With feedback, the network's own outputs are fed back.</returns>
    /// <exception cref="ArgumentException">The series has another number of variables.</exception>
    public TimeSeries Predict(TimeSeries inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (Inputs > 0 && inputs.Dimension != Inputs)
            throw new ArgumentException($"The network has {Inputs} inputs, the series {inputs.Dimension} variables.", nameof(inputs));
        double[] r = new double[Reservoir.Units], values = new double[inputs.Length * Outputs], fed = new double[Reservoir.Feedback];
        for (int t = 0; t < inputs.Length; t++)
        {
            ReadOnlySpan<double> x = inputs.Row(t)[..Inputs];
            Reservoir.Step(r, x, fed, r);
            Span<double> y = values.AsSpan(t * Outputs, Outputs);
            Read(r, x, y);
            y[..fed.Length].CopyTo(fed);
        }
        return new(values, Outputs, inputs.Dt);
    }

    /// <inheritdoc/>
    public TimeSeries Generate(TimeSeries from, int steps, int start = 0, int? warmUp = null)
        => FreeRun.AfterWarmUp(this, from, steps, start, warmUp);

    private InvalidOperationException NotClosed()
        => new($"The network has {Inputs} inputs and {Outputs} outputs: only one that predicts its own next input can go on by itself.");
}
