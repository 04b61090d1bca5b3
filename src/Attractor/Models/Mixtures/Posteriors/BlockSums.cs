namespace Attractor.Models;

/// <summary>sum_n r_nk T(x_n) of one block: the sufficient statistics that each component was given.</summary>
/// <param name="sums">K x F: of all blocks.</param>
/// <param name="features">F.</param>
/// <param name="map">Which of the F each of the block's statistics is.</param>
/// <param name="origin">What the block's columns are measured from: D values.</param>
internal readonly ref struct BlockSums(ReadOnlySpan<double> sums, int features, ReadOnlySpan<int> map, ReadOnlySpan<double> origin)
{
    private readonly ReadOnlySpan<double> _sums = sums;
    private readonly ReadOnlySpan<int> _map = map;

    public ReadOnlySpan<double> Origin { get; } = origin;

    public double this[int component, int statistic] => _sums[(component * features) + _map[statistic]];
}
