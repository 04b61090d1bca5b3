using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>An unknown quantity of a model.</summary>
/// <param name="Name">How the model refers to it.</param>
/// <param name="Transform">Where it lives.</param>
/// <param name="Size">How many numbers it consists of.</param>
public sealed record LatentVariable(string Name, Transform Transform, int Size = 1)
{
    /// <summary>Numbers of which each may be anything.</summary>
    public static LatentVariable Real(string name, int size = 1) => new(name, Transform.Real, size);

    /// <summary>Numbers above 0.</summary>
    public static LatentVariable Positive(string name, int size = 1) => new(name, Transform.Positive, size);

    /// <summary>Numbers between two bounds.</summary>
    public static LatentVariable Interval(string name, double low, double high, int size = 1)
        => new(name, Transform.Interval(low, high), size);

    /// <summary>Positive numbers that sum to 1.</summary>
    public static LatentVariable Simplex(string name, int size) => new(name, Transform.Simplex, size);

    /// <summary>How many numbers it consists of.</summary>
    public int Size { get; } = Size >= Transform.SmallestSize
        ? Size
        : throw new ArgumentOutOfRangeException(
            nameof(Size),
            $"A latent variable of {Transform.Description} has {Transform.SmallestSize} of them and more, found {Size} for '{Name}'.");

    internal int UnconstrainedSize => Transform.UnconstrainedSize(Size);
}
