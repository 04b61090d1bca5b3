using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The elementwise part of a cell of H units that reads its own output h, on a block of lanes, and its adjoint. Blocks of gates, biases,
/// tape and adjoint lie H rows apart.
/// </summary>
/// <remarks>Each pass over a panel has one function that is not elementary: the JIT inlines no more of them into one loop.</remarks>
internal unsafe interface IGatedCell<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Blocks of the product W h.</summary>
    static abstract int Gates { get; }

    /// <summary>Blocks of b.</summary>
    static abstract int Biases { get; }

    /// <summary>Blocks of the tape, of which the first hold W h beforehand.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether the state is [h; c].</summary>
    static abstract bool HasMemory { get; }

    /// <summary>Whether h passes on by itself, beside W h.</summary>
    static abstract bool HasDirect { get; }

    /// <summary>A step from <paramref name="z"/> to <paramref name="next"/>.</summary>
    /// <param name="z">h, or [h; c].</param>
    /// <param name="tape">W h in its first blocks.</param>
    /// <param name="b">The biases.</param>
    /// <param name="scale">S.</param>
    /// <param name="next">The next state.</param>
    /// <param name="units">H.</param>
    static abstract void Forward(T* z, T* tape, T* b, T* scale, T* next, nint units);

    /// <summary>The adjoint of <see cref="Forward"/>.</summary>
    /// <param name="z">As above.</param>
    /// <param name="tape">As the step left it.</param>
    /// <param name="scale">S.</param>
    /// <param name="gradientNext">The gradient with respect to the next state.</param>
    /// <param name="adjoint">The gradients with respect to W h are written, block by block.</param>
    /// <param name="gradient">That with respect to c is written where there is one, a block further.</param>
    /// <param name="gradientB">Those with respect to b are added to; that of S stands behind them.</param>
    /// <param name="units">H.</param>
    static abstract void Backward(T* z, T* tape, T* scale, T* gradientNext, T* adjoint, T* gradient, T* gradientB, nint units);

    /// <summary>The gradient with respect to h that does not go through W h.</summary>
    static abstract S Direct(T* tape, S gradientNext, nint block);
}
