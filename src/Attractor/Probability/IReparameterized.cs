namespace Attractor.Probability;

/// <summary>A distribution whose samples move smoothly with its parameters: x = g(noise, parameters).</summary>
/// <remarks>
/// The derivative of a sample with the noise held fixed is a function of the sample alone, dx/dtheta = -(dF(x)/dtheta) / p(x) with F the
/// distribution function, whether the sample was made by location and scale, by the inverse of F or by rejection
/// (Figurnov, Mohamed and Mnih, "Implicit reparameterization gradients", NeurIPS 2018).
/// </remarks>
public interface IReparameterized<TSelf> : IDistribution<TSelf>
    where TSelf : struct, IReparameterized<TSelf>
{
    /// <summary>dx / d parameter at fixed noise.</summary>
    /// <param name="value">x, a sample of this distribution.</param>
    /// <param name="gradient">One derivative is written for each parameter.</param>
    void SampleGradient(double value, Span<double> gradient);
}
