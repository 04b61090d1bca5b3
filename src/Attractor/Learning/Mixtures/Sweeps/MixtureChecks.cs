using System.Globalization;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Whether a mixture can be fitted to some rows at all.</summary>
internal static class MixtureChecks
{
    private const double RowTolerance = 1e-6;

    public static void Require(Mixture mixture, IRowSource rows, double[,]? responsibilities)
    {
        int[][] columns = MixtureColumns.Find(mixture.Blocks, rows.Names);
        if (rows.Count < mixture.Components)
            throw new ArgumentException($"There are {rows.Count} rows for {mixture.Components} components: ask for fewer.", nameof(rows));
        foreach (int c in columns.SelectMany(c => c))
        {
            ColumnProfile profile = rows.Profiles[c];
            if (profile.Present == 0)
                throw new ArgumentException($"The column '{rows.Names[c]}' holds no values: leave it out.", nameof(rows));
            if (profile.IsConstant && rows.Count > 1)
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The column '{rows.Names[c]}' is constant ({profile.Minimum} in every row): it tells no "
                        + $"component from another; leave it out."),
                    nameof(rows));
        }
        if (responsibilities is not null)
            Require(mixture.Components, rows.Count, responsibilities);
    }

    /// <summary>Whether a state is one of a fit of this mixture.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="state">The state, if there is any.</param>
    /// <param name="mayStart">Whether it may be one of a fit that still looks for its start.</param>
    public static void Require(Mixture mixture, MixtureState? state, bool mayStart = false)
    {
        if (state is null)
            return;
        int parameters = mixture.ParameterCount;
        if (state.Parameters.Count != parameters || state.Counts.Count != mixture.Components
            || (state.Traces.Count == 0 && !(mayStart && state.Start is not null))
            || (state.Best is { } best && (best.Parameters.Count != parameters
                || best.Counts.Count != mixture.Components || best.Terms.Count != EvidenceLowerBound.Count(mixture))))
        {
            throw new ArgumentException(
                $"The state is not one of a mixture of {mixture.Components} components with {parameters} parameters: it has "
                + $"{state.Counts.Count} and {state.Parameters.Count}.",
                nameof(state));
        }
    }

    /// <summary>How many values of each column are missing, of those of which any is.</summary>
    public static IReadOnlyDictionary<string, long> Missing(Mixture mixture, IRowSource rows)
        => MixtureColumns.Find(mixture.Blocks, rows.Names).SelectMany(c => c).Where(c => rows.Profiles[c].Missing > 0).ToDictionary(
            c => rows.Names[c], c => rows.Profiles[c].Missing);

    private static void Require(int components, long rows, double[,] responsibilities)
    {
        if (responsibilities.GetLength(0) != rows || responsibilities.GetLength(1) != components)
        {
            throw new ArgumentException(
                $"The responsibilities to start from are {responsibilities.GetLength(0)} x {responsibilities.GetLength(1)}, expected "
                + $"{rows} rows and {components} columns, one for each component.",
                nameof(responsibilities));
        }
        for (int n = 0; n < rows; n++)
        {
            double sum = 0;
            for (int k = 0; k < components; k++)
            {
                double r = responsibilities[n, k];
                if (!(r >= 0))
                    throw new ArgumentException(
                        FormattableString.Invariant(
                            $"The responsibilities to start from hold {r} in row {n + 1}, component {k + 1}; they are 0 to 1."),
                        nameof(responsibilities));
                sum += r;
            }
            if (!(Math.Abs(sum - 1) <= RowTolerance))
                throw new ArgumentException(
                    FormattableString.Invariant($"The responsibilities to start from sum to {sum} in row {n + 1}, expected 1."),
                    nameof(responsibilities));
        }
    }
}
