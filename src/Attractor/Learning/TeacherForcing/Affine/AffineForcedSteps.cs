using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Teacher forcing of a network whose observations are x = B z: the signal B+ x draws the units that are read, and residuals are those of
/// B z; with its adjoint, which gathers the gradients of B and of B+.
/// </summary>
internal unsafe struct AffineForcedSteps<S, T> : IStepCoupling<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly ForcingProgram _forcing;
    private readonly AffineReadout<T> _readout;
    private readonly ExternalDrive<S, T> _drive;
    private readonly nint _memory, _memoryEnd, _state;
    private readonly T* _inputs, _targets, _weights, _stateGradients;
    private readonly S _mask;
    private readonly T _scale;
    private S _sum;

    /// <param name="forcing">Its strengths, step by step.</param>
    /// <param name="readout">B, B+ and what is gathered.</param>
    /// <param name="memory">The units that are drawn to 0.</param>
    /// <param name="state">Values of a state.</param>
    /// <param name="batch">The windows.</param>
    /// <param name="block">Which block of them.</param>
    /// <param name="scale">What a residual is multiplied with to be the gradient with respect to its prediction.</param>
    /// <param name="stateGradients">Where the gradients with respect to z_1 .. z_T go, from the second panel on; or null.</param>
    /// <param name="drive">What external inputs add.</param>
    public AffineForcedSteps(
        ForcingProgram forcing,
        AffineReadout<T> readout,
        (int Start, int Count) memory,
        nint state,
        WindowBatch<T> batch,
        int block,
        T scale,
        T* stateGradients,
        ExternalDrive<S, T> drive)
    {
        (_forcing, _readout, _drive, _state, _scale) = (forcing, readout, drive, state, scale);
        (_memory, _memoryEnd) = ((nint)memory.Start * s_lanes, (nint)(memory.Start + memory.Count) * s_lanes);
        _inputs = batch.Inputs(block);
        _targets = batch.Targets(block);
        _weights = batch.Weights(block);
        _stateGradients = stateGradients;
        T* lanes = stackalloc T[s_lanes];
        for (int i = 0; i < s_lanes; i++)
            lanes[i] = i < batch.Filled(block) ? T.One : T.Zero;
        _mask = S.Load(lanes);
    }

    /// <summary>Over the predictions that count and the windows of the block.</summary>
    public readonly double SumOfSquares => double.CreateTruncating(S.Sum(_sum));

    private readonly nint Observation => (nint)_readout.Observed * s_lanes;

    /// <summary>z_0 of the units that are read: B+ x_0.</summary>
    public readonly void Begin(T* state)
    {
        for (nint i = 0; i < _readout.Read; i++)
            Signal(i, _inputs).Store(state + (i * s_lanes));
    }

    /// <summary>The gradient of B+ of <see cref="Begin"/>.</summary>
    /// <param name="gradient">With respect to the units that are read.</param>
    public readonly void BeginAdjoint(T* gradient)
    {
        for (nint i = 0; i < _readout.Read; i++)
            GatherSignal(i, S.Load(gradient + (i * s_lanes)), _inputs);
    }

    // z~ = (1 - s) z + s B+ x, with s = 0 where a value of x is missing; the first state is made from the data
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Enter(int t, T* state)
    {
        if (t == 0 || _forcing.Strength(t) == 0)
            return;
        S s = Strengths(t);
        T* x = _inputs + (t * Observation);
        for (nint i = 0; i < _readout.Read; i++)
        {
            S z = S.Load(state + (i * s_lanes));
            S.MultiplyAdd(s, Signal(i, x) - z, z).Store(state + (i * s_lanes));
        }
        Forget(s, state);
    }

    // z += C s, then residual = B z - x where it counts
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Leave(int t, T* next)
    {
        if (_drive.IsThere)
            _drive.Add(t, next);
        if (t < _forcing.FirstCounted)
            return;
        int read = _readout.Read;
        // Forcing will overwrite what the residuals are of.
        new Span<T>(next, read * s_lanes).CopyTo(new(_readout.Predicted(t), read * s_lanes));
        T* target = _targets + ((t + 1) * Observation), residual = _readout.Residuals(t), b = _readout.Weights;
        T* weights = _weights is null ? null : _weights + ((t + 1) * Observation);
        S sum = _sum, mask = _mask;
        for (nint n = 0; n < Observation; n += s_lanes)
        {
            S difference = default(S) - S.Load(target + n);
            for (nint i = 0; i < read; i++)
                difference = S.MultiplyAdd(S.Load(next + (i * s_lanes)), S.Broadcast(*b++), difference);
            difference *= mask;
            if (weights is not null)
                difference *= S.Load(weights + n);
            difference.Store(residual + n);
            sum = S.MultiplyAdd(difference, difference, sum);
        }
        _sum = sum;
    }

    // g += scale B' residual where it counts, dL/dB += scale residual z'
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void LeaveAdjoint(int t, T* gradientNext)
    {
        if (t >= _forcing.FirstCounted)
        {
            int read = _readout.Read;
            T* residual = _readout.Residuals(t), predicted = _readout.Predicted(t), b = _readout.Weights, sum = _readout.WeightSums;
            S scale = S.Broadcast(_scale);
            for (nint n = 0; n < Observation; n += s_lanes)
            {
                S r = S.Load(residual + n) * scale;
                for (nint i = 0; i < read; i++, sum += s_lanes)
                {
                    S.MultiplyAdd(r, S.Broadcast(*b++), S.Load(gradientNext + (i * s_lanes))).Store(gradientNext + (i * s_lanes));
                    S.MultiplyAdd(r, S.Load(predicted + (i * s_lanes)), S.Load(sum)).Store(sum);
                }
            }
        }
        if (_drive.IsThere)
            _drive.Gather(t, gradientNext);
        if (_stateGradients is not null)
            new Span<T>(gradientNext, (int)_state).CopyTo(new(_stateGradients + ((t + 1) * _state), (int)_state));
    }

    // The share s of the gradient goes to the signal, the rest to the state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void EnterAdjoint(int t, T* gradient)
    {
        if (t == 0 || _forcing.Strength(t) == 0)
            return;
        S s = Strengths(t);
        T* x = _inputs + (t * Observation);
        for (nint i = 0; i < _readout.Read; i++)
        {
            S g = S.Load(gradient + (i * s_lanes)), signal = s * g;
            GatherSignal(i, signal, x);
            (g - signal).Store(gradient + (i * s_lanes));
        }
        Forget(s, gradient);
    }

    private readonly S Strengths(int t)
    {
        S s = S.Broadcast(T.CreateTruncating(_forcing.Strength(t)));
        for (nint n = 0; n < Observation && _weights is not null; n += s_lanes)
            s *= S.Load(_weights + (t * Observation) + n);
        return s;
    }

    private readonly S Signal(nint unit, T* x)
    {
        T* inverse = _readout.Inverse + (unit * _readout.Observed);
        S sum = default;
        for (nint n = 0; n < Observation; n += s_lanes)
            sum = S.MultiplyAdd(S.Load(x + n), S.Broadcast(*inverse++), sum);
        return sum;
    }

    private readonly void GatherSignal(nint unit, S gradient, T* x)
    {
        T* sum = _readout.InverseSums + (unit * Observation);
        for (nint n = 0; n < Observation; n += s_lanes)
            S.MultiplyAdd(gradient, S.Load(x + n), S.Load(sum + n)).Store(sum + n);
    }

    // Its own adjoint.
    private readonly void Forget(S s, T* state)
    {
        S kept = S.Broadcast(T.One) - s;
        for (nint i = _memory; i < _memoryEnd; i += s_lanes)
            (S.Load(state + i) * kept).Store(state + i);
    }
}
