using Attractor.Data;

namespace Attractor.Learning;

/// <summary>The few terms of ordinary differential equations that data obey: sparse identification of nonlinear dynamics (SINDy).</summary>
public static class SparseIdentification
{
    /// <summary>The most terms that are tried.</summary>
    public const int MostTerms = 500;

    // Central differences of order 6.
    private static readonly double[] s_differences = [-1 / 60.0, 9 / 60.0, -45 / 60.0, 0, 45 / 60.0, -9 / 60.0, 1 / 60.0];

    /// <summary>Identifies the equations of one recording.</summary>
    /// <inheritdoc cref="Fit(IReadOnlyList{TimeSeries}, IdentificationOptions?)"/>
    public static IdentifiedEquations Fit(TimeSeries series, IdentificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        return Fit([.. series.WholeStretches().Select(stretch => series.Slice(stretch.Start, stretch.Length))], options);
    }

    /// <summary>Identifies the equations that recordings of the same variables share.</summary>
    /// <param name="pieces">T x N each, without missing values; <see cref="TimeSeries.Dt"/> is the unit of time.</param>
    /// <param name="options">Which terms there may be.</param>
    /// <remarks>
    /// Brunton, Proctor and Kutz (2016), in the weak form of Messenger and Bortz (2021) unless <see cref="DerivativeRule.Differences"/> are
    /// asked for. Columns are scaled to length 1 and factored once.
    /// </remarks>
    /// <exception cref="ArgumentException">There are more terms than samples, or an option is out of its range.</exception>
    public static IdentifiedEquations Fit(IReadOnlyList<TimeSeries> pieces, IdentificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        options ??= new();
        options.Check();
        if (pieces.Count == 0)
            throw new ArgumentException("There are no rows without missing values to identify equations of.", nameof(pieces));
        if (options.Smooth && NoiseReduction.Of(pieces) is { } noise)
            pieces = [.. pieces.Select(noise.Apply)];
        int n = pieces[0].Dimension;
        RequireTerms(n, options);
        IReadOnlyList<EquationTerm> terms = EquationTerm.Library(n, options.Degree, options.Trigonometric);
        List<double>[] columns = [.. terms.Select(_ => new List<double>())];
        List<double>[] targets = [.. Enumerable.Range(0, n).Select(_ => new List<double>())];
        foreach (TimeSeries piece in pieces)
        {
            double[][] features = [.. terms.Select(term => Values(term, piece))];
            if (options.Rule is DerivativeRule.Weak)
                WeakForm.Append(piece, features, options.HalfWidth, piece.Dt, columns, targets);
            else
                Differences(piece, features, columns, targets);
        }
        if (columns[0].Count < 2 * terms.Count)
            throw new ArgumentException(
                $"{terms.Count} terms need {2 * terms.Count} samples, found {columns[0].Count}: bring more rows, a lower degree or "
                + $"narrower test functions.",
                nameof(pieces));
        SubsetRegression regression = new([.. columns.Select(c => c.ToArray())], [.. targets.Select(c => c.ToArray())]);
        // Test functions that overlap say the same.
        double independent = Math.Max(
            2, options.Rule is DerivativeRule.Weak
                ? columns[0].Count * WeakForm.StrideOf(options.HalfWidth) / (WeakForm.Extent * options.HalfWidth)
                : columns[0].Count);
        double[,] coefficients = new double[n, terms.Count];
        double[] errors = new double[n];
        for (int i = 0; i < n; i++)
        {
            SubsetFit? fit = ThresholdedRegression.Fit(regression, i, options.Threshold, independent);
            errors[i] = fit is null ? 1 : Math.Sqrt(fit.SquaredError) / regression.Norms[i];
            for (int k = 0; k < fit?.Columns.Length; k++)
                coefficients[i, fit.Columns[k]] = fit.Coefficients[k];
        }
        return new(pieces[0].Names, terms, coefficients, errors, pieces[0].Dt);
    }

    private static void RequireTerms(int variables, IdentificationOptions options)
    {
        double count = EquationTerm.Count(variables, options.Degree, options.Trigonometric);
        if (count > MostTerms)
            throw new ArgumentException(
                FormattableString.Invariant($"{variables} variables have {count:F0} terms up to degree {options.Degree}, more than ")
                + $"{MostTerms}: take a lower degree.");
    }

    private static double[] Values(EquationTerm term, TimeSeries piece)
    {
        double[] values = new double[piece.Length];
        for (int t = 0; t < values.Length; t++)
            values[t] = term.Value(piece.Row(t));
        return values;
    }

    private static void Differences(TimeSeries piece, double[][] features, List<double>[] columns, List<double>[] targets)
    {
        int side = s_differences.Length / 2;
        for (int t = side; t < piece.Length - side; t++)
        {
            for (int j = 0; j < features.Length; j++)
                columns[j].Add(features[j][t]);
            for (int n = 0; n < targets.Length; n++)
            {
                double slope = 0;
                for (int i = 0; i < s_differences.Length; i++)
                    slope += s_differences[i] * piece[t + i - side, n];
                targets[n].Add(slope / piece.Dt);
            }
        }
    }
}
