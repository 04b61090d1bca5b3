using System.Numerics;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>What a thread needs to carry a block of segments forward and back.</summary>
internal sealed unsafe class SegmentPass<S, T> : IDisposable
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Steps whose gradients are summed in T before they go to float64; whole blocks of a kernel's steps.
    private const int SummedSteps = 2000;

    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly RecurrentModel _model;
    private readonly SegmentLayout _layout;
    private readonly RecurrentKernel<T> _kernel;
    private readonly Unrolling<T> _unrolling;
    private readonly TeacherForcing _forcing;
    private readonly bool _isConstant;
    private readonly SegmentRows<T> _rows;
    private readonly SegmentRows<T>? _inputs;
    private readonly AlignedBuffer<T> _states, _tapes, _residuals, _gradients, _adjoints, _strengths, _inputGradients, _sums, _carried,
        _steps;

    public SegmentPass(RecurrentModel model, TeacherForcing forcing, SegmentLayout layout)
    {
        (_model, _forcing, _layout) = (model, forcing, layout);
        _kernel = model.CreateKernel<S, T>();
        _unrolling = new(_kernel);
        _isConstant = forcing is GeneralizedTeacherForcing;
        _rows = new(model.Observed, s_lanes);
        _inputs = model.Inputs > 0 ? new(model.Inputs, s_lanes) : null;
        _states = new((layout.Kept + 1) * _unrolling.State);
        _tapes = new(layout.Kept * _unrolling.Tape);
        _residuals = new(layout.Kept * _rows.Row);
        _gradients = new(_unrolling.GradientLength);
        _adjoints = new(_unrolling.AdjointLength);
        _strengths = new((_isConstant ? 1 : layout.Kept + layout.Overlap + 1L) * s_lanes);
        _inputGradients = new((long)(model.InputWeights?.Count ?? 0) * s_lanes);
        _sums = new(model.Parameters.Count);
        _carried = new(_unrolling.State);
        _steps = new(s_lanes);
    }

    /// <summary>What a block keeps of a step, in bytes.</summary>
    public static long BytesOfStep(RecurrentModel model)
    {
        using RecurrentKernel<T> kernel = model.CreateKernel<S, T>();
        return 64L * (kernel.StateRows + kernel.TapeRows + model.Observed);
    }

    /// <summary>Takes the parameters; once before the blocks.</summary>
    public void Load(T* parameters) => _kernel.Load(parameters);

    /// <summary>Forward and back over a block.</summary>
    /// <param name="parameters">Those that were loaded.</param>
    /// <param name="data">The sequence.</param>
    /// <param name="block">Which block.</param>
    /// <param name="gradient">What the gradient of the sum of squares is added to.</param>
    /// <param name="seams">Where the ends of its segments go.</param>
    /// <returns>The sum of squares.</returns>
    public double Run(T* parameters, in SegmentedData data, int block, Span<double> gradient, SegmentSeams seams)
    {
        long start = (long)block * s_lanes * _layout.Length;
        _rows.Begin(data.Values, data.Rows, start, _layout.Length);
        _inputs?.Begin(data.Inputs, data.Rows, start, _layout.Length);
        for (int lane = 0; lane < s_lanes; lane++)
            _steps.Pointer[lane] = T.CreateTruncating(Math.Clamp(_layout.Steps - start - ((long)lane * _layout.Length), 0, _layout.Kept));
        FillStrengths(start);
        SegmentSteps<S, T> steps = new(
            _rows,
            _inputs,
            _strengths.Pointer,
            _isConstant,
            block == 0,
            _residuals.Pointer,
            _layout,
            _steps.Pointer,
            _model.Memory,
            ((nint)(parameters + (_model.InputWeights?.Offset ?? 0)), (nint)_inputGradients.Pointer, _model.Latent));
        Forward(parameters, block, ref steps, seams);
        Backward(block, ref steps, gradient, seams);
        return steps.SumOfSquares;
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _rows.Dispose();
        _inputs?.Dispose();
        foreach (AlignedBuffer<T> buffer in (AlignedBuffer<T>[])[
            _states, _tapes, _residuals, _gradients, _adjoints, _strengths, _inputGradients, _sums, _carried, _steps])
            buffer.Dispose();
    }

    private void Forward(T* parameters, int block, ref SegmentSteps<S, T> steps, SegmentSeams seams)
    {
        T* states = _states.Pointer;
        if (_layout.Overlap > 0)
        {
            Begin(parameters, -_layout.Overlap);
            steps.Offset = -_layout.Overlap;
            _unrolling.Forward(_layout.Overlap, states, _tapes.Pointer, ref steps);
            Span(states + (_layout.Overlap * _unrolling.State)).CopyTo(Span(_carried.Pointer));
        }
        Begin(parameters, 0);
        // The segments go on from the states that they have found; the first of the sequence has its own.
        if (_layout.Overlap > 0)
            for (nint i = 0; i < _unrolling.State; i++)
                if (block > 0 || i % s_lanes > 0)
                    states[i] = _carried.Pointer[i];
        steps.Offset = 0;
        _unrolling.Forward(_layout.Kept, states, _tapes.Pointer, ref steps);
        T* last = states + (_layout.Length * _unrolling.State);
        if (_layout.Overlap == 0)
            steps.Enter(_layout.Length, last);
        for (int lane = 0; lane < s_lanes && SegmentAt(block, lane) is { } segment; lane++)
        {
            Keep(states, lane, seams[segment].FirstState.Span);
            Keep(last, lane, seams[segment].LastState.Span);
        }
    }

    private void Backward(int block, ref SegmentSteps<S, T> steps, Span<double> gradient, SegmentSeams seams)
    {
        T* carried = _carried.Pointer;
        Span(carried).Clear();
        if (_layout.Overlap > 0)
        {
            // What runs out behind a segment belongs to the next: its adjoint is wanted, its gradients are not.
            Back(_layout.Length, _layout.Kept, ref steps);
            _kernel.StoreGradient(_sums.Pointer);
            _sums.Clear();
            _inputGradients.Clear();
        }
        for (int lane = 0; lane < s_lanes && SegmentAt(block, lane) is { } segment; lane++)
            Keep(carried, lane, seams[segment].LastAdjoint.Span);
        for (int end = _layout.Length; end > 0; end -= SummedSteps)
        {
            Back(Math.Max(0, end - SummedSteps), end, ref steps);
            Gather(gradient);
        }
        for (int lane = 0; lane < s_lanes && SegmentAt(block, lane) is { } segment; lane++)
            Keep(carried, lane, seams[segment].FirstAdjoint.Span);
        if (block == 0 && _model.InitialStateMap is { } map)
            for (int i = 0; i < map.Rows; i++)
                for (int j = 0; j < map.Columns; j++)
                    gradient[map.Offset + (i * map.Columns) + j] += double.CreateTruncating(
                        carried[(_model.Observed + i) * s_lanes] * _rows.At(0)[j * s_lanes]);
    }

    private void Back(int start, int end, ref SegmentSteps<S, T> steps)
    {
        steps.Offset = start;
        T* first = _unrolling.Backward(
            end - start,
            _states.Pointer + (start * _unrolling.State),
            _tapes.Pointer + (start * _unrolling.Tape),
            _gradients.Pointer,
            _adjoints.Pointer,
            ref steps,
            _carried.Pointer);
        Span(first).CopyTo(Span(_carried.Pointer));
    }

    // z = [x; L x] in all lanes.
    private void Begin(T* parameters, int t)
    {
        T* z = _states.Pointer;
        new Span<T>(_rows.At(t), (int)_rows.Row).CopyTo(new(z, (int)_rows.Row));
        if (_model.InitialStateMap is not { } map)
            return;
        T* l = parameters + map.Offset;
        for (int i = 0; i < map.Rows; i++)
        {
            S sum = default;
            for (int j = 0; j < map.Columns; j++)
                sum = S.MultiplyAdd(S.Load(z + (j * s_lanes)), S.Broadcast(*l++), sum);
            sum.Store(z + ((_model.Observed + i) * s_lanes));
        }
    }

    private void FillStrengths(long start)
    {
        for (long at = 0; at < _strengths.Length; at++)
        {
            long t = start + (at % s_lanes * _layout.Length) + (at / s_lanes) - _layout.Overlap;
            // Before and behind the sequence it does not matter which.
            _strengths.Pointer[at] = T.CreateTruncating(_forcing.Strength((int)Math.Clamp(t, 0, _layout.Steps)));
        }
    }

    private void Gather(Span<double> gradient)
    {
        _kernel.StoreGradient(_sums.Pointer);
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] += double.CreateTruncating(_sums.Pointer[i]);
        _sums.Clear();
        if (_model.InputWeights is not { } c)
            return;
        for (int i = 0; i < c.Count; i++)
            gradient[c.Offset + i] += double.CreateTruncating(S.Sum(S.Load(_inputGradients.Pointer + ((nint)i * s_lanes))));
        _inputGradients.Clear();
    }

    private int? SegmentAt(int block, int lane) => (block * s_lanes) + lane is var segment && segment < _layout.Segments ? segment : null;

    private void Keep(T* panel, int lane, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = double.CreateTruncating(panel[(i * s_lanes) + lane]);
    }

    private Span<T> Span(T* state) => new(state, (int)_unrolling.State);
}
