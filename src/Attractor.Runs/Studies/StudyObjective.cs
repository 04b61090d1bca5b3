namespace Attractor.Runs;

/// <summary>A number that a study looks for the least or the most of.</summary>
/// <param name="Metric">Its key in what a training or an evaluation gives, such as <c>d_stsp</c>.</param>
/// <param name="Maximize">Whether more is better.</param>
public sealed record StudyObjective(string Metric, bool Maximize = false)
{
    private const string Most = "max", Least = "min";

    // A wrong guess would find the worst model: of all others it must be said.
    private static readonly string[] s_less =
    [
        "d_stsp", "d_stsp_gmm", "d_hellinger", "loss", "mse", "squared_error", "selection_score", "score", "seconds", "parameters",
    ];

    private static readonly string[] s_more =
    [
        "elbo", "test_elbo", "log_predictive", "log_likelihood_bound", "log_likelihood", "bits_per_count", "bits_per_value",
        "valid_prediction_steps",
    ];

    /// <summary>Reads <c>d_stsp</c>, <c>accuracy:max</c> or <c>error:min</c>.</summary>
    /// <exception cref="ArgumentException">It is not known whether less or more is better.</exception>
    public static StudyObjective Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        bool? more = parts is [_, var direction]
            ? direction switch
            {
                Most => true,
                Least => false,
                _ => throw new ArgumentException($"after an objective comes {Least} or {Most}, not '{direction}'"),
            }
            : s_more.Contains(text) ? true
            : s_less.Contains(text) || text.StartsWith("prediction_error_", StringComparison.Ordinal) ? false : null;
        return parts[0].Length > 0 && parts.Length <= 2 && more is { } known
            ? new(parts[0], known)
            : throw new ArgumentException($"is less or more of '{text}' better? {text}:{Least} or {text}:{Most}");
    }

    /// <summary>The value such that less is better.</summary>
    internal double Cost(double value) => Maximize ? -value : value;

    /// <inheritdoc/>
    public override string ToString() => $"{Metric}:{(Maximize ? Most : Least)}";
}
