namespace Attractor.Learning.Optimizers;

/// <summary>Stochastic gradient descent with momentum.</summary>
public sealed record Sgd(double Momentum) : Optimizer
{
    /// <inheritdoc/>
    public override int MomentCount => 1;
}
