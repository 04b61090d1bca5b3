using Attractor.Differentiation;

namespace Attractor.Learning;

/// <summary>n draws of the latent variables of a model, on a tape.</summary>
public sealed class LatentValues
{
    private readonly Dictionary<string, Variable<double>> _values = [];

    internal LatentValues(IReadOnlyList<LatentVariable> latents, Variable<double> unconstrained)
    {
        (Tape, Count) = (unconstrained.Tape, unconstrained.Rows);
        Variable<double>? logDeterminant = null;
        int offset = 0;
        foreach (LatentVariable latent in latents)
        {
            (Variable<double> value, Variable<double> determinant) = latent.Transform.Constrain(
                unconstrained.SliceColumns(offset, latent.UnconstrainedSize));
            _values[latent.Name] = value;
            logDeterminant = logDeterminant is { } sum ? sum + determinant : determinant;
            offset += latent.UnconstrainedSize;
        }
        LogDeterminant = logDeterminant!.Value;
    }

    /// <summary>The tape that they are on: for constants such as data.</summary>
    public Tape<double> Tape { get; }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>The values of one latent variable, n x size.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Variable<double> this[string name] => _values.TryGetValue(name, out Variable<double> value)
        ? value
        : throw new ArgumentException($"There is no latent variable '{name}'; there are {string.Join(", ", _values.Keys)}.", nameof(name));

    /// <summary>log |det| of the transform from unconstrained numbers, n x 1.</summary>
    internal Variable<double> LogDeterminant { get; }
}
