using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>h_t = F(h_{t-1}) + u_t over packed sequences, blocks of which the kernel takes as lanes. Inputs: parameters (1 x count), u (rows x M); output h (rows x M).</summary>
/// <remarks>Kept for the adjoint: for every block of lanes, the states before and the tapes of its steps, one behind the other in the order they are gone through.</remarks>
internal sealed unsafe class DrivenRecurrenceOperation<S, T> : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As many steps as the trainer forms weight gradients over at once.
    private const int BlockSteps = 20;

    private static readonly int s_lanes = RowPanel<S, T>.Lanes;

    private readonly KernelPool<S, T> _kernels;
    private readonly SequenceLayout _layout;
    private readonly TimeDirection _direction;

    public DrivenRecurrenceOperation(KernelPool<S, T> kernels, SequenceLayout layout, TimeDirection direction)
    {
        (_kernels, _layout, _direction) = (kernels, layout, direction);
        long saved = 0;
        for (int block = 0; block < Blocks; block++)
            saved += Steps(block) * (long)(State + Tape);
        SavedCount = checked((int)saved);
    }

    public int SavedCount { get; }

    private int Latent => _kernels.StateRows;

    private nint State => (nint)_kernels.StateRows * s_lanes;

    private nint Tape => (nint)_kernels.TapeRows * s_lanes;

    private nint Adjoint => (nint)_kernels.AdjointRows * s_lanes;

    private int Blocks => RowPanel<S, T>.Count(_layout.Sequences);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(OperationContext<T> context)
    {
        T* drive = context.InputPointer(1), h = context.OutputPointer, states = context.SavedPointer;
        RecurrentKernel<T> kernel = _kernels.Take();
        kernel.Load(context.InputPointer(0));
        T* next = context.Scratch((int)State);
        for (int block = 0; block < Blocks; block++)
        {
            int steps = Steps(block);
            T* tapes = states + (steps * State);
            for (int step = 0; step < steps; step++)
            {
                T* state = states + (step * State);
                RowPanel<S, T>.Load(h + Before(block, step), Continuing(block, step), Latent, state);
                kernel.Forward(state, tapes + (step * Tape), next);
                int active = Active(block, step);
                RowPanel<S, T>.LoadAdding(drive + At(block, step), active, Latent, next);
                RowPanel<S, T>.Store(next, h + At(block, step), active, Latent);
            }
            states = tapes + (steps * Tape);
        }
        _kernels.GiveBack(kernel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(OperationContext<T> context)
    {
        int values = _layout.Rows * Latent;
        T* states = context.SavedPointer, g = context.Scratch(values);
        new Span<T>(context.OutputGradientPointer, values).CopyTo(new(g, values));
        RecurrentKernel<T> kernel = _kernels.Take();
        kernel.Load(context.InputPointer(0));
        T* gradients = context.Scratch(checked((int)(BlockSteps * State))), adjoints = context.Scratch(checked((int)(BlockSteps * Adjoint))), before = context.Scratch((int)State);
        for (int block = 0; block < Blocks; block++)
        {
            int steps = Steps(block);
            T* tapes = states + (steps * State);
            for (int end = steps; end > 0; end -= BlockSteps)
            {
                int start = Math.Max(0, end - BlockSteps);
                for (int step = end - 1; step >= start; step--)
                {
                    T* gradient = gradients + ((step - start) * State);
                    RowPanel<S, T>.Load(g + At(block, step), Active(block, step), Latent, gradient);
                    kernel.Backward(states + (step * State), tapes + (step * Tape), gradient, adjoints + ((step - start) * Adjoint), before);
                    RowPanel<S, T>.StoreAdding(before, g + Before(block, step), Continuing(block, step), Latent);
                }
                kernel.AccumulateGradient(states + (start * State), tapes + (start * Tape), gradients, adjoints, end - start);
            }
            states = tapes + (steps * Tape);
        }
        // Wanted or not: a kernel is given back empty.
        kernel.StoreGradient(context.NeedsGradient(0) ? context.InputGradientPointer(0) : context.Scratch(context.InputShape(0).Count));
        if (context.NeedsGradient(1))
            Add(g, context.InputGradientPointer(1), values);
        _kernels.GiveBack(kernel);
    }

    // A block is gone through only while the longest of its sequences lasts.
    private int Steps(int block) => _layout.Lengths[block * s_lanes];

    private int TimeOf(int block, int step) => _direction == TimeDirection.Forward ? step : Steps(block) - 1 - step;

    private int Active(int block, int step) => Math.Min(s_lanes, _layout.Active(TimeOf(block, step)) - (block * s_lanes));

    // Of those, the ones that were active at the step before, which come first.
    private int Continuing(int block, int step) => step == 0 ? 0 : Math.Min(Active(block, step), Active(block, step - 1));

    // Where the rows of the block at a step are, and those of the step before.
    private nint At(int block, int step) => ((nint)_layout.Offsets[TimeOf(block, step)] + (block * s_lanes)) * Latent;

    private nint Before(int block, int step) => step == 0 ? 0 : At(block, step - 1);

    private static void Add(T* source, T* target, int count) => GradientCopy<T>.Add(new(source, count), new(target, count));
}
