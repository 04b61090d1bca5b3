using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>A recurrent cell as trainers drive it: the forward step, its adjoint and the weight gradients, on one block of lanes.</summary>
/// <remarks>
/// <para>
/// A panel holds one block of lanes of so many rows: row i is the <see cref="Lanes"/> contiguous values from i * Lanes on, each of another
/// sequence, aligned to 64 bytes where the panel is. The panels of consecutive steps lie one behind the other. The cell says how many rows
/// it wants kept per step: the caller owns the memory and the loop over time, and knows nothing else of the cell.
/// </para>
/// <para>
/// A pass is <see cref="Load"/>; <see cref="Forward"/> for the steps in order; then backwards, in blocks of some steps:
/// <see cref="Backward"/> for each from the last to the first, and <see cref="AccumulateGradient"/> once for the block; at the end
/// <see cref="StoreGradient"/>. The caller may change a state between two steps. Lanes without a sequence hold finite numbers and have the
/// gradient 0. Weight gradients are not formed step by step but over blocks of steps, where they are products of tall panels
/// (<see cref="WeightGradient{S, T}"/>).
/// </para>
/// <para>A kernel is used by one thread at a time, allocates nothing after its constructor, and sums in an order that depends on the sizes
/// and the lanes alone.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract unsafe class RecurrentKernel<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Lanes of a block, whatever registers it is in: 64 bytes of them.</summary>
    public static int Lanes => 64 / sizeof(T);

    /// <summary>M: rows of a state (for a cell with a memory beside its output, both).</summary>
    public abstract int StateRows { get; }

    /// <summary>Rows that <see cref="Forward"/> keeps for <see cref="Backward"/>.</summary>
    public abstract int TapeRows { get; }

    /// <summary>Rows that <see cref="Backward"/> keeps for <see cref="AccumulateGradient"/>.</summary>
    public abstract int AdjointRows { get; }

    /// <summary>
    /// Steps that <see cref="AccumulateGradient"/> takes at once where there are so many: enough to pay for loading its sums, few
    /// enough that the panels of those steps stay in a cache.
    /// </summary>
    public virtual int BlockSteps => 20;

    /// <summary>Takes the flat parameters into the layout of the products; once per update.</summary>
    /// <param name="parameters">All of <see cref="RecurrentModel.Parameters"/>, in their order.</param>
    public abstract void Load(T* parameters);

    /// <summary>next = F(z), keeping what the adjoint needs on the tape.</summary>
    /// <param name="z">StateRows x lanes; not written.</param>
    /// <param name="tape">TapeRows x lanes.</param>
    /// <param name="next">StateRows x lanes; never z itself.</param>
    public abstract void Forward(T* z, T* tape, T* next);

    /// <summary>
    /// gradient = (dF/dz)' gradientNext at the z and tape of the step; what is gathered in passing, as
    /// the gradients of vectors are, is added to.
    /// </summary>
    /// <param name="z">The state that the step set out from.</param>
    /// <param name="tape">What <see cref="Forward"/> kept there.</param>
    /// <param name="gradientNext">The gradient with respect to F(z); not written.</param>
    /// <param name="adjoint">AdjointRows x lanes, for <see cref="AccumulateGradient"/>.</param>
    /// <param name="gradient">StateRows x lanes, overwritten.</param>
    public abstract void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient);

    /// <summary>Gathers the weight gradients of consecutive steps, whose panels lie one behind the other.</summary>
    /// <param name="z">The states that the steps set out from.</param>
    /// <param name="tape">Their tapes.</param>
    /// <param name="gradientNext">The gradients with respect to what they led to.</param>
    /// <param name="adjoint">Their adjoints.</param>
    /// <param name="steps">How many there are.</param>
    public abstract void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps);

    /// <summary>Adds the gradients gathered since the last call, summed over the lanes, to the flat buffer, and starts anew.</summary>
    /// <param name="gradient">As long as the parameters and in their order.</param>
    public abstract void StoreGradient(T* gradient);

    /// <summary>Frees its memory.</summary>
    public abstract void Dispose();
}
