using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>A part of the gradient of the weights of an affine layer, not yet formed: G' X.</summary>
/// <param name="parameter">The number of the parameter.</param>
/// <param name="inputs">X, rows x inputs.</param>
/// <param name="gradient">G, rows x outputs.</param>
/// <param name="rows">Their rows.</param>
internal readonly unsafe struct DeferredProduct<T>(int parameter, T* inputs, T* gradient, int rows)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly int Parameter = parameter, Rows = rows;

    public readonly T* Inputs = inputs, Gradient = gradient;
}
