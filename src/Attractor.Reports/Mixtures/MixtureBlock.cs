using Attractor.Models;

namespace Attractor.Reports;

/// <summary>Columns that a mixture describes by one distribution, for the graphical model.</summary>
/// <param name="Symbol">The observed variable: <c>x_n</c>.</param>
/// <param name="Meaning">What it is: "longitude and latitude, Gaussian".</param>
/// <param name="Parameters">The parameters of the distribution.</param>
public sealed record MixtureBlock(string Symbol, string Meaning, IReadOnlyList<MixtureParameter> Parameters)
{
    /// <summary>
    /// The blocks of a mixture, those of one letter side by side; several of a letter are told apart by a
    /// number in the subscript of their symbols.
    /// </summary>
    public static IReadOnlyList<MixtureBlock> Of(IReadOnlyList<ConjugateBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        return [.. blocks.GroupBy(b => b.Symbol).SelectMany(
            group => group.Select((block, i) => Of(block, group.Count() > 1 ? FormattableString.Invariant($"{i + 1}") : "")))];
    }

    private static MixtureBlock Of(ConjugateBlock block, string number)
        => new(Numbered(block.Symbol + "_n", number), $"{block.Label}: {block.Family}",
        [
            .. block.Parameters.Select(p => p with
            {
                Symbol = Numbered(p.Symbol, number),
                Hyperparameters = [.. p.Hyperparameters.Select(h => (Numbered(h.Symbol, number), h.Meaning))],
            }),
        ]);

    // mu_k becomes mu_1k, c_0 c_01 and nu nu_1: the index of a component or a row stays last.
    private static string Numbered(string symbol, string number)
    {
        int at = symbol.IndexOf('_', StringComparison.Ordinal);
        if (number.Length == 0)
            return symbol;
        if (at < 0)
            return $"{symbol}_{number}";
        return symbol[^1] is 'k' or 'n' ? symbol.Insert(at + 1, number) : symbol + number;
    }
}
