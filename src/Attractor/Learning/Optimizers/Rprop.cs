using System.Runtime.CompilerServices;

namespace Attractor.Learning;

/// <summary>
/// Resilient backpropagation: every parameter has a step size of its own, which grows while the sign of its partial derivative stays and
/// shrinks when it changes; how large the derivative is does not matter (Riedmiller and Braun, IEEE Int. Conf. on Neural Networks 1993;
/// Igel and Huesken, Neurocomputing 50, 2003).
/// </summary>
/// <remarks>
/// <para>
/// Delta = min(eta+ Delta, Delta_max) where g g_last &gt; 0, max(eta- Delta, Delta_min) where g g_last &lt; 0, else as it was; theta -=
/// sign(g) Delta, but for what <see cref="RpropVariant"/> says of a change of sign. The moments are Delta and the sign of the last
/// gradient, 0 where it is to count as none.
/// </para>
/// <para>
/// There is no learning rate: the rule ignores it, its schedule, and its halving after a divergence. Its place is
/// <see cref="InitialStep"/>. The gradients must be those of one and the same loss, of all data at every update; of minibatches the sign
/// changes by chance, and all steps shrink. A gradient that is not finite makes its parameter a NaN, as the other rules do.
/// </para>
/// </remarks>
public sealed record Rprop : Optimizer
{
    /// <summary>A rule of these constants.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of its range; the message says which.</exception>
    public Rprop(RpropVariant variant, double increase, double decrease, double initialStep, double smallestStep, double largestStep)
    {
        if (!Enum.IsDefined(variant))
            throw new ArgumentOutOfRangeException(nameof(variant), variant, "There is no such variant of Rprop.");
        Require(increase > 1 && double.IsFinite(increase), increase, nameof(increase), "eta+ must be larger than 1.");
        Require(decrease is > 0 and < 1, decrease, nameof(decrease), "eta- must lie between 0 and 1.");
        Require(
            smallestStep >= 0 && double.IsFinite(smallestStep),
            smallestStep,
            nameof(smallestStep),
            "The smallest step must not be negative.");
        Require(
            largestStep > 0 && largestStep >= smallestStep,
            largestStep,
            nameof(largestStep),
            "The largest step must be positive, and not below the smallest.");
        Require(
            initialStep > 0 && initialStep >= smallestStep && initialStep <= largestStep,
            initialStep,
            nameof(initialStep),
            "The initial step must be positive, and lie between the smallest and the largest.");
        (Variant, Increase, Decrease, InitialStep, SmallestStep, LargestStep) = (
            variant, increase, decrease, initialStep, smallestStep, largestStep);
    }

    /// <summary>What is done where the sign changes.</summary>
    public RpropVariant Variant { get; }

    /// <summary>eta+, the factor on the step size while the sign stays.</summary>
    public double Increase { get; }

    /// <summary>eta-, the factor where it changes.</summary>
    public double Decrease { get; }

    /// <summary>Delta_0, the size of the first step of every parameter.</summary>
    public double InitialStep { get; }

    /// <summary>Delta_min.</summary>
    public double SmallestStep { get; }

    /// <summary>Delta_max; may be infinite.</summary>
    public double LargestStep { get; }

    /// <inheritdoc/>
    public override int MomentCount => 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal override unsafe void Apply<S, T>(in Descent<T> values, T** moments, long count, double rate, long step)
    {
        T* sizes = moments[0], signs = moments[1], theta = values.Parameters, g = values.Gradient;
        S zero = default, one = S.Broadcast(T.One),
            increase = S.Broadcast(T.CreateTruncating(Increase)), decrease = S.Broadcast(T.CreateTruncating(Decrease));
        S initial = S.Broadcast(T.CreateTruncating(InitialStep)),
            smallest = S.Broadcast(T.CreateTruncating(SmallestStep)), largest = S.Broadcast(T.CreateTruncating(LargestStep));
        bool isFirst = step == 1, goesBack = Variant == RpropVariant.Plus, forgets = Variant != RpropVariant.Minus;
        for (nint i = 0; i < count; i += sizeof(S) / sizeof(T))
        {
            S gradient = S.Load(g + i), last = S.Load(signs + i), size = isFirst ? initial : S.Load(sizes + i);
            // The last term is 0 or, of what is not finite, NaN.
            S sign = S.WhereGreater(gradient, zero, one) - S.WhereGreater(zero, gradient, one) + (zero * gradient);
            S agreement = sign * last, shrunk = size * decrease;
            S next = S.Select(
                agreement,
                zero,
                S.Min(size * increase, largest),
                S.Select(zero, agreement, S.Select(shrunk, smallest, shrunk, smallest), size));
            S kept = forgets ? S.Select(zero, agreement, zero, sign) : sign;
            // Where the sign has changed, the last change was -last * size.
            S move = goesBack ? S.Select(zero, agreement, zero - (last * size), sign * next) : kept * next;
            (S.Load(theta + i) - move).Store(theta + i);
            next.Store(sizes + i);
            kept.Store(signs + i);
        }
    }

    private static void Require(bool holds, double value, string name, string expected)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, expected);
    }
}
