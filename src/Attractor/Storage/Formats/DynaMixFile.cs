using System.Text.Json;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// The weights of a DynaMix model as JSON: an object of nested lists named A, W, h, conv_w, conv_b, D, mlp1, mlp2, temp1, temp2, sigma and
/// obs_L. Other keys, such as metadata, are passed over, but for P, the number of rectified units (2 if absent), and C, what of attended
/// rows goes into the states (none if absent).
/// </summary>
public static class DynaMixFile
{
    private const int UsualRectified = 2;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not JSON, lacks a key, or a list has another shape; the message says which.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static DynaMixModel Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        JsonElement root = JsonFile.ReadObject(path);
        try
        {
            // The sizes are those of the lists themselves, which the file holds.
            int experts = Length(root, "A"), latent = Length(Item(root, "A"), "A[0]"), observed = Length(root, "D"),
                hidden = Length(root, "mlp1");
            DynaMixParameters parameters = new()
            {
                Observed = observed,
                Latent = latent,
                Experts = experts,
                Rectified = root.TryGetProperty("P", out JsonElement rectified) ? Whole(rectified) : UsualRectified,
                GateHidden = hidden,
                A = Values(root, "A", experts, latent),
                W = Values(root, "W", experts, latent, latent),
                Bias = Values(root, "h", experts, latent),
                ConvolutionWeights = Values(root, "conv_w", observed, observed, 2),
                ConvolutionBias = Values(root, "conv_b", observed),
                Query = Values(root, "D", observed, latent),
                GateInput = Values(root, "mlp1", hidden, observed + latent),
                GateOutput = Values(root, "mlp2", experts, hidden),
                AttentionTemperature = Number(root, "temp1"),
                GateTemperature = Number(root, "temp2"),
                Noise = Values(root, "sigma", observed),
                Initial = Values(root, "obs_L", latent - observed, observed),
                Input = root.TryGetProperty("C", out _) ? Values(root, "C", experts, latent, 2 * observed) : [],
            };
            return new(parameters);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"{FileErrors.NameOf(path)}: these are no weights of a DynaMix model: {e.Message}", e);
        }
    }

    private static int Length(JsonElement root, string name)
    {
        JsonElement list = root.ValueKind == JsonValueKind.Object ? Named(root, name) : root;
        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? list.GetArrayLength()
            : throw Invalid($"'{name}' should be a list that is not empty");
    }

    private static JsonElement Item(JsonElement root, string name) => Named(root, name)[0];

    private static JsonElement Named(JsonElement root, string name)
        => root.TryGetProperty(name, out JsonElement value) ? value : throw Invalid($"there is no '{name}'");

    private static int Whole(JsonElement value)
        => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole) ? whole : throw Invalid("'P' is not a whole number");

    // A number may stand in a list of its own.
    private static double Number(JsonElement root, string name)
    {
        JsonElement value = Named(root, name);
        while (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1)
            value = value[0];
        return Finite(value, name);
    }

    private static double Finite(JsonElement value, string name)
        => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Invalid($"'{name}' holds something that is not a finite number");

    private static double[] Values(JsonElement root, string name, params int[] shape)
    {
        List<double> values = [];
        Add(Named(root, name), 0);
        return [.. values];

        // No more is taken than the file holds, whatever the shape says.
        void Add(JsonElement element, int depth)
        {
            if (depth == shape.Length)
            {
                values.Add(Finite(element, name));
                return;
            }
            if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != shape[depth])
                throw Invalid($"'{name}' should have the shape ({string.Join(", ", shape)})");
            foreach (JsonElement item in element.EnumerateArray())
                Add(item, depth + 1);
        }
    }

    private static InvalidDataException Invalid(string message) => new(message);
}
