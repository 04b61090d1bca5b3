using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The elementwise part of a cell of H units that reads its own output h, on a block of lanes, unit by unit, and its adjoint. Blocks of
/// gates, biases, tape and adjoint lie H rows apart.
/// </summary>
/// <remarks>A struct, so that the kernel is compiled for each.</remarks>
internal unsafe interface IGatedRows<S, T>
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

    /// <summary>A unit's step.</summary>
    /// <param name="z">Its row of h; that of c is <paramref name="block"/> further.</param>
    /// <param name="tape">Its row of the first block.</param>
    /// <param name="b">Its value of the first block of b.</param>
    /// <param name="units">H.</param>
    /// <param name="scale">S of the unit.</param>
    /// <param name="next">Its row of the next h.</param>
    /// <param name="block">H x lanes.</param>
    static abstract void Forward(T* z, T* tape, T* b, nint units, S scale, T* next, nint block);

    /// <summary>The adjoint of <see cref="Forward"/>.</summary>
    /// <param name="z">As above.</param>
    /// <param name="tape">As the step left it.</param>
    /// <param name="scale">S of the unit.</param>
    /// <param name="gradientNext">The gradient with respect to the next h.</param>
    /// <param name="adjoint">The gradients with respect to W h are written, block by block.</param>
    /// <param name="gradient">That with respect to c is written where there is one, a block further.</param>
    /// <param name="gradientB">Those with respect to b are added to; S stands behind them.</param>
    /// <param name="block">H x lanes.</param>
    static abstract void Backward(
        T* z, T* tape, S scale, T* gradientNext, T* adjoint, T* gradient, T* gradientB, nint block);

    /// <summary>The gradient with respect to h that does not go through W h.</summary>
    static abstract S Direct(T* tape, S gradientNext, nint block);
}
