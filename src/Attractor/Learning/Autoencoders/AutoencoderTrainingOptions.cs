namespace Attractor.Learning;

/// <summary>
/// How a variational autoencoder is trained. The defaults (batches of 100, Adam at 1e-3, 15 epochs) are those of common results on MNIST.
/// </summary>
public sealed record AutoencoderTrainingOptions : MinibatchOptions
{
    /// <summary>
    /// k, the draws of z per observation. 1 ascends the evidence lower bound with the divergence in closed form; more ascend the
    /// importance-weighted bound log (1/k) sum_j p(x, z_j) / q(z_j | x) (Burda, Grosse and Salakhutdinov, "Importance weighted
    /// autoencoders", ICLR 2016).
    /// </summary>
    public int ImportanceSamples { get; init; } = 1;
}
