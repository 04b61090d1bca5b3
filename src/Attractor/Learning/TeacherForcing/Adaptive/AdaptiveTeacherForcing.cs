using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Generalised teacher forcing whose strength follows the network: alpha = 1 - 1 / n is enough that gradients do not grow where the
/// Jacobians of the network stretch by n a step (Hess, Monfared, Brenner, Durstewitz, ICML 2023).
/// </summary>
/// <remarks>
/// Every <see cref="Interval"/>-th update takes n from the Jacobians at the data of its batch, at x_2 .. x_{T+1} of each window, before the
/// gradient step. With target = max(0, 1 - 1 / n), alpha becomes the target where that is larger, else <see cref="Inertia"/> alpha +
/// (1 - <see cref="Inertia"/>) target. Where a network has units that are not observed its states at the data are [x; L x].
/// </remarks>
public sealed record AdaptiveTeacherForcing : TeacherForcing
{
    /// <summary>Adaptive forcing by a rule.</summary>
    public AdaptiveTeacherForcing(AdaptiveForcingRule rule) => Rule = rule;

    /// <summary>How n is taken.</summary>
    public AdaptiveForcingRule Rule { get; }

    /// <summary>alpha at the beginning, in [0, 1].</summary>
    public double Start
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The forcing strength alpha must lie in [0, 1].");
    } = 1;

    /// <summary>The share of alpha that stays at each look where it may fall, in [0, 1].</summary>
    public double Inertia
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The inertia of the forcing strength must lie in [0, 1].");
    } = 0.999;

    /// <summary>Updates from one look at the Jacobians to the next.</summary>
    public int Interval
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The interval must be positive.");
    } = 5;

    /// <inheritdoc/>
    public override double Strength(int t) => Start;

    /// <summary>alpha after a look that found a growth of n a step.</summary>
    /// <param name="alpha">alpha before.</param>
    /// <param name="growth">n; infinite or not a number asks for full forcing.</param>
    public double Next(double alpha, double growth)
    {
        if (Rule == AdaptiveForcingRule.Constant)
            return alpha;
        double target = double.IsFinite(growth) ? Math.Max(0, 1 - (1 / growth)) : 1;
        return target > alpha ? target : (Inertia * alpha) + ((1 - Inertia) * target);
    }

    /// <summary>n of a network along windows of data.</summary>
    /// <param name="model">The network at its present parameters.</param>
    /// <param name="windows">Series of its N observed variables; rows with a missing value are left out.</param>
    /// <exception cref="ArgumentException">The rule asks for a bound that this kind of network does not have.</exception>
    public double Growth(RecurrentModel model, IReadOnlyList<TimeSeries> windows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(windows);
        return Rule switch
        {
            AdaptiveForcingRule.Constant => double.NaN,
            AdaptiveForcingRule.JacobianUpperBound => model.JacobianUpperBound() ?? throw new ArgumentException(
                $"No bound on the Jacobian of a {model.Kind} is known: take another rule of adaptive forcing.", nameof(model)),
            _ => new JacobianGrowth(model).Of(Rule, windows),
        };
    }
}
