using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>
/// A recurrent network whose map is written on the tape: training with any forcing, generation,
/// Jacobians and exponents follow from one method.
/// </summary>
/// <remarks>
/// The slow path: a step costs some microseconds whatever the size. A derived class may override <see cref="CreateKernel"/> with a fused
/// kernel once it has grown worth it, and check the kernel against the tape.
/// </remarks>
public abstract class TapeRecurrentModel : RecurrentModel
{
    /// <inheritdoc cref="RecurrentModel(RecurrentKind, IReadOnlyDictionary{string, int})"/>
    protected TapeRecurrentModel(RecurrentKind kind, IReadOnlyDictionary<string, int> sizes)
        : base(kind, sizes)
    {
    }

    /// <summary>z' = F(z) of a batch of states, by operations on their tape.</summary>
    /// <remarks>
    /// Depends on nothing but its arguments, and may be called from several threads, each with its own tape. F and its derivatives must be
    /// finite at z = 0, which rows without a sequence hold.
    /// </remarks>
    /// <param name="parameters">The tensors of <see cref="RecurrentModel.Parameters"/>: a matrix as it is, a vector as one row.</param>
    /// <param name="states">z: n x M.</param>
    /// <returns>z': n x M; each row depends on the same row of the states alone.</returns>
    protected internal abstract Variable<T> Step<T>(TapeParameters<T> parameters, Variable<T> states)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <inheritdoc/>
    public override RecurrentKernel<T> CreateKernel<S, T>() => new TapeKernel<T>(this);
}
