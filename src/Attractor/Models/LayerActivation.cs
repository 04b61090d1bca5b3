namespace Attractor.Models;

/// <summary>The nonlinearity between affine layers.</summary>
public enum LayerActivation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x above 0, 0.2 x below.</summary>
    LeakyRelu,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>log(1 + exp x).</summary>
    Softplus,
}
