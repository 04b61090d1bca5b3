namespace Attractor.Models;

/// <summary>The weights pi of a mixture's K components: known, or with a Dirichlet prior.</summary>
public sealed class MixtureWeights
{
    // Of less, the expected logarithm of a weight without rows is beyond what a responsibility can be 0 for.
    private const double LeastConcentration = 1e-100;

    private MixtureWeights(double[]? proportions, double[]? concentration) => (Proportions, Concentration) = (proportions, concentration);

    /// <summary>The known weights: K values, or null where they are uniform or unknown.</summary>
    public IReadOnlyList<double>? Proportions { get; }

    /// <summary>delta, the concentrations of the Dirichlet prior: K values, or one for all; null where the weights are known.</summary>
    public IReadOnlyList<double>? Concentration { get; }

    /// <summary>Known and all the same: 1 / K.</summary>
    public static MixtureWeights Uniform { get; } = new(null, null);

    /// <summary>Known.</summary>
    /// <param name="weights">K values above 0 that sum to 1.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static MixtureWeights Fixed(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Any(w => !(w > 0)) || !(Math.Abs(weights.Sum() - 1) < 1e-9))
            throw new ArgumentException(FormattableString.Invariant(
                $"Weights are above 0 and sum to 1; found {string.Join(", ", weights)}, which sum to {weights.Sum()}."), nameof(weights));
        return new([.. weights], null);
    }

    /// <summary>
    /// Unknown: pi ~ Dirichlet(delta, .., delta). With delta far below 1 components that are not needed empty themselves.
    /// </summary>
    /// <param name="concentration">delta.</param>
    /// <exception cref="ArgumentException">It is not above 0, or below 1e-100.</exception>
    public static MixtureWeights Dirichlet(double concentration) => Dirichlet([concentration]);

    /// <summary>Unknown: pi ~ Dirichlet(delta_1, .., delta_K).</summary>
    /// <param name="concentration">K values, or one for all.</param>
    /// <exception cref="ArgumentException">One is not above 0, or below 1e-100.</exception>
    public static MixtureWeights Dirichlet(IReadOnlyList<double> concentration)
    {
        ArgumentNullException.ThrowIfNull(concentration);
        return concentration.Count > 0 && concentration.All(c => c >= LeastConcentration && double.IsFinite(c))
            ? new(null, [.. concentration])
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"Concentrations are {(concentration.Any(c => c is > 0 and < LeastConcentration) ? "at least 1e-100" : "above 0")}; ")
                    + FormattableString.Invariant($"found {string.Join(", ", concentration)}."),
                nameof(concentration));
    }

    /// <summary>How many components they are for; null if for any number.</summary>
    internal int? Components => Proportions?.Count ?? (Concentration is { Count: > 1 } c ? c.Count : null);
}
