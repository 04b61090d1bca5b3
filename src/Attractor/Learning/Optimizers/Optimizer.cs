using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>
/// A rule that turns gradients into parameter changes. It holds no state: the moments are the caller's. One's own derives from
/// <see cref="UpdateRule"/>.
/// </summary>
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

    /// <summary>
    /// Resilient backpropagation (Riedmiller and Braun 1993; Igel and Huesken 2003), for gradients of all data at once. It has no learning
    /// rate but <paramref name="initialStep"/>.
    /// </summary>
    /// <param name="variant">What is done where the sign of a derivative changes.</param>
    /// <param name="increase">eta+.</param>
    /// <param name="decrease">eta-.</param>
    /// <param name="initialStep">Delta_0.</param>
    /// <param name="smallestStep">Delta_min.</param>
    /// <param name="largestStep">Delta_max.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of its range; the message says which.</exception>
    public static Optimizer Rprop(
        RpropVariant variant = RpropVariant.ImprovedMinus,
        double increase = 1.2,
        double decrease = 0.5,
        double initialStep = 0.0125,
        double smallestStep = 0,
        double largestStep = 50)
        => new Rprop(variant, increase, decrease, initialStep, smallestStep, largestStep);

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
