using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// Teacher forcing between the steps of one block of segments, with the squared residuals of the predictions, and its adjoint: lane by
/// lane z~ = (1 - s) z + s x, and 2 (z' - x') on the way back.
/// </summary>
internal unsafe struct SegmentSteps<S, T> : IStepCoupling<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Squares that are summed before they go to float64.
    private const int SummedSteps = 512;

    private readonly SegmentRows<T> _rows;
    private readonly SegmentRows<T>? _inputs;
    private readonly T* _strengths, _residuals, _inputWeights, _inputGradients;
    private readonly nint _strengthStride, _observed, _memory, _memoryEnd;
    private readonly int _units, _length, _overlap;
    private readonly S _steps, _firstKept;
    private S _sum;
    private double _total;

    /// <param name="rows">The data, at the segments of the block.</param>
    /// <param name="inputs">External inputs alike; null for none.</param>
    /// <param name="strengths">s of the steps from the overlap before the segment on, lanes values each; one for all if constant.</param>
    /// <param name="isConstant">Whether there is but one strength.</param>
    /// <param name="beginsSequence">Whether lane 0 begins with the sequence, so that its z_0 is the data's own.</param>
    /// <param name="residuals">Room for length + overlap rows.</param>
    /// <param name="layout">The cut.</param>
    /// <param name="steps">Of each lane, how many of its steps there are before the sequence ends.</param>
    /// <param name="memory">Units that forcing draws to 0.</param>
    /// <param name="drive">C (M x K), its gradients (M x K x lanes), and M.</param>
    public SegmentSteps(
        SegmentRows<T> rows,
        SegmentRows<T>? inputs,
        T* strengths,
        bool isConstant,
        bool beginsSequence,
        T* residuals,
        in SegmentLayout layout,
        T* steps,
        (int Start, int Count) memory,
        (nint Weights, nint Gradients, int Units) drive)
    {
        int lanes = sizeof(S) / sizeof(T);
        (_rows, _inputs, _units) = (rows, inputs, drive.Units);
        _strengths = strengths;
        _residuals = residuals;
        _inputWeights = (T*)drive.Weights;
        _inputGradients = (T*)drive.Gradients;
        (_strengthStride, _observed) = (isConstant ? 0 : lanes, rows.Row);
        (_memory, _memoryEnd) = ((nint)memory.Start * lanes, (nint)(memory.Start + memory.Count) * lanes);
        (_length, _overlap) = (layout.Length, layout.Overlap);
        _steps = S.Load(steps);
        T* kept = stackalloc T[lanes];
        new Span<T>(kept, lanes).Fill(T.One);
        if (beginsSequence)
            kept[0] = T.Zero;
        _firstKept = S.Load(kept);
    }

    /// <summary>The step of the segment that the walk calls 0.</summary>
    public int Offset { get; set; }

    /// <summary>Over the predictions of the segments.</summary>
    public readonly double SumOfSquares => _total + double.CreateTruncating(S.Sum(_sum));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Enter(int t, T* state)
    {
        int lanes = sizeof(S) / sizeof(T);
        t += Offset;
        S s = Strength(t), kept = S.Broadcast(T.One) - s;
        T* x = _rows.At(t);
        for (nint i = 0; i < _observed; i += lanes)
            S.MultiplyAdd(s, S.Load(x + i), kept * S.Load(state + i)).Store(state + i);
        for (nint i = _memory; i < _memoryEnd; i += lanes)
            (S.Load(state + i) * kept).Store(state + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Leave(int t, T* next)
    {
        int lanes = sizeof(S) / sizeof(T);
        t += Offset;
        if (_inputs is not null)
            Drive(t).Add(-1, next);
        if (t < 0)
            return;
        T* target = _rows.At(t) + _observed, residual = _residuals + (t * _observed);
        S step = S.Broadcast(T.CreateTruncating(t)), sum = default;
        for (nint i = 0; i < _observed; i += lanes)
        {
            S difference = S.WhereGreater(_steps, step, S.Load(next + i) - S.Load(target + i));
            difference.Store(residual + i);
            sum = S.MultiplyAdd(difference, difference, sum);
        }
        if (t >= _length)
            return;
        _sum += sum;
        if (t % SummedSteps != 0)
            return;
        _total += double.CreateTruncating(S.Sum(_sum));
        _sum = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void LeaveAdjoint(int t, T* gradientNext)
    {
        int lanes = sizeof(S) / sizeof(T);
        t += Offset;
        T* residual = _residuals + (t * _observed);
        for (nint i = 0; i < _observed; i += lanes)
        {
            S difference = S.Load(residual + i);
            (S.Load(gradientNext + i) + (difference + difference)).Store(gradientNext + i);
        }
        if (_inputs is not null)
            Drive(t).Gather(-1, gradientNext);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void EnterAdjoint(int t, T* gradient)
    {
        int lanes = sizeof(S) / sizeof(T);
        S kept = S.Broadcast(T.One) - Strength(t + Offset);
        for (nint i = 0; i < _observed; i += lanes)
            (S.Load(gradient + i) * kept).Store(gradient + i);
        for (nint i = _memory; i < _memoryEnd; i += lanes)
            (S.Load(gradient + i) * kept).Store(gradient + i);
    }

    // The first state of the sequence is made from the data, which draw it no further.
    private readonly S Strength(int t)
    {
        S s = S.Load(_strengths + ((t + _overlap) * _strengthStride));
        return t == 0 ? s * _firstKept : s;
    }

    // With the inputs that arrive with the row behind a step at its row 0.
    private readonly ExternalDrive<S, T> Drive(int t)
        => new(_inputWeights, _inputs!.At(t) + _inputs.Row, _inputGradients, _units, (int)(_inputs.Row / (sizeof(S) / sizeof(T))));
}
