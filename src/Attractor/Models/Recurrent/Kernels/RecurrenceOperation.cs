using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Differentiation;
using Attractor.Numerics.Lanes;

namespace Attractor.Models.Recurrent.Kernels;

/// <summary>z_t = F(z_{t-1}) for t = 1 .. steps, of a batch of rows, which the kernel takes as lanes.</summary>
internal sealed unsafe class RecurrenceOperation<S, T> : Operation<T>, IBatched, IDisposable
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As many steps as the trainer forms weight gradients over at once.
    private const int BlockSteps = 20;

    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly RecurrentKernel<T> _kernel;
    private readonly int _steps, _latent;

    public RecurrenceOperation(RecurrentModel model, int steps)
    {
        _kernel = model.CreateKernel<S, T>();
        (_steps, _latent) = (steps, model.Latent);
    }

    private nint State => (nint)_kernel.StateRows * s_lanes;

    private nint Tape => (nint)_kernel.TapeRows * s_lanes;

    private nint Adjoint => (nint)_kernel.AdjointRows * s_lanes;

    // States 0 .. steps and the tapes of the steps, for one block of lanes.
    private nint BlockLength => ((_steps + 1) * State) + (_steps * Tape);

    public int SavedCount(int rows) => checked((int)(Blocks(rows) * BlockLength));

    public override void Forward(OperationContext<T> context)
    {
        int rows = context.InputShape(1).Rows;
        _kernel.Load(context.InputPointer(0));
        for (int block = 0; block < Blocks(rows); block++)
        {
            T* states = context.SavedPointer + (block * BlockLength), tapes = states + ((_steps + 1) * State);
            ToLanes(context.InputPointer(1), rows, block, states, add: false);
            for (int t = 0; t < _steps; t++)
            {
                _kernel.Forward(states + (t * State), tapes + (t * Tape), states + ((t + 1) * State));
                FromLanes(states + ((t + 1) * State), context.OutputPointer + ((nint)t * rows * _latent), rows, block, add: false);
            }
        }
    }

    public override void Backward(OperationContext<T> context)
    {
        int rows = context.InputShape(1).Rows;
        _kernel.Load(context.InputPointer(0));
        T* gradients = context.Scratch(checked((int)((BlockSteps + 1) * State))), adjoints = context.Scratch(checked((int)(BlockSteps * Adjoint)));
        for (int block = 0; block < Blocks(rows); block++)
        {
            T* states = context.SavedPointer + (block * BlockLength), tapes = states + ((_steps + 1) * State);
            T* first = Backward(context.OutputGradientPointer, rows, block, states, tapes, gradients, adjoints);
            if (context.NeedsGradient(1))
                FromLanes(first, context.InputGradientPointer(1), rows, block, add: true);
        }
        if (context.NeedsGradient(0))
            _kernel.StoreGradient(context.InputGradientPointer(0));
    }

    public void Dispose() => _kernel.Dispose();

    // Returns the gradient with respect to the first states of one block of lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T* Backward(T* outputGradient, int rows, int block, T* states, T* tapes, T* gradients, T* adjoints)
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
                ToLanes(outputGradient + ((nint)t * rows * _latent), rows, block, next, add: true);
                _kernel.Backward(states + (t * State), tapes + (t * Tape), next, adjoints + ((t - start) * Adjoint), next - State);
            }
            _kernel.AccumulateGradient(states + (start * State), tapes + (start * Tape), those + State, adjoints, steps);
            if (start == 0)
                return those;
            new Span<T>(those, (int)State).CopyTo(new Span<T>(gradients + (BlockSteps * State), (int)State));
            end = start;
        }
    }

    private static int Blocks(int rows) => (rows + s_lanes - 1) / s_lanes;

    // A block of rows becomes a panel; lanes without a row get 0.
    private void ToLanes(T* matrix, int rows, int block, T* panel, bool add)
    {
        int first = block * s_lanes, filled = Math.Min(s_lanes, rows - first);
        for (int j = 0; j < _latent; j++)
            for (int lane = 0; lane < s_lanes; lane++)
            {
                T value = lane < filled ? matrix[((nint)(first + lane) * _latent) + j] : T.Zero;
                T* place = panel + ((nint)j * s_lanes) + lane;
                *place = add ? *place + value : value;
            }
    }

    private void FromLanes(T* panel, T* matrix, int rows, int block, bool add)
    {
        int first = block * s_lanes, filled = Math.Min(s_lanes, rows - first);
        for (int lane = 0; lane < filled; lane++)
            for (int j = 0; j < _latent; j++)
            {
                T* place = matrix + ((nint)(first + lane) * _latent) + j;
                T value = panel[((nint)j * s_lanes) + lane];
                *place = add ? *place + value : value;
            }
    }
}
