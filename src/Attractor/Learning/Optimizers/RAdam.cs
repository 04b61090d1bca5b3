namespace Attractor.Learning.Optimizers;

/// <summary>Rectified Adam.</summary>
public sealed record RAdam(double Beta1, double Beta2, double Epsilon) : Optimizer
{
    /// <inheritdoc/>
    public override int MomentCount => 2;
}
