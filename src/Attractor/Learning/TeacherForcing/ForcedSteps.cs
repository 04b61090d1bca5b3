using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Teacher forcing between the steps of one block of windows, with the squared residuals of the predictions, and its adjoint.
/// </summary>
internal unsafe struct ForcedSteps<S, T> : IStepCoupling<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly ForcingProgram _forcing;
    private readonly nint _observation, _state, _memory, _memoryEnd;
    private readonly T* _inputs, _targets, _weights, _residuals, _stateGradients;
    private readonly S _mask;
    private readonly T _scale;
    private readonly ExternalDrive<S, T> _drive;
    private S _sum;

    /// <param name="forcing">Its strengths, step by step.</param>
    /// <param name="observed">N.</param>
    /// <param name="memory">The units that are drawn to 0.</param>
    /// <param name="state">Values of a state.</param>
    /// <param name="batch">The windows.</param>
    /// <param name="block">Which block of them.</param>
    /// <param name="residuals">Room for T x N x lanes values.</param>
    /// <param name="scale">What a residual is multiplied with to be the gradient with respect to its prediction.</param>
    /// <param name="stateGradients">Where the gradients with respect to z_1 .. z_T go, from the second panel on; or null.</param>
    /// <param name="drive">What external inputs add.</param>
    public ForcedSteps(
        ForcingProgram forcing,
        int observed,
        (int Start, int Count) memory,
        nint state,
        WindowBatch<T> batch,
        int block,
        T* residuals,
        T scale,
        T* stateGradients,
        ExternalDrive<S, T> drive)
    {
        _drive = drive;
        (_memory, _memoryEnd) = ((nint)memory.Start * s_lanes, (nint)(memory.Start + memory.Count) * s_lanes);
        (_forcing, _observation, _state, _scale) = (forcing, (nint)observed * s_lanes, state, scale);
        _inputs = batch.Inputs(block);
        _targets = batch.Targets(block);
        _weights = batch.Weights(block);
        _residuals = residuals;
        _stateGradients = stateGradients;
        T* lanes = stackalloc T[s_lanes];
        for (int i = 0; i < s_lanes; i++)
            lanes[i] = i < batch.Filled(block) ? T.One : T.Zero;
        _mask = S.Load(lanes);
    }

    /// <summary>Over the predictions that count and the windows of the block.</summary>
    public readonly double SumOfSquares => double.CreateTruncating(S.Sum(_sum));

    // z~ = (1 - s) z + s x, with s = 0 where x is missing
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Enter(int t, T* state)
    {
        double strength = _forcing.Strength(t);
        if (strength == 0)
            return;
        T* x = _inputs + (t * _observation);
        if (_memory < _memoryEnd)
            Forget(t, strength, state);
        if (_weights is not null)
        {
            EnterWeighted(x, _weights + (t * _observation), strength, state);
            return;
        }
        S s = S.Broadcast(T.CreateTruncating(strength));
        for (nint i = 0; i < _observation; i += s_lanes)
        {
            S observation = S.Load(x + i);
            S forced = strength == 1 ? observation : S.MultiplyAdd(s, observation - S.Load(state + i), S.Load(state + i));
            forced.Store(state + i);
        }
    }

    // c~ = (1 - s) c, with s = 0 where a value is missing; the first is made from the data. Its own adjoint.
    private readonly void Forget(int t, double strength, T* state)
    {
        if (t == 0)
            return;
        S s = S.Broadcast(T.CreateTruncating(strength));
        for (nint i = 0; i < _observation && _weights is not null; i += s_lanes)
            s *= S.Load(_weights + (t * _observation) + i);
        S kept = S.Broadcast(T.One) - s;
        for (nint i = _memory; i < _memoryEnd; i += s_lanes)
            (S.Load(state + i) * kept).Store(state + i);
    }

    private readonly void EnterWeighted(T* x, T* weights, double strength, T* state)
    {
        S strengths = S.Broadcast(T.CreateTruncating(strength)), one = S.Broadcast(T.One);
        for (nint i = 0; i < _observation; i += s_lanes)
        {
            S s = strengths * S.Load(weights + i);
            // Exactly one of the two where the strength is 0 or 1.
            S.MultiplyAdd(s, S.Load(x + i), (one - s) * S.Load(state + i)).Store(state + i);
        }
    }

    // z += C s, then residual = z - x where it counts
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Leave(int t, T* next)
    {
        if (_drive.IsThere)
            _drive.Add(t, next);
        if (t < _forcing.FirstCounted)
            return;
        T* target = _targets + ((t + 1) * _observation), residual = _residuals + (t * _observation);
        T* weights = _weights is null ? null : _weights + ((t + 1) * _observation);
        S sum = _sum, mask = _mask;
        for (nint i = 0; i < _observation; i += s_lanes)
        {
            S difference = (S.Load(next + i) - S.Load(target + i)) * mask;
            if (weights is not null)
                difference *= S.Load(weights + i);
            difference.Store(residual + i);
            sum = S.MultiplyAdd(difference, difference, sum);
        }
        _sum = sum;
    }

    // g += scale residual where it counts
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void LeaveAdjoint(int t, T* gradientNext)
    {
        if (t >= _forcing.FirstCounted)
        {
            T* residual = _residuals + (t * _observation);
            S scale = S.Broadcast(_scale);
            for (nint i = 0; i < _observation; i += s_lanes)
                S.MultiplyAdd(S.Load(residual + i), scale, S.Load(gradientNext + i)).Store(gradientNext + i);
        }
        if (_drive.IsThere)
            _drive.Gather(t, gradientNext);
        if (_stateGradients is not null)
            new Span<T>(gradientNext, (int)_state).CopyTo(new(_stateGradients + ((t + 1) * _state), (int)_state));
    }

    // g = (1 - s) g, with s = 0 where x is missing. The first state is made from the data, so nothing is passed on through its observed
    // units.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void EnterAdjoint(int t, T* gradient)
    {
        double strength = _forcing.Strength(t);
        if (strength == 0 || t == 0)
            return;
        if (_memory < _memoryEnd)
            Forget(t, strength, gradient);
        if (_weights is not null)
        {
            S one = S.Broadcast(T.One), full = S.Broadcast(T.CreateTruncating(strength));
            T* weights = _weights + (t * _observation);
            for (nint i = 0; i < _observation; i += s_lanes)
                (S.Load(gradient + i) * (one - (full * S.Load(weights + i)))).Store(gradient + i);
            return;
        }
        S s = S.Broadcast(T.CreateTruncating(1 - strength));
        for (nint i = 0; i < _observation; i += s_lanes)
            (S.Load(gradient + i) * s).Store(gradient + i);
    }
}
