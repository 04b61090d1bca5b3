using Attractor.Models;

namespace Attractor.Dynamics;

/// <summary>What becomes of the dynamics where the features of a hierarchical model move: between subjects, and beyond them.</summary>
public static class FeatureLine
{
    /// <summary>The largest Lyapunov exponent at evenly spaced points of a line in the space of the features.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="from">Where the line begins, d features.</param>
    /// <param name="to">Where it ends, d features.</param>
    /// <param name="points">How many points it has, both ends included; at least 2.</param>
    /// <param name="steps">Steps to average over at each.</param>
    /// <param name="transient">Steps before that.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// The points with their exponents per step, each of an orbit that sets out from the same state; NaN where it leaves every bound.
    /// </returns>
    /// <exception cref="ArgumentException">The ends are not of d features, or a number is not positive.</exception>
    public static IReadOnlyList<FeaturePoint> Exponents(
        HierarchicalShallowPlrnn model,
        ReadOnlySpan<double> from,
        ReadOnlySpan<double> to,
        int points = 21,
        int steps = 20_000,
        int transient = Lyapunov.DefaultTransient,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        if (from.Length != model.Features || to.Length != model.Features)
            throw new ArgumentException($"Expected ends of {model.Features} features, found {from.Length} and {to.Length}.", nameof(from));
        FeaturePoint[] line = new FeaturePoint[points];
        for (int k = 0; k < points; k++)
        {
            double part = (double)k / (points - 1);
            double[] features = new double[model.Features];
            for (int i = 0; i < features.Length; i++)
                features[i] = ((1 - part) * from[i]) + (part * to[i]);
            line[k] = new(features, Lyapunov.Maximum(model.NetworkAt(features), steps, transient, cancellationToken));
        }
        return line;
    }

    /// <summary>The same where one feature moves and the others stay at their means over the subjects.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="feature">Which feature, from 0.</param>
    /// <param name="from">Where it begins; null for its least value of a subject.</param>
    /// <param name="to">Where it ends; null for its largest.</param>
    /// <param name="points">How many points the line has.</param>
    /// <param name="steps">Steps to average over at each.</param>
    /// <param name="transient">Steps before that.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The points with their exponents per step.</returns>
    /// <exception cref="ArgumentException">There is no such feature, or the line has no length.</exception>
    public static IReadOnlyList<FeaturePoint> Moving(
        HierarchicalShallowPlrnn model,
        int feature,
        double? from = null,
        double? to = null,
        int points = 21,
        int steps = 20_000,
        int transient = Lyapunov.DefaultTransient,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (feature < 0 || feature >= model.Features)
            throw new ArgumentException($"There is no feature {feature}: the model has {model.Features}, from 0.", nameof(feature));
        double[][] all = [.. Enumerable.Range(0, model.Subjects.Count).Select(model.FeaturesOf)];
        double[] mean = [.. Enumerable.Range(0, model.Features).Select(i => all.Average(p => p[i]))], begin = [.. mean], end = [.. mean];
        begin[feature] = from ?? all.Min(p => p[feature]);
        end[feature] = to ?? all.Max(p => p[feature]);
        return begin[feature] != end[feature]
            ? Exponents(model, begin, end, points, steps, transient, cancellationToken)
            : throw new ArgumentException($"The feature is {begin[feature]} of every subject: say from where to where it is to move.");
    }
}
