using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>z_t = F(z_{t-1}) for t = 1 .. steps, of a batch of rows, which the kernel takes as lanes.</summary>
internal sealed unsafe class RecurrenceOperation<S, T> : Operation<T>, IBatched, IDisposable
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As many steps as the trainer forms weight gradients over at once.
    private const int BlockSteps = 20;

    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly KernelPool<S, T> _kernels;
    private readonly int _steps, _latent;

    public RecurrenceOperation(RecurrentModel model, int steps)
    {
        _kernels = new(model);
        (_steps, _latent) = (steps, model.Latent);
    }

    private nint State => (nint)_kernels.StateRows * s_lanes;

    private nint Tape => (nint)_kernels.TapeRows * s_lanes;

    private nint Adjoint => (nint)_kernels.AdjointRows * s_lanes;

    // States 0 .. steps and the tapes of the steps, for one block of lanes.
    private nint BlockLength => ((_steps + 1) * State) + (_steps * Tape);

    public int SavedCount(int rows) => checked((int)(RowPanel<S, T>.Count(rows) * BlockLength));

    public override void Forward(OperationContext<T> context)
    {
        int rows = context.InputShape(1).Rows;
        RecurrentKernel<T> kernel = _kernels.Take();
        kernel.Load(context.InputPointer(0));
        for (int block = 0; block < RowPanel<S, T>.Count(rows); block++)
        {
            T* states = context.SavedPointer + (block * BlockLength), tapes = states + ((_steps + 1) * State);
            nint first = (nint)block * s_lanes * _latent;
            int filled = Filled(rows, block);
            RowPanel<S, T>.Load(context.InputPointer(1) + first, filled, _latent, states);
            for (int t = 0; t < _steps; t++)
            {
                kernel.Forward(states + (t * State), tapes + (t * Tape), states + ((t + 1) * State));
                RowPanel<S, T>.Store(states + ((t + 1) * State), context.OutputPointer + ((nint)t * rows * _latent) + first, filled, _latent);
            }
        }
        _kernels.GiveBack(kernel);
    }

    public override void Backward(OperationContext<T> context)
    {
        int rows = context.InputShape(1).Rows;
        RecurrentKernel<T> kernel = _kernels.Take();
        kernel.Load(context.InputPointer(0));
        T* gradients = context.Scratch(checked((int)((BlockSteps + 1) * State))), adjoints = context.Scratch(checked((int)(BlockSteps * Adjoint)));
        for (int block = 0; block < RowPanel<S, T>.Count(rows); block++)
        {
            T* states = context.SavedPointer + (block * BlockLength), tapes = states + ((_steps + 1) * State);
            T* first = Backward(kernel, context.OutputGradientPointer, rows, block, states, tapes, gradients, adjoints);
            if (context.NeedsGradient(1))
                RowPanel<S, T>.StoreAdding(first, context.InputGradientPointer(1) + ((nint)block * s_lanes * _latent), Filled(rows, block), _latent);
        }
        // Wanted or not: a kernel is given back empty.
        kernel.StoreGradient(context.NeedsGradient(0) ? context.InputGradientPointer(0) : context.Scratch(context.InputShape(0).Count));
        _kernels.GiveBack(kernel);
    }

    public void Dispose() => _kernels.Dispose();

    // Returns the gradient with respect to the first states of one block of lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T* Backward(RecurrentKernel<T> kernel, T* outputGradient, int rows, int block, T* states, T* tapes, T* gradients, T* adjoints)
    {
        new Span<T>(gradients + (BlockSteps * State), (int)State).Clear();
        int end = _steps;
        while (true)
        {
            int start = Math.Max(0, end - BlockSteps), steps = end - start;
            T* those = gradients + ((BlockSteps - steps) * State);
            for (int t = end - 1; t >= start; t--)
            {
                T* next = those + ((t + 1 - start) * State);
                RowPanel<S, T>.LoadAdding(outputGradient + ((((nint)t * rows) + ((nint)block * s_lanes)) * _latent), Filled(rows, block), _latent, next);
                kernel.Backward(states + (t * State), tapes + (t * Tape), next, adjoints + ((t - start) * Adjoint), next - State);
            }
            kernel.AccumulateGradient(states + (start * State), tapes + (start * Tape), those + State, adjoints, steps);
            if (start == 0)
                return those;
            new Span<T>(those, (int)State).CopyTo(new Span<T>(gradients + (BlockSteps * State), (int)State));
            end = start;
        }
    }

    private static int Filled(int rows, int block) => Math.Min(s_lanes, rows - (block * s_lanes));
}
