namespace Attractor.Runs;

/// <summary>What somebody asks about.</summary>
/// <param name="Text">A log density or a log integrand; of data, one row's part of it.</param>
/// <param name="Prior">A log prior that is added once; none if null.</param>
/// <param name="Variables">The names of the D variables.</param>
/// <param name="Data">The rows; null if there are none.</param>
internal sealed record LogDensityRequest(string Text, string? Prior, IReadOnlyList<string> Variables, DataRows? Data)
{
    /// <summary>Names that are neither variables nor these parameters: columns of data, if anything.</summary>
    public static IReadOnlyList<string> ColumnsIn(string text, IReadOnlyList<string> variables, IEnumerable<string> parameters)
        => [.. Systems.Expression.NamesIn(text).Except(variables).Except(parameters)];
}
