namespace Attractor.Learning;

/// <summary>Adam: theta -= rate * m^ / (sqrt(v^) + epsilon), with m^ and v^ the bias-corrected moving averages of g and g^2.</summary>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
public sealed record Adam(double Beta1, double Beta2, double Epsilon) : Optimizer
{
    /// <inheritdoc/>
    public override int MomentCount => 2;

    internal override unsafe void Apply<S, T>(in Descent<T> values, T** moments, long count, double rate, long step)
    {
        double scale = rate / (1 - Math.Pow(Beta1, step));
        double correction = 1 / Math.Sqrt(1 - Math.Pow(Beta2, step));
        AdaptiveStep<S, T>.Apply(values, moments, count, Beta1, Beta2, scale, correction, Epsilon);
    }
}
