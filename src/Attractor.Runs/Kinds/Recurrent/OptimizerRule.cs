namespace Attractor.Runs;

/// <summary>The rules that a command names.</summary>
public enum OptimizerRule
{
    /// <summary>Rectified Adam.</summary>
    Radam,

    /// <summary>Adam.</summary>
    Adam,

    /// <summary>Gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Resilient backpropagation.</summary>
    Rprop,
}
