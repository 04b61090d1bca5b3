using System.Globalization;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>One entry of a tensor of parameters, as <c>h1[2]</c> or <c>W1[0,4]</c> names it; indices from 0.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Index">Its place in the tensor, row by row.</param>
internal sealed record ParameterEntry(ParameterTensor Tensor, int Index)
{
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ParameterEntry Parse(string text, ParameterBuffer parameters)
    {
        int open = text.IndexOf('[', StringComparison.Ordinal);
        string name = open < 0 ? text : text[..open];
        ParameterTensor tensor = parameters.Tensors.FirstOrDefault(t => t.Name == name)
            ?? throw new ArgumentException(
                $"the model has no tensor '{name}'; it has {string.Join(", ", parameters.Tensors.Select(Shape))}");
        string[] indices = open > 0 && text.EndsWith(']') ? text[(open + 1)..^1].Split(',') : [];
        IReadOnlyList<int> sizes = tensor.Shape;
        if (indices.Length != sizes.Count)
            throw new ArgumentException(
                $"an entry of {Shape(tensor)} is named like {name}[{(sizes.Count == 1 ? "0" : "0,1")}], not '{text}'");
        int place = 0;
        for (int i = 0; i < sizes.Count; i++)
        {
            if (!int.TryParse(indices[i], NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= sizes[i])
                throw new ArgumentException($"'{text}' is no entry of {Shape(tensor)}: indices go from 0 to {sizes[i] - 1}");
            place = (place * sizes[i]) + index;
        }
        return new(tensor, place);
    }

    private static string Shape(ParameterTensor tensor) => $"{tensor.Name} ({string.Join(" x ", tensor.Shape)})";
}
