using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>z_t = F(z_{t-1}) for t = 1 .. steps, of a batch of rows, which the kernel takes as lanes.</summary>
/// <remarks>Inputs: parameters (1 x count), z_0 (n x M); output: the states, one under the other (steps n x M).</remarks>
internal sealed unsafe class RecurrenceOperation<T>(RecurrentModel model, int steps) : Operation<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelPool<T> _kernels = new(model);

    /// <summary>How many values are kept for a batch of so many rows.</summary>
    public int SavedCount(int rows) => checked((int)(RowPanel<T>.Count(rows) * _kernels.KeptCount(steps)));

    public override void Forward(OperationContext<T> context)
    {
        int rows = context.InputShape(1).Rows, latent = _kernels.StateRows;
        RecurrentKernel<T> kernel = _kernels.Take();
        Unrolling<T> unrolling = new(kernel);
        kernel.Load(context.InputPointer(0));
        for (int block = 0; block < RowPanel<T>.Count(rows); block++)
        {
            T* states = States(context, block);
            nint first = (nint)block * RecurrentKernel<T>.Lanes * latent;
            RowPanel<T>.Load(context.InputPointer(1) + first, RowPanel<T>.Filled(rows, block), latent, states);
            StatesInRows coupling = new(context.OutputPointer + first, rows, RowPanel<T>.Filled(rows, block), latent);
            unrolling.Forward(steps, states, states + ((steps + 1) * unrolling.State), ref coupling);
        }
        _kernels.GiveBack(kernel);
    }

    public override void Backward(OperationContext<T> context)
    {
        int rows = context.InputShape(1).Rows, latent = _kernels.StateRows;
        RecurrentKernel<T> kernel = _kernels.Take();
        Unrolling<T> unrolling = new(kernel);
        kernel.Load(context.InputPointer(0));
        T* gradients = context.Scratch(checked((int)unrolling.GradientLength)),
            adjoints = context.Scratch(checked((int)unrolling.AdjointLength));
        for (int block = 0; block < RowPanel<T>.Count(rows); block++)
        {
            T* states = States(context, block);
            nint first = (nint)block * RecurrentKernel<T>.Lanes * latent;
            int filled = RowPanel<T>.Filled(rows, block);
            StatesInRows coupling = new(context.OutputGradientPointer + first, rows, filled, latent);
            T* gradientOfFirst = unrolling.Backward(
                steps, states, states + ((steps + 1) * unrolling.State), gradients, adjoints, ref coupling);
            if (context.NeedsGradient(1))
                RowPanel<T>.StoreAdding(gradientOfFirst, context.InputGradientPointer(1) + first, filled, latent);
        }
        // Wanted or not: a kernel is given back empty.
        kernel.StoreGradient(context.NeedsGradient(0) ? context.InputGradientPointer(0) : context.Scratch(context.InputShape(0).Count));
        _kernels.GiveBack(kernel);
    }

    public void Dispose() => _kernels.Dispose();

    private T* States(OperationContext<T> context, int block) => context.SavedPointer + (nint)(block * _kernels.KeptCount(steps));

    // The states go to rows of the output, from whose gradient theirs comes.
    private readonly struct StatesInRows(T* matrix, int rows, int filled, int latent) : IStepCoupling<T>
    {
        public void Enter(int t, T* state)
        {
        }

        public void Leave(int t, T* next) => RowPanel<T>.Store(next, matrix + ((nint)t * rows * latent), filled, latent);

        public void LeaveAdjoint(int t, T* gradientNext)
            => RowPanel<T>.LoadAdding(matrix + ((nint)t * rows * latent), filled, latent, gradientNext);

        public void EnterAdjoint(int t, T* gradient)
        {
        }
    }
}
