using System.Numerics;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The mean squared error of forced predictions over a batch of windows, and its gradient, by backpropagation through time.
/// </summary>
/// <remarks>
/// For t = 0 .. T - 1: z~_t = (1 - s_t) z_t + s_t x_t on the observed units, z_{t+1} = F(z~_t) (+ C u_{t+1} of external inputs u), and
/// the loss is the mean of
/// |z_{t+1} - x_{t+1}|^2 / N over the windows and the steps after the warm-up. Where s_t = 1 the gradient through the
/// observed units is cut; in general it is multiplied by 1 - s_t. Where x_t lacks a value s_t is 0 for it, the mean is over the others.
/// Under an affine observation x = B z the data draw B z: B+ x_t takes the place of x_t in the forcing and in the first state, where all of
/// x_t is there, and B z_{t+1} that of z_{t+1} in the loss. Under an observation model an encoder makes the signals, and the loss is a
/// likelihood: <see cref="ReadoutLikelihood{T}"/>.
/// </remarks>
internal abstract unsafe class BackpropagationThroughTime<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Windows that fit one block of lanes.</summary>
    public abstract int Lanes { get; }

    /// <summary>The loss of the batch at the parameters; the gradient is overwritten with its own.</summary>
    /// <param name="parameters">The flat parameter buffer.</param>
    /// <param name="batch">The windows.</param>
    /// <param name="gradient">As long as the parameters.</param>
    /// <param name="stateGradients">If not null, what the pass finds on its way: the gradient with respect to each state z_0 .. z_T as it
    /// leaves the map, that is before it is forced, panel by panel: blocks x (T + 1) x M x lanes.</param>
    public abstract double LossAndGradient(T* parameters, WindowBatch<T> batch, T* gradient, T* stateGradients = null);

    public abstract void Dispose();

    /// <summary>
    /// From now on the loss is the mean of w_n r_n^2, for the weights w of the N variables that are units; what the last pass missed of
    /// each, squared and summed, is then in <see cref="Squares"/>.
    /// </summary>
    public abstract void Weigh(ReadOnlySpan<double> weights);

    /// <summary>N sums of squares of the last pass, where variables are weighted.</summary>
    public double[] Squares { get; protected set; } = [];

    /// <summary>Adds the gradient of weight times the penalty on the condition of an affine observation; nothing of another.</summary>
    public abstract void AddConditionGradient(T* parameters, T* gradient, double weight);

    /// <summary>For the widest registers that this processor has.</summary>
    public static BackpropagationThroughTime<T> Create(RecurrentModel model, ForcingProgram forcing, SignalLoss? loss = null)
        => WidestLanes.Invoke<T, Construction, BackpropagationThroughTime<T>>(new(model, forcing, loss));

    private readonly struct Construction(RecurrentModel model, ForcingProgram forcing, SignalLoss? loss)
        : ILaneFunction<T, BackpropagationThroughTime<T>>
    {
        public BackpropagationThroughTime<T> Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => new BackpropagationThroughTime<S, T>(model, forcing, loss);
    }
}

/// <inheritdoc/>
internal sealed unsafe class BackpropagationThroughTime<S, T> : BackpropagationThroughTime<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly RecurrentKernel<T> _kernel;
    private readonly Unrolling<T> _unrolling;
    private readonly ForcingProgram _forcing;
    private readonly int _observed, _parameterCount;
    private readonly AffineReadout<T>? _affine;
    private readonly ReadoutLikelihood<T>? _likelihood;
    private readonly (int Start, int Count) _memory;
    private readonly ParameterTensor? _initialState, _inputWeights;

    // States after forcing (T + 1 of them: the last is only predicted), tapes and residuals of all steps; the rest is the unrolling's.
    private readonly AlignedBuffer<T> _states, _tapes, _residuals, _gradients, _adjoints, _inputGradients;

    // N x lanes, where variables are weighted.
    private AlignedBuffer<T>? _variableWeights;

    public BackpropagationThroughTime(RecurrentModel model, ForcingProgram forcing, SignalLoss? loss = null)
    {
        _kernel = model.CreateKernel<S, T>();
        _unrolling = new(_kernel);
        _forcing = forcing;
        (_observed, _memory) = (model.Read, model.Memory);
        _likelihood = model.Readout is not null ? new(model, forcing.Steps, s_lanes, loss ?? new()) : null;
        _affine = model is { IsAffine: true, ObservationWeights: { } b } ? new(b, forcing.Steps, s_lanes) : null;
        _parameterCount = model.Parameters.Count;
        (_initialState, _inputWeights) = (model.InitialStateMap, model.InputWeights);
        _inputGradients = new((long)(_inputWeights?.Count ?? 0) * s_lanes);
        _states = new((forcing.Steps + 1) * _unrolling.State);
        _tapes = new(forcing.Steps * _unrolling.Tape);
        _residuals = new((long)forcing.Steps * _observed * s_lanes);
        _gradients = new(_unrolling.GradientLength);
        _adjoints = new(_unrolling.AdjointLength);
    }

    public override int Lanes => s_lanes;

    /// <summary>The kernel, if two threads can share its steps.</summary>
    public ISharedKernel? Shared => _kernel as ISharedKernel;

    private nint Observation => (nint)_observed * s_lanes;

    public override double LossAndGradient(T* parameters, WindowBatch<T> batch, T* gradient, T* stateGradients = null)
    {
        _kernel.Load(parameters);
        _affine?.Load(parameters);
        new Span<T>(gradient, _parameterCount).Clear();
        double terms = Math.Max(1, batch.Terms(_forcing.FirstCounted));
        double sum = 0;
        Array.Clear(Squares);
        nint state = _unrolling.State;
        for (int block = 0; block < batch.Blocks; block++)
        {
            T* gradientsOfBlock = stateGradients is null ? null : stateGradients + (block * (_forcing.Steps + 1) * state);
            T scale = T.CreateTruncating(2 / terms);
            sum += _likelihood is not null ? PassOfLikelihood(_likelihood, parameters, batch, block, terms, gradient, gradientsOfBlock)
                : _affine is null ? PassOfUnits(parameters, batch, block, scale, gradient, gradientsOfBlock)
                : PassOfAffine(_affine, parameters, batch, block, scale, gradient, gradientsOfBlock);
        }
        _affine?.StoreGradient(gradient);
        _kernel.StoreGradient(gradient);
        AddInputGradient(gradient);
        return sum / terms;
    }

    // Forward and back over a block whose first units are the observations; the sum of squares.
    private double PassOfUnits(T* parameters, WindowBatch<T> batch, int block, T scale, T* gradient, T* stateGradients)
    {
        T* x = batch.Inputs(block);
        IdentityObservation<S, T> observation = new(x, batch.Targets(block), batch.Weights(block), _residuals.Pointer, _observed)
        {
            Precisions = _variableWeights is null ? null : _variableWeights.Pointer
        };
        ForcedSteps<S, T, IdentityObservation<S, T>> forced = Force(observation, parameters, batch, block, scale, stateGradients);
        new Span<T>(x, (int)Observation).CopyTo(new Span<T>(_states.Pointer, (int)Observation));
        MapInitialState(parameters);
        _unrolling.Forward(_forcing.Steps, _states.Pointer, _tapes.Pointer, ref forced);
        T* gradientOfFirst = Back(ref forced, stateGradients);
        AddInitialStateGradient(gradient, x, gradientOfFirst);
        return _variableWeights is null ? forced.SumOfSquares : AddSquares();
    }

    // What the block missed of each variable; the sum with their weights.
    private double AddSquares()
    {
        double sum = 0;
        for (int n = 0; n < _observed; n++)
        {
            double squares = 0;
            for (int t = _forcing.FirstCounted; t < _forcing.Steps; t++)
            {
                S residual = S.Load(_residuals.Pointer + (((nint)(t * _observed) + n) * s_lanes));
                squares += double.CreateTruncating(S.Sum(residual * residual));
            }
            Squares[n] += squares;
            sum += squares * double.CreateTruncating(_variableWeights!.Pointer[(nint)n * s_lanes]);
        }
        return sum;
    }

    // The same of x = B z.
    private double PassOfAffine(
        AffineReadout<T> affine, T* parameters, WindowBatch<T> batch, int block, T scale, T* gradient, T* stateGradients)
    {
        AffineObservation<S, T> observation = new(affine, batch.Inputs(block), batch.Targets(block), batch.Weights(block));
        ForcedSteps<S, T, AffineObservation<S, T>> forced = Force(observation, parameters, batch, block, scale, stateGradients);
        observation.Begin(_states.Pointer);
        MapInitialState(parameters);
        // The pass does not force the first state, so that what it was made from stays there.
        _unrolling.Forward(_forcing.Steps, _states.Pointer, _tapes.Pointer, ref forced);
        T* gradientOfFirst = Back(ref forced, stateGradients);
        AddInitialStateGradient(gradient, _states.Pointer, gradientOfFirst);
        AddThroughInitialState(parameters, gradientOfFirst);
        observation.BeginAdjoint(gradientOfFirst);
        return forced.SumOfSquares;
    }

    // The same of an observation model; what is returned is its part in the loss times the terms.
    private double PassOfLikelihood(
        ReadoutLikelihood<T> likelihood,
        T* parameters,
        WindowBatch<T> batch,
        int block,
        double terms,
        T* gradient,
        T* stateGradients)
    {
        likelihood.Encode(parameters, batch, block);
        EncodedObservation<S, T> observation = new(likelihood, batch.Weights(block), batch.Observed);
        ForcedSteps<S, T, EncodedObservation<S, T>> forced = Force(observation, parameters, batch, block, T.One, stateGradients);
        new Span<T>(likelihood.Signal(0), (int)Observation).CopyTo(new(_states.Pointer, (int)Observation));
        MapInitialState(parameters);
        _unrolling.Forward(_forcing.Steps, _states.Pointer, _tapes.Pointer, ref forced);
        double loss = likelihood.Decode(parameters, _forcing.FirstCounted, batch.Filled(block), terms);
        T* gradientOfFirst = Back(ref forced, stateGradients);
        AddInitialStateGradient(gradient, _states.Pointer, gradientOfFirst);
        AddThroughInitialState(parameters, gradientOfFirst);
        T* signal = likelihood.SignalGradient(0);
        for (nint i = 0; i < Observation; i += s_lanes)
            (S.Load(signal + i) + S.Load(gradientOfFirst + i)).Store(signal + i);
        likelihood.AddGradient(gradient, batch.Filled(block), terms);
        return loss * terms;
    }

    private ForcedSteps<S, T, O> Force<O>(
        O observation, T* parameters, WindowBatch<T> batch, int block, T scale, T* stateGradients)
        where O : struct, IObservationSteps<S, T>
        => new(observation, _forcing, _memory, _unrolling.State, batch, block, scale, stateGradients, Drive(parameters, batch, block));

    private T* Back<TCoupling>(ref TCoupling forced, T* stateGradients)
        where TCoupling : struct, IStepCoupling<T>
    {
        T* gradientOfFirst = _unrolling.Backward(
            _forcing.Steps, _states.Pointer, _tapes.Pointer, _gradients.Pointer, _adjoints.Pointer, ref forced);
        if (stateGradients is not null)
            new Span<T>(gradientOfFirst, (int)_unrolling.State).CopyTo(new(stateGradients, (int)_unrolling.State));
        return gradientOfFirst;
    }

    public override void AddConditionGradient(T* parameters, T* gradient, double weight)
        => _affine?.AddConditionGradient(parameters, gradient, weight);

    public override void Weigh(ReadOnlySpan<double> weights)
    {
        _variableWeights ??= new((long)_observed * s_lanes);
        if (Squares.Length != _observed)
            Squares = new double[_observed];
        for (int n = 0; n < _observed; n++)
            _variableWeights.Span.Slice(n * s_lanes, s_lanes).Fill(T.CreateTruncating(weights[n]));
    }

    public override void Dispose()
    {
        _variableWeights?.Dispose();
        _affine?.Dispose();
        _likelihood?.Dispose();
        _kernel.Dispose();
        _states.Dispose();
        _tapes.Dispose();
        _residuals.Dispose();
        _gradients.Dispose();
        _adjoints.Dispose();
        _inputGradients.Dispose();
    }

    private ExternalDrive<S, T> Drive(T* parameters, WindowBatch<T> batch, int block) => _inputWeights is { } c
        ? new(parameters + c.Offset, batch.External(block), _inputGradients.Pointer, c.Rows, c.Columns)
        : default;

    private void AddInputGradient(T* gradient)
    {
        if (_inputWeights is null)
            return;
        for (nint i = 0; i < _inputWeights.Count; i++)
            gradient[_inputWeights.Offset + i] += S.Sum(S.Load(_inputGradients.Pointer + (i * s_lanes)));
        _inputGradients.Clear();
    }

    // z_0 = [x_0; L x_0], of which x_0 is there
    private void MapInitialState(T* parameters)
    {
        if (_initialState is null)
            return;
        T* z = _states.Pointer, l = parameters + _initialState.Offset;
        for (int i = 0; i < _initialState.Rows; i++)
        {
            S sum = default;
            for (int j = 0; j < _observed; j++)
                sum = S.MultiplyAdd(S.Load(z + (j * s_lanes)), S.Broadcast(*l++), sum);
            sum.Store(z + ((_observed + i) * s_lanes));
        }
    }

    // The gradient with respect to x_0 has the part L' g besides.
    private void AddThroughInitialState(T* parameters, T* gradientOfFirst)
    {
        if (_initialState is null)
            return;
        T* l = parameters + _initialState.Offset;
        for (int i = 0; i < _initialState.Rows; i++)
        {
            S g = S.Load(gradientOfFirst + ((_observed + i) * s_lanes));
            for (int j = 0; j < _observed; j++)
                S.MultiplyAdd(g, S.Broadcast(*l++), S.Load(gradientOfFirst + (j * s_lanes))).Store(gradientOfFirst + (j * s_lanes));
        }
    }

    // dL/dL = sum over lanes of g x_0'
    private void AddInitialStateGradient(T* gradient, T* x, T* gradientOfFirst)
    {
        if (_initialState is null)
            return;
        T* l = gradient + _initialState.Offset;
        for (int i = 0; i < _initialState.Rows; i++)
            for (int j = 0; j < _observed; j++)
                *l++ += S.Sum(S.Load(gradientOfFirst + ((_observed + i) * s_lanes)) * S.Load(x + (j * s_lanes)));
    }
}
