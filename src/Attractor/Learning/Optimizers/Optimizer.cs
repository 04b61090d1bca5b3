namespace Attractor.Learning.Optimizers;

/// <summary>A rule that turns gradients into parameter changes.</summary>
public abstract record Optimizer
{
    /// <summary>How many moment buffers, each as long as the parameters, the rule keeps.</summary>
    public abstract int MomentCount { get; }

    /// <summary>Adam (Kingma and Ba, ICLR 2015), with bias correction.</summary>
    public static Optimizer Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => new Adam(beta1, beta2, epsilon);

    /// <summary>Rectified Adam (Liu et al., ICLR 2020).</summary>
    public static Optimizer RAdam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => new RAdam(beta1, beta2, epsilon);

    /// <summary>Stochastic gradient descent with heavy-ball momentum: v = momentum * v + g, theta -= rate * v.</summary>
    public static Optimizer Sgd(double momentum = 0.9) => new Sgd(momentum);
}
