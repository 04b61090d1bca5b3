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
        if (heldOut is not null)
            fitted.Add(heldOut);
        return (RidgeRegression.Solve(fitted, Best(points)), points);
    }

    /// <inheritdoc cref="Solve(RidgeStatistics, RidgeStatistics?, ReadoutOptions)"/>
    public static (RidgeFit Fit, IReadOnlyList<RidgePoint> Path) Solve(RidgeFactor fitted, RidgeFactor? heldOut, ReadoutOptions options)
    {
        if (options.Selection is RidgeSelection.Fixed)
            return (fitted.Solve(options.Ridge), []);
        IReadOnlyList<double> ridges = options.Ridges ?? RidgePath.DefaultRidges;
        IReadOnlyList<RidgePoint> points = heldOut is null
            ? fitted.GeneralizedCrossValidation(ridges)
            : fitted.Validation(heldOut, ridges);
        if (heldOut is not null)
            fitted.Add(heldOut);
        return (fitted.Solve(Best(points)), points);
    }

    /// <summary>The smallest lambda that the options may lead to.</summary>
    public static double Least(ReadoutOptions options)
        => options.Selection is RidgeSelection.Fixed ? options.Ridge : (options.Ridges ?? RidgePath.DefaultRidges).Min();

    // Of lambdas that are not told apart, the largest.
    private static double Best(IReadOnlyList<RidgePoint> points)
        => points.OrderBy(p => p.Score).ThenByDescending(p => p.Ridge).First().Ridge;
}
