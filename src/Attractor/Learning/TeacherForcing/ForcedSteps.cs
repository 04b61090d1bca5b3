using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Teacher forcing between the steps of one block of windows, with the squared residuals of the predictions, and its adjoint.
/// </summary>
internal unsafe struct ForcedSteps<S, T, O> : IStepCoupling<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where O : struct, IObservationSteps<S, T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly O _observation;
    private readonly ForcingProgram _forcing;
    private readonly ExternalDrive<S, T> _drive;
    private readonly nint _observed, _state, _memory, _memoryEnd;
    private readonly T* _weights, _stateGradients;
    private readonly S _mask, _scale;
    private S _sum;

    /// <param name="observation">How the data draw the states, and what is predicted of them.</param>
    /// <param name="forcing">Its strengths, step by step.</param>
    /// <param name="memory">The units that are drawn to 0.</param>
    /// <param name="state">Values of a state.</param>
    /// <param name="batch">The windows.</param>
    /// <param name="block">Which block of them.</param>
    /// <param name="scale">What a residual is multiplied with to be the gradient with respect to its prediction.</param>
    /// <param name="stateGradients">Where the gradients with respect to z_1 .. z_T go, from the second panel on; or null.</param>
    /// <param name="drive">What external inputs add.</param>
    public ForcedSteps(
        O observation,
        ForcingProgram forcing,
        (int Start, int Count) memory,
        nint state,
        WindowBatch<T> batch,
        int block,
        T scale,
        T* stateGradients,
        ExternalDrive<S, T> drive)
    {
        (_observation, _forcing, _drive, _state) = (observation, forcing, drive, state);
        (_memory, _memoryEnd) = ((nint)memory.Start * s_lanes, (nint)(memory.Start + memory.Count) * s_lanes);
        _observed = (nint)batch.Observed * s_lanes;
        _weights = batch.Weights(block);
        _stateGradients = stateGradients;
        T* lanes = stackalloc T[s_lanes];
        for (int i = 0; i < s_lanes; i++)
            lanes[i] = i < batch.Filled(block) ? T.One : T.Zero;
        (_mask, _scale) = (S.Load(lanes), S.Broadcast(scale));
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
        _observation.Draw(t, strength, state);
        Forget(t, strength, state);
    }

    // z += C s, then what the prediction misses where it counts
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Leave(int t, T* next)
    {
        if (_drive.IsThere)
            _drive.Add(t, next);
        if (t >= _forcing.FirstCounted)
            _sum = _observation.Compare(t, next, _mask, _sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void LeaveAdjoint(int t, T* gradientNext)
    {
        if (t >= _forcing.FirstCounted)
            _observation.CompareAdjoint(t, _scale, gradientNext);
        if (_drive.IsThere)
            _drive.Gather(t, gradientNext);
        if (_stateGradients is not null)
            new Span<T>(gradientNext, (int)_state).CopyTo(new(_stateGradients + ((t + 1) * _state), (int)_state));
    }

    // g = (1 - s) g, with s = 0 where x is missing. The first state is made from the data, so nothing is passed on through the units that
    // are read.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void EnterAdjoint(int t, T* gradient)
    {
        double strength = _forcing.Strength(t);
        if (strength == 0 || t == 0)
            return;
        _observation.DrawAdjoint(t, strength, gradient);
        Forget(t, strength, gradient);
    }

    // c~ = (1 - s) c, with s = 0 where a value is missing; the first is made from the data. Its own adjoint.
    private readonly void Forget(int t, double strength, T* state)
    {
        if (t == 0 || _memory == _memoryEnd)
            return;
        S kept = S.Broadcast(T.One) - ForcingStrength<S, T>.OfRow(strength, _weights, t, _observed);
        for (nint i = _memory; i < _memoryEnd; i += s_lanes)
            (S.Load(state + i) * kept).Store(state + i);
    }
}
