namespace Attractor.Learning;

/// <summary>The fit at the lambda that the options give, or that the data choose.</summary>
internal static class RidgeChoice
{
    /// <summary>Fits all samples.</summary>
    /// <param name="fitted">The samples; those held out are added to them once lambda is chosen.</param>
    /// <param name="heldOut">Samples that <see cref="RidgeSelection.Validation"/> chooses by; null for every other selection.</param>
    /// <param name="options">How lambda is chosen.</param>
    /// <returns>The fit, and the scores of the lambdas that were tried.</returns>
    public static (RidgeFit Fit, IReadOnlyList<RidgePoint> Path) Solve(
        RidgeStatistics fitted, RidgeStatistics? heldOut, ReadoutOptions options)
    {
        if (options.Selection is RidgeSelection.Fixed)
            return (RidgeRegression.Solve(fitted, options.Ridge), []);
        RidgePath path = new(fitted);
        IReadOnlyList<RidgePoint> points = heldOut is null
            ? path.GeneralizedCrossValidation(options.Ridges)
            : path.Validation(heldOut, options.Ridges);
        // Of lambdas that are not told apart, the largest.
        RidgePoint best = points.OrderBy(p => p.Score).ThenByDescending(p => p.Ridge).First();
        if (heldOut is not null)
            fitted.Add(heldOut);
        return (RidgeRegression.Solve(fitted, best.Ridge), points);
    }
}
