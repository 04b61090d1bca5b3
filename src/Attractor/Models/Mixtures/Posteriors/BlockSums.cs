namespace Attractor.Models;

/// <summary>sum_n r_nk T(x_n) of one block: the sufficient statistics that each component was given.</summary>
public readonly ref struct BlockSums
{
    private readonly ReadOnlySpan<double> _sums;
    private readonly ReadOnlySpan<int> _map;
    private readonly int _features;

    /// <param name="sums">K x F: of all blocks.</param>
    /// <param name="features">F.</param>
    /// <param name="map">Which of the F each of the block's statistics is.</param>
    /// <param name="origin">What the block's columns are measured from: D values.</param>
    internal BlockSums(ReadOnlySpan<double> sums, int features, ReadOnlySpan<int> map, ReadOnlySpan<double> origin)
    {
        _features = features;
        _sums = sums;
        _map = map;
        Origin = origin;
    }

    /// <summary>
    /// What the columns were measured from when T(x) was written: D values, 0 unless the block <see cref="ConjugateBlock.IsLocation"/>.
    /// </summary>
    public ReadOnlySpan<double> Origin { get; }

    /// <summary>The same sums, of columns whose origin is told in other units.</summary>
    internal BlockSums From(ReadOnlySpan<double> origin) => new(_sums, _features, _map, origin);

    /// <summary>The sum of a statistic over the rows, each as far as it is of a component.</summary>
    public double this[int component, int statistic] => _sums[(component * _features) + _map[statistic]];
}
