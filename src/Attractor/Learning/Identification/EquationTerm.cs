using System.Globalization;

namespace Attractor.Learning;

/// <summary>A function of the state that may be in an equation: a monomial, or the sine or cosine of a variable.</summary>
/// <param name="Powers">The exponent of each of the N variables; of a sine or cosine 1 for its variable.</param>
/// <param name="Function"><c>sin</c> or <c>cos</c>; null of a monomial.</param>
public sealed record EquationTerm(IReadOnlyList<int> Powers, string? Function = null)
{
    /// <summary>The term in words that variables have, such as <c>x^2 y</c>, or with <c>*</c> as files of equations have it.</summary>
    /// <param name="names">N names.</param>
    /// <param name="product">What stands between two factors.</param>
    /// <returns>Empty of the constant.</returns>
    public string ToString(IReadOnlyList<string> names, string product = " ")
    {
        ArgumentNullException.ThrowIfNull(names);
        if (Function is not null)
            return $"{Function}({names[Powers.ToList().IndexOf(1)]})";
        return string.Join(product, Powers.Select((power, i) => (power, i)).Where(p => p.power > 0).Select(
            p => p.power == 1 ? names[p.i] : string.Create(CultureInfo.InvariantCulture, $"{names[p.i]}^{p.power}")));
    }

    /// <inheritdoc/>
    public bool Equals(EquationTerm? other) => other is not null && Function == other.Function && Powers.SequenceEqual(other.Powers);

    /// <inheritdoc/>
    public override int GetHashCode() => Powers.Aggregate(Function?.GetHashCode(StringComparison.Ordinal) ?? 0, HashCode.Combine);

    internal double Value(ReadOnlySpan<double> x)
    {
        double value = 1;
        for (int i = 0; i < Powers.Count; i++)
            for (int k = 0; k < Powers[i]; k++)
                value *= x[i];
        return Function switch { "sin" => Math.Sin(value), "cos" => Math.Cos(value), _ => value };
    }

    internal double Derivative(ReadOnlySpan<double> x, int variable)
    {
        if (Powers[variable] == 0)
            return 0;
        if (Function is not null)
            return Function == "sin" ? Math.Cos(x[variable]) : -Math.Sin(x[variable]);
        double value = Powers[variable];
        for (int i = 0; i < Powers.Count; i++)
            for (int k = i == variable ? 1 : 0; k < Powers[i]; k++)
                value *= x[i];
        return value;
    }

    /// <summary>How many terms a library has: C(N + d, d), and two for each variable.</summary>
    internal static double Count(int variables, int degree, bool trigonometric)
    {
        double count = 1;
        for (int d = 1; d <= degree; d++)
            count = count * (variables + d) / d;
        return count + (trigonometric ? 2 * variables : 0);
    }

    /// <summary>The constant, the monomials by degree, then sines and cosines.</summary>
    internal static IReadOnlyList<EquationTerm> Library(int variables, int degree, bool trigonometric)
    {
        List<EquationTerm> terms = [new(new int[variables])];
        List<int[]> level = [new int[variables]];
        for (int d = 1; d <= degree; d++)
        {
            // The last factor is not before those that are there: each monomial comes once.
            level = [.. level.SelectMany(powers => Enumerable.Range(0, variables)
                .Where(i => Array.FindLastIndex(powers, p => p > 0) <= i)
                .Select(i => powers.Select((p, j) => j == i ? p + 1 : p).ToArray()))];
            terms.AddRange(level.Select(powers => new EquationTerm(powers)));
        }
        for (int i = 0; trigonometric && i < variables; i++)
            foreach (string function in (string[])["sin", "cos"])
                terms.Add(new([.. Enumerable.Range(0, variables).Select(j => j == i ? 1 : 0)], function));
        return terms;
    }
}
