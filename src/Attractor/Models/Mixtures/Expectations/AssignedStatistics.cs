namespace Attractor.Models;

/// <summary>What some responsibilities come to: all that the update of the parameters and the bound need of the data.</summary>
/// <param name="components">K.</param>
/// <param name="design">How the statistics are laid out.</param>
internal sealed class AssignedStatistics(int components, MixtureDesign design)
{
    private readonly int _features = design.Features;

    /// <summary>sum_n r_nk T(x_n): K x F and some padding.</summary>
    public double[] Sums { get; } = new double[ResponsibilityKernel.Padded(components) * design.Features];

    /// <summary>sum_n log h(x_n) of each block.</summary>
    public double[] Base { get; } = new double[design.Base.Length];

    /// <summary>H[q(z)], nats.</summary>
    public double Entropy { get; set; }

    /// <summary>N_k = sum_n r_nk.</summary>
    public double[] Counts => [.. Enumerable.Range(0, components).Select(k => Sums[k * _features])];

    /// <summary>The statistics of one block.</summary>
    public BlockSums Of(int block) => new(Sums, _features, design.Maps[block], design.Origins[block]);

    public void Clear()
    {
        Array.Clear(Sums);
        Array.Clear(Base);
        Entropy = 0;
    }

    /// <summary>Adds those of other rows.</summary>
    public void Add(AssignedStatistics other)
    {
        for (int i = 0; i < Sums.Length; i++)
            Sums[i] += other.Sums[i];
        for (int b = 0; b < Base.Length; b++)
            Base[b] += other.Base[b];
        Entropy += other.Entropy;
    }

    /// <summary>As if there were more rows like these.</summary>
    public void Scale(double factor)
    {
        for (int i = 0; i < Sums.Length; i++)
            Sums[i] *= factor;
        for (int b = 0; b < Base.Length; b++)
            Base[b] *= factor;
        Entropy *= factor;
    }
}
