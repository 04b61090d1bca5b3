using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>JSON for the standard output: what is not a finite number is null.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    public static JsonArray Numbers(IEnumerable<Complex> values) => new([.. values.Select(z => Numbers([z.Real, z.Imaginary]))]);

    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static byte[] Bytes(JsonObject value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, s_indented))
            value.WriteTo(writer);
        return stream.ToArray();
    }
}
