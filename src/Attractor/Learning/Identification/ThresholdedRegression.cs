namespace Attractor.Learning;

/// <summary>Least squares with few terms: thresholded one after another, or as few as an information criterion takes.</summary>
/// <remarks>
/// With a threshold: small terms are dropped and the others fitted anew, until all are large (S. L. Brunton, J. L. Proctor and J. N. Kutz,
/// PNAS 113, 3932, 2016). What is thresholded is the contribution of a term, so that units do not matter. Without one, the term whose loss
/// costs least goes, one at a time (L. Boninsegna, F. Nueske and C. Clementi, J. Chem. Phys. 148, 241723, 2018), and the number is that of
/// the least K ln(e^2) + P k ln K, where e is the relative error of k terms on K samples that are independent of each other.
/// </remarks>
internal static class ThresholdedRegression
{
    // Errors below it are those of the quadrature, and are not told apart.
    private const double Resolution = 3e-4;

    private const double Penalty = 4;

    /// <summary>The terms and coefficients of one target.</summary>
    /// <param name="regression">Of all terms.</param>
    /// <param name="target">Which target.</param>
    /// <param name="threshold">The least contribution as a part of the target; null for the criterion.</param>
    /// <param name="independent">K.</param>
    /// <returns>The fit; null where no term is left.</returns>
    public static SubsetFit? Fit(SubsetRegression regression, int target, double? threshold, double independent)
        => regression.Norms[target] == 0 ? null
            : threshold is { } limit ? Thresholded(regression, target, limit * regression.Norms[target])
            : Eliminated(regression, target, independent);

    private static SubsetFit? Thresholded(SubsetRegression regression, int target, double limit)
    {
        int[] active = regression.Usable;
        while (active.Length > 0 && regression.Solve(active, target) is { } fit)
        {
            int[] kept = [.. active.Where((_, i) => fit.Contributions[i] >= limit)];
            if (kept.Length == active.Length)
                return fit;
            active = kept;
        }
        return null;
    }

    private static SubsetFit? Eliminated(SubsetRegression regression, int target, double independent)
    {
        SubsetFit? best = null;
        double norm = regression.Norms[target], least = Criterion(1, 0);
        for (int[] active = regression.Usable; active.Length > 0;)
        {
            if (regression.Solve(active, target) is not { } fit)
                return best;
            double criterion = Criterion(fit.SquaredError / (norm * norm), active.Length);
            // Of equals the one with fewer terms.
            if (criterion <= least)
                (best, least) = (fit, criterion);
            int worst = Array.IndexOf(fit.Losses, fit.Losses.Min());
            active = [.. active.Where((_, i) => i != worst)];
        }
        return best;

        double Criterion(double squaredError, int terms)
            => (independent * Math.Log(squaredError + (Resolution * Resolution))) + (Penalty * terms * Math.Log(independent));
    }
}
