using System.Globalization;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A driven network: the tensors of its cell (<c>cell.A</c>, ...) and <c>C</c>; in the metadata the cell's
/// kind and sizes, the inputs and the outputs.
/// </summary>
internal static class DrivenNetworkFile
{
    public static ModelFormat Format { get; } = ModelFormat.Of<DrivenNetwork>(DrivenNetwork.KindName, Write, Read);

    private static SafeTensorsFile Write(DrivenNetwork network)
    {
        Dictionary<string, string> metadata = network.CellSizes.ToDictionary(s => $"cell.{s.Key}", s => Text(s.Value));
        (metadata["cell"], metadata["inputs"], metadata["outputs"]) = (network.CellKind, Text(network.Inputs), Text(network.Outputs));
        return new(TensorReader.Tensors(network.Parameters), metadata);
    }

    private static DrivenNetwork Read(TensorReader reader)
    {
        string kind = reader.Word("cell");
        RecurrentKind cell = RecurrentKinds.Find(kind)
            ?? throw reader.Bad($"its cell is a '{kind}', known are {string.Join(", ", RecurrentModel.Kinds)}");
        int inputs = reader.Whole("inputs", 1, int.MaxValue), outputs = reader.Whole("outputs", 1, int.MaxValue);
        Dictionary<string, int> sizes = cell.Sizes.ToDictionary(s => s, s => reader.Whole($"cell.{s}", 1, int.MaxValue));
        // Before the model is made: it would take what its sizes claim, however little the file holds.
        long expected = ((long)sizes[RecurrentKind.Latent] * inputs) + CountOf(cell, sizes, reader);
        if (reader.ValueCount != expected)
            throw reader.Bad(
                $"it holds {reader.ValueCount:N0} values, but a network of the sizes that its metadata give has {expected:N0}");
        return reader.Model(() => DrivenNetwork.CreateBlank(kind, sizes, inputs, outputs), network => network.Parameters);
    }

    private static long CountOf(RecurrentKind cell, Dictionary<string, int> sizes, TensorReader reader)
    {
        try
        {
            return cell.TensorsOf(sizes).Sum(t => (long)t.Count);
        }
        catch (ArgumentException e)
        {
            throw reader.Bad($"there is no such cell: {e.Message}");
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
