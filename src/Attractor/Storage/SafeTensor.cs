namespace Attractor.Storage;

/// <summary>A named tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions; none for a scalar.</param>
/// <param name="Values">Its values, row-major, as float64 whatever the file holds.</param>
public sealed record SafeTensor(string Name, IReadOnlyList<int> Shape, double[] Values);
