namespace Attractor.Learning;

/// <summary>
/// Rectified Adam: Adam whose step is scaled by the variance of its adaptive rate, and plain momentum while that variance is not
/// yet tractable (rho_t &lt;= 5, as in PyTorch).
/// </summary>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
public sealed record RAdam(double Beta1, double Beta2, double Epsilon) : Optimizer
{
    /// <inheritdoc/>
    public override int MomentCount => 2;

    internal override unsafe void Apply<S, T>(in Descent<T> values, T** moments, long count, double rate, long step)
    {
        double power = Math.Pow(Beta2, step);
        double longest = (2 / (1 - Beta2)) - 1;
        double length = longest - (2 * step * power / (1 - power));
        double scale = rate / (1 - Math.Pow(Beta1, step));
        if (length <= 5)
        {
            AdaptiveStep<S, T>.ApplyUnscaled(values, moments, count, Beta1, Beta2, scale);
            return;
        }
        double rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
        // sqrt(v^) + epsilon with epsilon inside the bias correction, as in PyTorch.
        AdaptiveStep<S, T>.Apply(values, moments, count, Beta1, Beta2, scale * rectification * Math.Sqrt(1 - power), 1, Epsilon);
    }
}
