namespace Attractor.Models;

/// <summary>Some numbers of a posterior, by name: what files hold and what is put back to go on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; the first dimension is K, one slice for each component, unless it is <paramref name="Shared"/>.</param>
/// <param name="Values">The values themselves, row-major: writing to them changes the posterior.</param>
/// <param name="Shared">Whether it belongs to all components at once.</param>
internal sealed record PosteriorTensor(string Name, IReadOnlyList<int> Shape, double[] Values, bool Shared = false);
