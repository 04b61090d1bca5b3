namespace Attractor.Learning.Optimizers;

/// <summary>Adam.</summary>
public sealed record Adam(double Beta1, double Beta2, double Epsilon) : Optimizer
{
    /// <inheritdoc/>
    public override int MomentCount => 2;
}
