namespace Attractor.Models;

/// <summary>
/// A recurrent cell as the trainer drives it: the forward step, its adjoint and the weight gradients, on one block of lanes.
/// </summary>
/// <remarks>
/// All panels are (rows x lanes), lanes contiguous, one block of lanes wide. The cell says how many rows it wants kept per
/// step: the trainer owns the memory and the loop over time, and knows nothing else of the cell. Weight gradients are not
/// formed step by step but over blocks of consecutive steps, where they are products of tall panels.
/// </remarks>
internal abstract unsafe class RecurrentKernel<T> : IDisposable
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

    /// <summary>Takes the flat parameters into the layout of the products; once per update.</summary>
    public abstract void Load(T* parameters);

    /// <summary>next = F(z), keeping what the adjoint needs on the tape.</summary>
    public abstract void Forward(T* z, T* tape, T* next);

    /// <summary>gradient = (dF/dz)' gradientNext at the z and tape of the step.</summary>
    public abstract void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient);

    /// <summary>Adds the weight gradients of consecutive steps, whose panels lie one behind the other.</summary>
    public abstract void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps);

    /// <summary>Adds the gradients gathered since the last call, summed over the lanes, to the flat buffer.</summary>
    public abstract void StoreGradient(T* gradient);

    public abstract void Dispose();
}
