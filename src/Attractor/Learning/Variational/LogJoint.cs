using Attractor.Differentiation;

namespace Attractor.Learning;

/// <summary>A probabilistic model: its latent variables z and log p(x, z), which includes the data x.</summary>
public sealed class LogJoint
{
    private readonly Func<LatentValues, Variable<double>> _logDensity;

    /// <summary>A model.</summary>
    /// <param name="latents">The unknown quantities.</param>
    /// <param name="logDensity">
    /// Computes log p(x, z) of n draws of them, a column of n values. Written in the quantities themselves: what their transforms add is
    /// added for you. Constants may be left out, but then the bound is off by them. It must take data from arrays that do not change.
    /// </param>
    /// <exception cref="ArgumentException">There are no latent variables, or two of one name.</exception>
    public LogJoint(IReadOnlyList<LatentVariable> latents, Func<LatentValues, Variable<double>> logDensity)
    {
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(logDensity);
        if (latents.Count == 0)
            throw new ArgumentException("A model has at least one latent variable.", nameof(latents));
        if (latents.GroupBy(l => l.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException(
                $"There are {twice.Count()} latent variables '{twice.Key}'; each needs a name of its own.", nameof(latents));
        Latents = [.. latents];
        _logDensity = logDensity;
        Dimension = Latents.Sum(l => l.UnconstrainedSize);
        Unconstrained = TargetFunction.OnTape(Dimension, (_, z) => LogDensity(z));
    }

    /// <summary>The unknown quantities.</summary>
    public IReadOnlyList<LatentVariable> Latents { get; }

    /// <summary>The number of unconstrained numbers that stand for all of them.</summary>
    public int Dimension { get; }

    /// <summary>log p(x, z) + log |det| as a function of the unconstrained numbers.</summary>
    public TargetFunction Unconstrained { get; }

    /// <summary>The unconstrained numbers of given values.</summary>
    /// <exception cref="ArgumentException">A value is of another size, not where its latent variable lives, or of none.</exception>
    internal double[] Unconstrain(IReadOnlyDictionary<string, double[]> values) => Unconstrain(Latents, values);

    /// <summary>The unconstrained numbers of given values of latent variables; 0 of those that are not given.</summary>
    /// <exception cref="ArgumentException">A value is of another size, not where its latent variable lives, or of none.</exception>
    internal static double[] Unconstrain(IReadOnlyList<LatentVariable> latents, IReadOnlyDictionary<string, double[]> values)
    {
        double[] unconstrained = new double[latents.Sum(l => l.UnconstrainedSize)];
        int offset = 0;
        foreach (LatentVariable latent in latents)
        {
            if (values.TryGetValue(latent.Name, out double[]? value))
            {
                if (value.Length != latent.Size)
                    throw new ArgumentException(
                        $"The latent variable '{latent.Name}' has {latent.Size} numbers, found {value.Length}.", nameof(values));
                latent.Transform.Unconstrain(value, unconstrained.AsSpan(offset, latent.UnconstrainedSize));
            }
            offset += latent.UnconstrainedSize;
        }
        foreach (string name in values.Keys)
            if (latents.All(l => l.Name != name))
                throw new ArgumentException(
                    $"There is no latent variable '{name}'; there are {string.Join(", ", latents.Select(l => l.Name))}.", nameof(values));
        return unconstrained;
    }

    private Variable<double> LogDensity(Variable<double> unconstrained)
    {
        LatentValues values = new(Latents, unconstrained);
        return _logDensity(values) + values.LogDeterminant;
    }
}
