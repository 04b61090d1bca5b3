using System.Numerics.Tensors;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Trains the readout of an echo state network online, by <see cref="RecursiveLeastSquares"/>: in closed loop this is FORCE learning
/// (Sussillo and Abbott, Neuron 63, 2009), which makes the network stable against the errors that it makes itself.
/// </summary>
public static class ForceTraining
{
    /// <summary>Trains a network to predict the next row of one series: T rows give T - 1 pairs.</summary>
    /// <inheritdoc cref="Fit(EchoStateNetwork, IReadOnlyList{TeachingSeries}, ForceOptions?, CancellationToken)"/>
    public static ForceResult Fit(
        EchoStateNetwork network, TimeSeries data, ForceOptions? options = null, CancellationToken cancellationToken = default)
        => Fit(network, [TeachingSeries.NextStep(data)], options, cancellationToken);

    /// <summary>
    /// Trains a network on several series of inputs and targets, one after the other; the weights begin at 0, the reservoir starts each
    /// series from the state 0.
    /// </summary>
    /// <param name="network">What is trained: its readout is set.</param>
    /// <param name="series">Inputs and targets; a row with a missing target is not learnt from.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>; the network is then as it was.</param>
    /// <exception cref="ArgumentException">The data do not fit the network or the options; the message says how.</exception>
    /// <exception cref="ArithmeticException">The states left the finite numbers; the network is then as it was.</exception>
    public static ForceResult Fit(
        EchoStateNetwork network,
        IReadOnlyList<TeachingSeries> series,
        ForceOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(series);
        options ??= new();
        options.Check();
        TeachingSeries.Check(series, network, options.Washout);
        RecursiveLeastSquares squares = new(network.FeatureCount, network.Outputs, options.Delta, options.Forgetting);
        Run run = new(network, squares, options);
        foreach (TeachingSeries taught in series)
            run.Teach(taught, cancellationToken);
        network.SetReadout(squares.Weights, warmUp: options.Washout);
        return new()
        {
            Updates = squares.Samples,
            MeanSquaredError = run.SquaredError / (squares.Samples * network.Outputs),
            State = run.State
        };
    }

    private sealed class Run(EchoStateNetwork network, RecursiveLeastSquares squares, ForceOptions options)
    {
        private readonly double[] _features = new double[network.FeatureCount],
            _output = new double[network.Outputs], _fed = new double[network.Reservoir.Feedback];

        public double SquaredError { get; private set; }

        public double[] State { get; } = new double[network.Dimension];

        public void Teach(TeachingSeries taught, CancellationToken cancellationToken)
        {
            Array.Clear(State);
            Array.Clear(_fed);
            Span<double> r = State.AsSpan(0, network.Reservoir.Units);
            for (int t = 0; t < taught.Inputs.Length; t++)
            {
                ReadOnlySpan<double> x = taught.Inputs.Row(t)[..network.Inputs], y = taught.Targets.Row(t);
                network.Reservoir.Step(r, x, _fed, r);
                network.Features.Write(r, x, _features);
                if (!TensorPrimitives.IsFiniteAll<double>(_features))
                    throw new ArithmeticException(
                        $"The states left the finite numbers at row {t}: lower the spectral radius or the scales of the reservoir.");
                squares.Predict(_features, _output);
                if (t >= options.Washout && t % options.Interval == 0)
                    Learn(y, taught.Weights?[t] ?? 1);
                Feed(y, options.ClosedLoop && t >= options.Washout);
                if (t % 64 == 0)
                    cancellationToken.ThrowIfCancellationRequested();
            }
            if (network.Features.Input)
                taught.Inputs.Row(taught.Inputs.Length - 1)[..network.Inputs].CopyTo(State.AsSpan(r.Length));
        }

        private void Learn(ReadOnlySpan<double> targets, double weight)
        {
            long before = squares.Samples;
            squares.Update(_features, targets, weight);
            for (int k = 0; k < _output.Length && squares.Samples > before; k++)
                SquaredError += (targets[k] - _output[k]) * (targets[k] - _output[k]);
        }

        // The output from before the update, so that the network sees the error that it made; in
        // place of a missing target the last known one.
        private void Feed(ReadOnlySpan<double> targets, bool own)
        {
            for (int k = 0; k < _fed.Length; k++)
                if (own)
                    _fed[k] = _output[k];
                else if (!double.IsNaN(targets[k]))
                    _fed[k] = targets[k];
        }
    }
}
