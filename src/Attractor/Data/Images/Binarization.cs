namespace Attractor.Data;

/// <summary>How grey pixels in [0, 1] become the binary ones that a Bernoulli likelihood is about.</summary>
/// <remarks>
/// Bounds on grey and on binary pixels are not comparable: the cross-entropy of a grey target is at least the target's own entropy. Results
/// on MNIST are published for <see cref="Sampled"/> pixels (Burda, Grosse and Salakhutdinov, "Importance weighted autoencoders", ICLR 2016)
/// and, in tutorials, for the two others.
/// </remarks>
public enum Binarization
{
    /// <summary>Pixels stay grey.</summary>
    None,

    /// <summary>1 where x >= 1/2, else 0: of bytes, from 128 on.</summary>
    Rounded,

    /// <summary>1 with probability x, else 0, drawn anew at every epoch.</summary>
    Sampled,
}
