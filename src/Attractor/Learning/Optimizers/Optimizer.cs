using System.Numerics;
using Attractor.Numerics.Lanes;

namespace Attractor.Learning.Optimizers;

/// <summary>A rule that turns gradients into parameter changes. It holds no state: the moments are the caller's.</summary>
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

    /// <summary>One step on whole blocks of lanes.</summary>
    /// <param name="values">Parameters and gradient, <paramref name="count"/> values each.</param>
    /// <param name="moments">The moment buffers, each as long.</param>
    /// <param name="count">A multiple of the lanes; what pads the parameters must stay 0 under a gradient of 0.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="step">1 for the first step.</param>
    internal abstract unsafe void Apply<S, T>(in Descent<T> values, T** moments, long count, double rate, long step)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
