namespace Attractor.Models;

/// <summary>Some numbers of a posterior, by name: what files hold and what is put back to go on.</summary>
/// <param name="Name">Its name, in snake_case.</param>
/// <param name="Shape">Its shape; the first dimension is K, one slice for each component, unless it is <see cref="Shared"/>.</param>
/// <param name="Values">The values themselves, row-major: writing to them changes the posterior.</param>
public sealed record PosteriorTensor(string Name, IReadOnlyList<int> Shape, double[] Values)
{
    /// <summary>Whether it belongs to all components at once.</summary>
    public bool Shared { get; init; }

    /// <summary>Whether the values may be of any sign; all others are above 0, which is checked when a file is read.</summary>
    public bool AnySign { get; init; }
}
