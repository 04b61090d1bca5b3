using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// The mean squared error of forced predictions over a batch of windows, and its gradient, by backpropagation through time.
/// </summary>
/// <remarks>
/// For t = 0 .. T - 1: z~_t = (1 - s_t) z_t + s_t x_t on the observed units, z_{t+1} = F(z~_t), and the loss is the mean of
/// |z_{t+1} - x_{t+1}|^2 / N over the windows and the steps after the warm-up. Where s_t = 1 the gradient through the
/// observed units is cut; in general it is multiplied by 1 - s_t.
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
    /// <param name="stateGradients">If not null, what the pass finds on its way: the gradient with respect to each state z_0 .. z_T as it leaves the map, that is before it is forced, panel by panel: blocks x (T + 1) x M x lanes.</param>
    public abstract double LossAndGradient(T* parameters, WindowBatch<T> batch, T* gradient, T* stateGradients = null);

    public abstract void Dispose();

    /// <summary>For the widest registers that this processor has.</summary>
    public static BackpropagationThroughTime<T> Create(RecurrentModel model, ForcingProgram forcing)
        => Vector512.IsHardwareAccelerated ? new BackpropagationThroughTime<Lanes512<T>, T>(model, forcing)
            : Vector256.IsHardwareAccelerated ? new BackpropagationThroughTime<Lanes256<T>, T>(model, forcing)
            : new BackpropagationThroughTime<Lanes128<T>, T>(model, forcing);
}

/// <inheritdoc/>
internal sealed unsafe class BackpropagationThroughTime<S, T> : BackpropagationThroughTime<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Weight gradients are formed over this many steps at once: enough to pay for loading their accumulators, few enough that
    // the panels of those steps stay in the second cache.
    private const int BlockSteps = 20;

    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly RecurrentKernel<T> _kernel;
    private readonly ForcingProgram _forcing;
    private readonly int _observed, _parameterCount;
    private readonly ParameterTensor? _initialState;

    // States after forcing (T + 1 of them: the last is only predicted), tapes and residuals of all steps; gradients with respect to
    // the next state and adjoints of the steps of one block.
    private readonly AlignedBuffer<T> _states, _tapes, _residuals, _gradients, _adjoints;

    public BackpropagationThroughTime(RecurrentModel model, ForcingProgram forcing)
    {
        _kernel = model.CreateKernel<S, T>();
        _forcing = forcing;
        _observed = model.Observed;
        _parameterCount = model.Parameters.Count;
        _initialState = model.InitialStateMap;
        _states = new((forcing.Steps + 1) * State);
        _tapes = new(forcing.Steps * Tape);
        _residuals = new((long)forcing.Steps * _observed * s_lanes);
        _gradients = new((BlockSteps + 1) * State);
        _adjoints = new(BlockSteps * Adjoint);
    }

    public override int Lanes => s_lanes;

    private nint State => (nint)_kernel.StateRows * s_lanes;

    private nint Tape => (nint)_kernel.TapeRows * s_lanes;

    private nint Adjoint => (nint)_kernel.AdjointRows * s_lanes;

    private nint Observation => (nint)_observed * s_lanes;

    public override double LossAndGradient(T* parameters, WindowBatch<T> batch, T* gradient, T* stateGradients = null)
    {
        _kernel.Load(parameters);
        new Span<T>(gradient, _parameterCount).Clear();
        double terms = (double)batch.Size * (_forcing.Steps - _forcing.FirstCounted) * _observed;
        double sum = 0;
        for (int block = 0; block < batch.Blocks; block++)
        {
            SetInitialState(parameters, batch.Inputs(block));
            sum += Forward(batch.Inputs(block), batch.Targets(block), batch.Filled(block));
            T* gradientOfFirst = Backward(T.CreateTruncating(2 / terms), stateGradients is null ? null : stateGradients + (block * (_forcing.Steps + 1) * State));
            AddInitialStateGradient(gradient, batch.Inputs(block), gradientOfFirst);
        }
        _kernel.StoreGradient(gradient);
        return sum / terms;
    }

    public override void Dispose()
    {
        _kernel.Dispose();
        _states.Dispose();
        _tapes.Dispose();
        _residuals.Dispose();
        _gradients.Dispose();
        _adjoints.Dispose();
    }

    // The sum of squared residuals.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Forward(T* inputs, T* targets, int filled)
    {
        T* z = _states.Pointer, tape = _tapes.Pointer, residual = _residuals.Pointer;
        S mask = Mask(filled), sum = default;
        double total = 0;
        for (int t = 0; t < _forcing.Steps; t++)
        {
            Force(z, inputs + (t * Observation), _forcing.Strength(t));
            T* next = z + State;
            _kernel.Forward(z, tape, next);
            if (t >= _forcing.FirstCounted)
            {
                T* target = targets + ((t + 1) * Observation);
                for (nint i = 0; i < Observation; i += s_lanes)
                {
                    S difference = (S.Load(next + i) - S.Load(target + i)) * mask;
                    difference.Store(residual + i);
                    sum = S.MultiplyAdd(difference, difference, sum);
                }
            }
            z = next;
            tape += Tape;
            residual += Observation;
        }
        total += double.CreateTruncating(S.Sum(sum));
        return total;
    }

    // Returns the gradient with respect to the initial state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T* Backward(T scale, T* stateGradients)
    {
        // The panel one behind the block holds the gradient with respect to the state that leaves it.
        new Span<T>(_gradients.Pointer + (BlockSteps * State), (int)State).Clear();
        int end = _forcing.Steps;
        while (true)
        {
            int start = Math.Max(0, end - BlockSteps), steps = end - start;
            T* gradients = _gradients.Pointer + ((BlockSteps - steps) * State);
            for (int t = end - 1; t >= start; t--)
            {
                int at = t - start;
                T* gradientNext = gradients + ((at + 1) * State);
                if (t >= _forcing.FirstCounted)
                    AddScaled(_residuals.Pointer + (t * Observation), scale, gradientNext);
                if (stateGradients is not null)
                    new Span<T>(gradientNext, (int)State).CopyTo(new(stateGradients + ((t + 1) * State), (int)State));
                T* adjoint = _adjoints.Pointer + (at * Adjoint), gradient = gradients + (at * State);
                _kernel.Backward(_states.Pointer + (t * State), _tapes.Pointer + (t * Tape), gradientNext, adjoint, gradient);
                Release(gradient, _forcing.Strength(t), first: t == 0);
            }
            _kernel.AccumulateGradient(
                _states.Pointer + (start * State), _tapes.Pointer + (start * Tape), gradients + State, _adjoints.Pointer, steps);
            if (start == 0)
            {
                if (stateGradients is not null)
                    new Span<T>(gradients, (int)State).CopyTo(new(stateGradients, (int)State));
                return gradients;
            }
            new Span<T>(gradients, (int)State).CopyTo(new Span<T>(_gradients.Pointer + (BlockSteps * State), (int)State));
            end = start;
        }
    }

    // z~ = (1 - s) z + s x
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Force(T* z, T* x, double strength)
    {
        if (strength == 0)
            return;
        S s = S.Broadcast(T.CreateTruncating(strength));
        for (nint i = 0; i < Observation; i += s_lanes)
        {
            S observation = S.Load(x + i);
            S forced = strength == 1 ? observation : S.MultiplyAdd(s, observation - S.Load(z + i), S.Load(z + i));
            forced.Store(z + i);
        }
    }

    // The adjoint of Force. The first state is made from the data, so nothing is passed on through its observed units.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Release(T* gradient, double strength, bool first)
    {
        if (strength == 0 || first)
            return;
        S s = S.Broadcast(T.CreateTruncating(1 - strength));
        for (nint i = 0; i < Observation; i += s_lanes)
            (S.Load(gradient + i) * s).Store(gradient + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddScaled(T* residual, T scale, T* gradient)
    {
        for (nint i = 0; i < Observation; i += s_lanes)
            S.MultiplyAdd(S.Load(residual + i), S.Broadcast(scale), S.Load(gradient + i)).Store(gradient + i);
    }

    // z_0 = [x_0; L x_0]
    private void SetInitialState(T* parameters, T* x)
    {
        T* z = _states.Pointer;
        new Span<T>(x, (int)Observation).CopyTo(new Span<T>(z, (int)Observation));
        if (_initialState is null)
            return;
        T* l = parameters + _initialState.Offset;
        for (int i = 0; i < _initialState.Rows; i++)
        {
            S sum = default;
            for (int j = 0; j < _observed; j++)
                sum = S.MultiplyAdd(S.Load(x + (j * s_lanes)), S.Broadcast(*l++), sum);
            sum.Store(z + ((_observed + i) * s_lanes));
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

    private static S Mask(int filled)
    {
        T* lanes = stackalloc T[s_lanes];
        for (int i = 0; i < s_lanes; i++)
            lanes[i] = i < filled ? T.One : T.Zero;
        return S.Load(lanes);
    }
}
