namespace Attractor.Learning;

/// <summary>Whose gradient with respect to the parameters of q is wanted.</summary>
public enum Objective
{
    /// <summary>E_q[f(z)].</summary>
    Expectation,

    /// <summary>The evidence lower bound E_q[log p(x, z) - log q(z)], where f is the log joint density log p(x, z).</summary>
    EvidenceLowerBound,
}
