namespace Attractor.Storage;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The tensors, in the order of their data.</param>
/// <param name="Metadata">The entries under <c>__metadata__</c>.</param>
public sealed record SafeTensorsFile(IReadOnlyList<SafeTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The tensor of that name, or null.</summary>
    public SafeTensor? Find(string name) => Tensors.FirstOrDefault(t => t.Name == name);
}
