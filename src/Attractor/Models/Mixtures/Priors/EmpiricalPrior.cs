using System.Globalization;
using Attractor.Data;

namespace Attractor.Models;

/// <summary>Priors of a mixture's blocks that are taken from what the columns hold: weak, and on the scale of the data.</summary>
/// <remarks>
/// They ask whether a column tells components apart at all: without values, or with the same value in every row, it is refused. The
/// Gaussian's priors are in <see cref="GaussianPrior"/>. They use the data twice and are no substitute for what is known beforehand.
/// </remarks>
public static class EmpiricalPrior
{
    // A count that never occurs has the mean 0, which no gamma prior has.
    private const double LeastMeanCount = 1e-3;

    /// <summary>What a column holds, if a component may be told from another by it.</summary>
    /// <param name="rows">Rows with the column.</param>
    /// <param name="column">Its name.</param>
    /// <returns>Its profile, of a variance above 0.</returns>
    /// <exception cref="ArgumentException">There is no such column, it holds no values, one value only, or such that their variance cannot
    /// be reckoned.</exception>
    public static ColumnProfile Informative(IRowSource rows, string column)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (int i = 0; i < rows.Names.Count; i++)
            if (rows.Names[i] == column)
                return Informative(column, rows.Profiles[i]);
        throw new ArgumentException($"there is no column '{column}'; there are {string.Join(", ", rows.Names)}", nameof(column));
    }

    /// <summary>The same of a profile.</summary>
    /// <param name="column">The name of the column, for messages.</param>
    /// <param name="profile">What it holds.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">It holds no values, one value only, or such that their variance cannot be reckoned.</exception>
    public static ColumnProfile Informative(string column, ColumnProfile profile)
    {
        if (profile.Present == 0)
            throw new ArgumentException($"the column '{column}' holds no values: leave it out", nameof(profile));
        if (profile.IsConstant)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the column '{column}' is constant ({profile.Minimum} in every row): it tells no component from "
                    + $"another; leave it out"),
                nameof(profile));
        }
        return profile.Variance > 0 && double.IsFinite(profile.Variance)
            ? profile
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"the column '{column}' goes from {profile.Minimum} to {profile.Maximum}, which is beyond reckoning: rescale it"),
                nameof(profile));
    }

    /// <summary>The rate of the gamma prior of a count's rate with which the prior mean, shape / rate, is the column's.</summary>
    /// <param name="rows">Rows with the column.</param>
    /// <param name="column">The column of counts.</param>
    /// <param name="shape">alpha, above 0.</param>
    /// <returns>beta = alpha / mean; of a mean below 0.001, as if it were that.</returns>
    /// <exception cref="ArgumentException">The column tells no component from another (see
    /// <see cref="Informative(IRowSource, string)"/>).</exception>
    public static double RateOfCounts(IRowSource rows, string column, double shape)
        => shape / Math.Max(Informative(rows, column).Mean, LeastMeanCount);

    /// <summary>A count whose expected rate is the mean of its column.</summary>
    /// <param name="rows">Rows with the column.</param>
    /// <param name="column">The column of counts.</param>
    /// <param name="shape">alpha, above 0.</param>
    /// <exception cref="ArgumentException">The column tells no component from another, or the shape is not above 0.</exception>
    public static PoissonBlock Counts(IRowSource rows, string column, double shape = 1)
        => new(column, shape, RateOfCounts(rows, column, shape));

    /// <summary>A value of 0 or 1 that tells components apart.</summary>
    /// <param name="rows">Rows with the column.</param>
    /// <param name="column">The column of zeros and ones.</param>
    /// <param name="ones">a of the beta prior.</param>
    /// <param name="zeros">b of the beta prior.</param>
    /// <exception cref="ArgumentException">The column tells no component from another, or a number is not above 0.</exception>
    public static BernoulliBlock Binary(IRowSource rows, string column, double ones = 1, double zeros = 1)
    {
        _ = Informative(rows, column);
        return new(column, ones, zeros);
    }

    /// <summary>Categories that tell components apart.</summary>
    /// <param name="rows">Rows with the column, of indices of categories.</param>
    /// <param name="column">The column.</param>
    /// <param name="levels">The names of the categories.</param>
    /// <param name="concentration">Of the Dirichlet prior.</param>
    /// <exception cref="ArgumentException">The column tells no component from another, or the concentration is not above 0.</exception>
    public static CategoricalBlock Categories(IRowSource rows, string column, IReadOnlyList<string> levels, double concentration = 1)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count == 1)
            throw new ArgumentException(
                $"the column '{column}' holds the category '{levels[0]}' only: it tells no component from another; leave it out",
                nameof(levels));
        return Informative(rows, column).Present > 0
            ? new(column, levels, concentration)
            : throw new ArgumentException($"the column '{column}' holds no values: leave it out", nameof(rows));
    }
}
