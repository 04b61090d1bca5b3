namespace Attractor.Learning;

/// <summary>A named vector of a state.</summary>
/// <param name="Name">Its name, of which a state has no other.</param>
/// <param name="Values">Its values.</param>
public sealed record StateTensor(string Name, IReadOnlyList<double> Values);
