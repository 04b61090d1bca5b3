namespace Attractor.Learning;

/// <summary>The bound over a window of steps.</summary>
/// <param name="Mean">Its mean, nats.</param>
/// <param name="StandardError">The standard error of that.</param>
internal readonly record struct WindowBound(double Mean, double StandardError)
{
    /// <summary>The standard error of the difference from another.</summary>
    public double NoiseAgainst(WindowBound other)
        => Math.Sqrt((StandardError * StandardError) + (other.StandardError * other.StandardError));
}
