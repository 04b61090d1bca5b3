using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A mixture of K components, z_n ~ Categorical(pi), in each of which the columns of a row are independent blocks of conjugate exponential
/// families; with the posterior of everything unknown.
/// </summary>
/// <remarks>
/// The posterior is that of mean-field variational inference, q(z) q(pi) prod_k q(theta_k): an approximation, as given the data the factors
/// are not independent.
/// </remarks>
public sealed class Mixture : ILearntModel
{
    /// <summary>What files and commands call it.</summary>
    public const string KindName = "mixture";

    /// <summary>The largest K.</summary>
    public const int MostComponents = 4096;

    private readonly double[] _initial;

    /// <summary>A mixture of which nothing but the prior is known.</summary>
    /// <param name="components">K.</param>
    /// <param name="blocks">What each component consists of, with the priors.</param>
    /// <param name="weights">The weights of the components, or their prior; uniform if null.</param>
    /// <exception cref="ArgumentException">There are no blocks, two are about the same column, or there are weights for another number of
    /// components.</exception>
    public Mixture(int components, IReadOnlyList<ConjugateBlock> blocks, MixtureWeights? weights = null)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (components is < 1 or > MostComponents)
            throw new ArgumentOutOfRangeException(nameof(components), components, $"A mixture has 1 to {MostComponents} components.");
        if (blocks.Count == 0)
            throw new ArgumentException("A mixture needs at least one block of columns.", nameof(blocks));
        if (blocks.SelectMany(b => b.Columns).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The column '{twice.Key}' is in {twice.Count()} blocks; it would count as often.", nameof(blocks));
        weights ??= MixtureWeights.Uniform;
        if (weights.Components is { } expected && expected != components)
            throw new ArgumentException($"There are {expected} weights for {components} components.", nameof(weights));
        (Components, Blocks, Prior) = (components, [.. blocks], weights);
        Posteriors = [.. blocks.Select(b => b.Prior(components))];
        Weights = new(weights, components);
        _initial = Snapshot();
    }

    /// <summary>K.</summary>
    public int Components { get; }

    /// <summary>What each component consists of.</summary>
    public IReadOnlyList<ConjugateBlock> Blocks { get; }

    /// <summary>The weights, or their prior.</summary>
    public MixtureWeights Prior { get; }

    /// <summary>What is known of the weights.</summary>
    public WeightsPosterior Weights { get; }

    /// <summary>What is known of the parameters of each block.</summary>
    public IReadOnlyList<BlockPosterior> Posteriors { get; }

    /// <summary>The columns of all blocks, in their order: those of a draw.</summary>
    public IReadOnlyList<string> Columns => [.. Blocks.SelectMany(b => b.Columns)];

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>How many numbers say the posterior.</summary>
    public int ParameterCount => Tensors.Sum(t => t.Values.Length);

    /// <inheritdoc/>
    public string Description
        => $"{Components} {(Components == 1 ? "component" : "components")} of "
            + $"{string.Join(" and ", Blocks.Select(b => $"{b.Kind} ({b.Label})"))}";

    /// <summary>The numbers that say the posterior: <c>weights.concentration</c>, <c>0.mean</c>, ...</summary>
    internal IReadOnlyList<PosteriorTensor> Tensors =>
    [
        .. Weights.Tensors.Select(t => t with { Name = "weights." + t.Name }),
        .. Posteriors.SelectMany((p, i) => p.Tensors.Select(t => t with { Name = FormattableString.Invariant($"{i}.{t.Name}") })),
    ];

    /// <summary>r_nk = q(z_n = k), the probability that row n is of component k.</summary>
    /// <param name="rows">Rows with the columns of the mixture, and others.</param>
    /// <returns>N x K.</returns>
    /// <exception cref="ArgumentException">A column is not there, or a value does not belong into it.</exception>
    public double[,] Responsibilities(TimeSeries rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        SeriesRows source = new(rows);
        using MixtureDesign design = new(Blocks, source, rows.Length);
        design.Fill(source, 0, rows.Length, 0);
        using ExpectationStep step = new(this, design, 0);
        double[] flat = new double[rows.Length * Components];
        step.Run(flat);
        double[,] responsibilities = new double[rows.Length, Components];
        Buffer.BlockCopy(flat, 0, responsibilities, 0, flat.Length * sizeof(double));
        return responsibilities;
    }

    /// <summary>
    /// log p(x | data) of each row: the posterior predictive density under q, nats. Missing values are marginalised; of a
    /// <see cref="NormalWishartBlock"/> a row that lacks one value counts as lacking all, as it does in the fit.
    /// </summary>
    /// <param name="rows">Rows with the columns of the mixture, and others.</param>
    /// <returns>N values.</returns>
    /// <exception cref="ArgumentException">A column is not there, or a value does not belong into it.</exception>
    public double[] LogPredictive(TimeSeries rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[][] columns = MixtureColumns.Find(Blocks, rows.Names);
        Require(rows, columns);
        double[] logWeights = [.. Weights.Mean.Select(w => Math.Log(w))], result = new double[rows.Length];
        Concurrent.For(rows.Length, n =>
        {
            double[] terms = [.. logWeights];
            for (int b = 0; b < Blocks.Count; b++)
            {
                double[] x = [.. columns[b].Select(c => rows[n, c])];
                for (int k = 0; k < terms.Length; k++)
                    terms[k] += Posteriors[b].LogPredictive(k, x);
            }
            result[n] = LogSumExp.Of(terms);
        }, CancellationToken.None);
        return result;
    }

    /// <summary>
    /// Draws from the posterior predictive distribution: each row from a component, of which each block is drawn
    /// with its parameters from their posterior.
    /// </summary>
    /// <param name="rows">How many.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>rows x columns, in the order of <see cref="Columns"/>; a category is its index.</returns>
    public TimeSeries Sample(int rows, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        double[] weights = [.. Weights.Mean];
        IReadOnlyList<string> names = Columns;
        double[] values = new double[checked(rows * names.Count)];
        RandomStream random = new(seed, "mixture draws");
        for (int n = 0; n < rows; n++)
        {
            int k = DirichletExpectations.Pick(random, weights), at = n * names.Count;
            foreach (BlockPosterior posterior in Posteriors)
            {
                int width = posterior.Block.Columns.Count;
                posterior.Sample(k, random, values.AsSpan(at, width));
                at += width;
            }
        }
        return new(values, names.Count, 1, names);
    }

    private void Require(TimeSeries rows, int[][] columns)
    {
        for (int n = 0; n < rows.Length; n++)
            for (int b = 0; b < columns.Length; b++)
                for (int d = 0; d < columns[b].Length; d++)
                    if (rows[n, columns[b][d]] is var value && !double.IsNaN(value) && Blocks[b].Fault(value) is { } fault)
                        throw new ArgumentException(
                            FormattableString.Invariant($"row {n + 1}, column '{Blocks[b].Columns[d]}': {value} {fault}"), nameof(rows));
    }

    /// <summary>Forgets what was learnt.</summary>
    internal void Reset() => Restore(_initial);

    /// <summary>The numbers that say the posterior, in the order of the tensors.</summary>
    internal double[] Snapshot() => [.. Tensors.SelectMany(t => t.Values)];

    /// <summary>Puts numbers of a <see cref="Snapshot"/> back.</summary>
    /// <exception cref="ArgumentException">They are of another mixture.</exception>
    internal void Restore(ReadOnlySpan<double> values)
    {
        if (values.Length != ParameterCount)
            throw new ArgumentException(
                $"There are {values.Length} numbers for a posterior of {ParameterCount}: they are of another mixture.", nameof(values));
        int at = 0;
        foreach (PosteriorTensor tensor in Tensors)
        {
            values.Slice(at, tensor.Values.Length).CopyTo(tensor.Values);
            at += tensor.Values.Length;
        }
        Refresh();
    }

    /// <summary>Gives the components another order: the i-th will be the one that was <paramref name="order"/>[i].</summary>
    internal void Reorder(ReadOnlySpan<int> order)
    {
        foreach (PosteriorTensor tensor in Tensors)
        {
            if (tensor.Shared)
                continue;
            double[] before = [.. tensor.Values];
            int width = before.Length / Components;
            for (int i = 0; i < Components; i++)
                before.AsSpan(order[i] * width, width).CopyTo(tensor.Values.AsSpan(i * width));
        }
        Refresh();
    }

    /// <summary>To be called when values of the tensors have been written.</summary>
    internal void Refresh()
    {
        foreach (BlockPosterior posterior in Posteriors)
            posterior.Refresh();
    }
}
