using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Models;

/// <summary>A kernel over consecutive steps of one block of lanes, and back: the one walk that every recurrence takes.</summary>
/// <remarks>
/// States 0 .. T and the tapes of the steps lie one behind the other. Weight gradients are formed over some steps at once: enough to pay
/// for loading their accumulators, few enough that the panels of those steps stay in the second cache.
/// </remarks>
internal readonly unsafe struct Unrolling<T>(RecurrentKernel<T> kernel)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Values of a state.</summary>
    public nint State { get; } = (nint)kernel.StateRows * RecurrentKernel<T>.Lanes;

    /// <summary>Values of the tape of a step.</summary>
    public nint Tape { get; } = (nint)kernel.TapeRows * RecurrentKernel<T>.Lanes;

    /// <summary>Room that <see cref="Backward"/> needs for gradients.</summary>
    public nint GradientLength => (BlockSteps + 1) * State;

    /// <summary>Room that <see cref="Backward"/> needs for adjoints.</summary>
    public nint AdjointLength => BlockSteps * Adjoint;

    private int BlockSteps { get; } = kernel.BlockSteps;

    private nint Adjoint { get; } = (nint)kernel.AdjointRows * RecurrentKernel<T>.Lanes;

    /// <summary>z_{t+1} = F(z_t) for t = 0 .. steps - 1.</summary>
    /// <param name="steps">T.</param>
    /// <param name="states">T + 1 states, of which the first is given.</param>
    /// <param name="tapes">T tapes.</param>
    /// <param name="coupling">What acts between the steps.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward<TCoupling>(int steps, T* states, T* tapes, ref TCoupling coupling)
        where TCoupling : struct, IStepCoupling<T>
    {
        T* z = states, tape = tapes;
        for (int t = 0; t < steps; t++, tape += Tape)
        {
            coupling.Enter(t, z);
            T* next = z + State;
            kernel.Forward(z, tape, next);
            coupling.Leave(t, next);
            z = next;
        }
    }

    /// <summary>The adjoint of <see cref="Forward"/>; the kernel gathers the gradients of the weights.</summary>
    /// <param name="steps">T.</param>
    /// <param name="states">As the forward pass left them, each as its step set out from it.</param>
    /// <param name="tapes">As the forward pass left them.</param>
    /// <param name="gradients">Room for <see cref="GradientLength"/> values.</param>
    /// <param name="adjoints">Room for <see cref="AdjointLength"/> values.</param>
    /// <param name="coupling">What acts between the steps.</param>
    /// <param name="behind">The gradient that comes back to the last state from what follows it; null for 0.</param>
    /// <returns>The gradient with respect to the first state, in the room for gradients.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T* Backward<TCoupling>(
        int steps, T* states, T* tapes, T* gradients, T* adjoints, ref TCoupling coupling, T* behind = null)
        where TCoupling : struct, IStepCoupling<T>
    {
        // The panel one behind the block holds the gradient with respect to the state that leaves it.
        T* leaving = gradients + (BlockSteps * State);
        if (behind is null)
            new Span<T>(leaving, (int)State).Clear();
        else
            new Span<T>(behind, (int)State).CopyTo(new(leaving, (int)State));
        int end = steps;
        while (true)
        {
            int start = Math.Max(0, end - BlockSteps);
            T* first = gradients + ((BlockSteps - (end - start)) * State);
            for (int t = end - 1; t >= start; t--)
            {
                int at = t - start;
                T* gradient = first + (at * State), gradientNext = gradient + State;
                coupling.LeaveAdjoint(t, gradientNext);
                kernel.Backward(states + (t * State), tapes + (t * Tape), gradientNext, adjoints + (at * Adjoint), gradient);
                coupling.EnterAdjoint(t, gradient);
            }
            kernel.AccumulateGradient(states + (start * State), tapes + (start * Tape), first + State, adjoints, end - start);
            if (start == 0)
                return first;
            new Span<T>(first, (int)State).CopyTo(new(leaving, (int)State));
            end = start;
        }
    }
}
