using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>phi of a network z' = A z + W phi(z) + h on a block of lanes, row by row, and its adjoint.</summary>
/// <remarks>A struct, so that the kernel is compiled for each. <see cref="StateUnits"/> is the same on one state.</remarks>
internal unsafe interface IStateRows<S, T> : IDisposable
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether phi takes z less the mean of its units.</summary>
    static abstract bool IsCentred { get; }

    /// <summary>Whether phi has parameters; without, the last three methods are not called.</summary>
    static abstract bool IsLearnt { get; }

    /// <summary>phi of a row.</summary>
    S Forward(nint row, S x);

    /// <summary>The gradient with respect to x from that with respect to phi(x).</summary>
    S Backward(nint row, S x, S gradient);

    /// <summary>Takes its parameters from those of the model.</summary>
    void Load(T* parameters);

    /// <summary>Gathers the gradients of its parameters over consecutive steps.</summary>
    /// <param name="x">States, M x lanes each.</param>
    /// <param name="gradient">The gradients with respect to phi of them.</param>
    /// <param name="steps">How many there are.</param>
    void Accumulate(T* x, T* gradient, int steps);

    /// <summary>Adds what was gathered, summed over the lanes, to the gradient of the model, and starts anew.</summary>
    void StoreGradient(T* gradient);
}
