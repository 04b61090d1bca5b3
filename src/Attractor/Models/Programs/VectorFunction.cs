namespace Attractor.Models;

/// <summary>A function of every element of a vector.</summary>
public enum VectorFunction
{
    /// <summary>max(0, x).</summary>
    Rectify,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>log(1 + exp x).</summary>
    Softplus,

    /// <summary>exp x.</summary>
    Exp,
}
