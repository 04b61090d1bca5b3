using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>
/// h_t = F(h_{t-1}) + u_t over packed sequences, blocks of which the kernel takes as lanes. Inputs: parameters (1 x count), u (rows x M);
/// output h (rows x M).
/// </summary>
/// <remarks>
/// Kept for the adjoint: for every block of lanes, the states before and the tapes of its steps, in the order they are gone through.
/// </remarks>
internal sealed unsafe class DrivenRecurrenceOperation<T>(KernelPool<T> kernels, SequenceLayout layout, TimeDirection direction)
    : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many values are kept.</summary>
    public int SavedCount
    {
        get
        {
            long saved = 0;
            for (int block = 0; block < Blocks; block++)
                saved += kernels.KeptCount(Sequences(block).Steps);
            return checked((int)saved);
        }
    }

    private int Blocks => RowPanel<T>.Count(layout.Sequences);

    public override void Forward(OperationContext<T> context)
    {
        RecurrentKernel<T> kernel = kernels.Take();
        Unrolling<T> unrolling = new(kernel);
        kernel.Load(context.InputPointer(0));
        T* states = context.SavedPointer;
        for (int block = 0; block < Blocks; block++)
        {
            PackedSteps sequences = Sequences(block);
            Drive drive = new(sequences, kernels.StateRows, context.InputPointer(1), context.OutputPointer);
            unrolling.Forward(sequences.Steps, states, states + ((sequences.Steps + 1) * unrolling.State), ref drive);
            states += (nint)kernels.KeptCount(sequences.Steps);
        }
        kernels.GiveBack(kernel);
    }

    public override void Backward(OperationContext<T> context)
    {
        int values = layout.Rows * kernels.StateRows;
        T* g = context.Scratch(values);
        new Span<T>(context.OutputGradientPointer, values).CopyTo(new(g, values));
        RecurrentKernel<T> kernel = kernels.Take();
        Unrolling<T> unrolling = new(kernel);
        kernel.Load(context.InputPointer(0));
        T* gradients = context.Scratch(checked((int)unrolling.GradientLength)),
            adjoints = context.Scratch(checked((int)unrolling.AdjointLength)), states = context.SavedPointer;
        for (int block = 0; block < Blocks; block++)
        {
            PackedSteps sequences = Sequences(block);
            Drive drive = new(sequences, kernels.StateRows, null, g);
            unrolling.Backward(sequences.Steps, states, states + ((sequences.Steps + 1) * unrolling.State), gradients, adjoints, ref drive);
            states += (nint)kernels.KeptCount(sequences.Steps);
        }
        // Wanted or not: a kernel is given back empty.
        kernel.StoreGradient(context.NeedsGradient(0) ? context.InputGradientPointer(0) : context.Scratch(context.InputShape(0).Count));
        if (context.NeedsGradient(1))
            GradientCopy<T>.Add(new(g, values), new(context.InputGradientPointer(1), values));
        kernels.GiveBack(kernel);
    }

    private PackedSteps Sequences(int block) => new(layout, direction, block * RecurrentKernel<T>.Lanes, RecurrentKernel<T>.Lanes);

    // The drive u is added after each step. The states go through the rows h and their gradients through its gradient, where sequences of
    // different lengths meet.
    private readonly struct Drive(PackedSteps sequences, int latent, T* u, T* h) : IStepCoupling<T>
    {
        public void Enter(int t, T* state) => RowPanel<T>.Load(t == 0 ? h : At(h, t - 1), sequences.Continuing(t), latent, state);

        public void Leave(int t, T* next)
        {
            int active = sequences.Active(t);
            RowPanel<T>.LoadAdding(At(u, t), active, latent, next);
            RowPanel<T>.Store(next, At(h, t), active, latent);
        }

        public void LeaveAdjoint(int t, T* gradientNext)
        {
            if (t + 1 < sequences.Steps)
                RowPanel<T>.StoreAdding(gradientNext, At(h, t), sequences.Continuing(t + 1), latent);
            RowPanel<T>.Load(At(h, t), sequences.Active(t), latent, gradientNext);
        }

        public void EnterAdjoint(int t, T* gradient)
        {
        }

        private T* At(T* matrix, int t) => matrix + (sequences.Row(t) * latent);
    }
}
