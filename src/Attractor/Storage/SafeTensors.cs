using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Attractor.Data;

namespace Attractor.Storage;

/// <summary>
/// The safetensors format: eight bytes of header length (little-endian), a JSON header of names, types, shapes and offsets, then the data.
/// </summary>
/// <remarks>
/// Models and checkpoints carry the SHA-256 of their names, shapes, values and metadata as one more entry of the metadata; what is read is
/// compared with it. A file without one, of another program or an earlier version, is read as it is.
/// </remarks>
public static class SafeTensors
{
    private const int MaxHeader = 10_000_000, MaxHeaderDepth = 8;
    private const long MaxValues = 1L << 28;
    private const string MetadataKey = "__metadata__";

    // Metadata of our own, which a reader of a file does not see.
    private const string ChecksumKey = "sha256";

    /// <summary>Writes tensors in the given order; a file of the same name is replaced only once the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors: F32 if every value of all of them is one exactly, else F64.</param>
    /// <param name="metadata">Entries for <c>__metadata__</c>.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or a shape does not fit its values.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
        => Write(path, tensors, metadata, isChecked: false);

    /// <summary>Writes tensors, with a checksum if that is asked for.</summary>
    internal static void Write(
        string path, IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata, bool isChecked)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        foreach (SafeTensor tensor in tensors)
            if (tensor.Shape.Aggregate(1L, (n, s) => n * s) != tensor.Values.Length)
                throw new ArgumentException(
                    $"Tensor {tensor.Name} has {tensor.Values.Length} values, its "
                    + $"shape ({string.Join(", ", tensor.Shape)}) another number.",
                    nameof(tensors));
        if (tensors.Select(t => t.Name).Distinct(StringComparer.Ordinal).Count() != tensors.Count)
            throw new ArgumentException("Two tensors have the same name.", nameof(tensors));
        int size = tensors.All(t => Array.TrueForAll(t.Values, v => (double)(float)v == v || double.IsNaN(v)))
            ? sizeof(float)
            : sizeof(double);
        byte[] header = Header(tensors, isChecked ? Checked(tensors, metadata, size) : metadata, size);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (SafeTensor tensor in tensors)
                stream.Write(Bytes(tensor.Values, size));
        });
    }

    /// <summary>Reads a file of F64, F32, F16 or BF16 tensors.</summary>
    /// <exception cref="InvalidDataException">The file is not what the format says; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsFile Read(string path)
    {
        if (Directory.Exists(path))
            throw new InvalidDataException($"{Name(path)} is a directory, not a safetensors file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}.");
        if (PathKinds.Of(path) is var kind and not PathKind.File)
            throw new InvalidDataException(
                $"{Name(path)} is a {PathKinds.Name(kind)}, which is not read as safetensors; save it to a file.");
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length < sizeof(ulong))
            throw Bad(path, $"it has {stream.Length} bytes, fewer than a header needs");
        byte[] prefix = new byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is > MaxHeader && length <= (ulong)(stream.Length - sizeof(ulong)))
            throw Bad(path, $"its header of {length} bytes is longer than the {MaxHeader} that are read");
        if (length > (ulong)(stream.Length - sizeof(ulong)))
            throw Bad(path, $"its header claims {length} bytes, the file has {stream.Length}: it is truncated or not safetensors");
        byte[] header = new byte[length];
        stream.ReadExactly(header);
        long dataLength = stream.Length - sizeof(ulong) - (long)length;
        try
        {
            return Parse(path, JsonFile.Parse(Encoding.UTF8.GetString(header), MaxHeaderDepth), stream, dataLength);
        }
        catch (JsonException e)
        {
            // The platform's own say a line, which a header has but one of.
            throw Bad(path, "its header is not JSON" + (e.LineNumber is null ? $": {e.Message.TrimEnd('.')}" : ""));
        }
        catch (EndOfStreamException)
        {
            throw Bad(path, "it ends within its data");
        }
    }

    private static SafeTensorsFile Parse(string path, JsonElement root, FileStream stream, long dataLength)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Bad(path, "its header is not a JSON object");
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        List<(string Name, string Type, int[] Shape, long Start, long End)> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw Bad(path, $"its header names '{property.Name}' twice");
            if (property.Name == MetadataKey)
                ReadMetadata(path, property.Value, metadata);
            else
                entries.Add(ReadEntry(path, property));
        }
        entries.Sort((a, b) => a.Start.CompareTo(b.Start));
        long at = 0;
        TensorHash hash = new();
        List<SafeTensor> tensors = [];
        foreach ((string name, string type, int[] shape, long start, long end) in entries)
        {
            int size = type switch
            {
                "F64" => 8,
                "F32" => 4,
                "F16" or "BF16" => 2,
                _ => throw Bad(path, $"tensor '{name}' has the type {type}; expected F64, F32, F16 or BF16")
            };
            long count = 1;
            foreach (int s in shape)
                count = count > MaxValues ? count : count * s;
            if (count > MaxValues || end - start != count * size)
                throw Bad(path, $"tensor '{name}' has the shape ({string.Join(", ", shape)}) and {end - start} bytes, which do not fit");
            if (start != at || end > dataLength)
                throw Bad(
                    path, $"the data of tensor '{name}' ({start} to {end}) do not lie in the file's {dataLength} bytes without a gap");
            at = end;
            tensors.Add(new(name, shape, ReadValues(stream, (int)count, type, bytes => hash.Add(name, type, shape, bytes))));
        }
        if (at != dataLength)
            throw Bad(path, $"{dataLength - at} bytes follow the last tensor");
        if (metadata.Remove(ChecksumKey, out string? expected) && expected != hash.Of(metadata))
            throw Bad(
                path, $"its contents are not those that were written (its metadata '{ChecksumKey}' tell): it is damaged, take a copy; "
                + $"after an intended change remove that entry");
        return new(tensors, metadata);
    }

    private static void ReadMetadata(string path, JsonElement value, Dictionary<string, string> metadata)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Bad(path, "its metadata are not an object");
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
                throw Bad(path, $"its metadata entry '{entry.Name}' is not a string");
            if (!metadata.TryAdd(entry.Name, entry.Value.GetString()!))
                throw Bad(path, $"its metadata name '{entry.Name}' twice");
        }
    }

    private static (string Name, string Type, int[] Shape, long Start, long End) ReadEntry(string path, JsonProperty property)
    {
        string name = property.Name;
        JsonElement entry = property.Value;
        if (entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !entry.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() > 8
            || !entry.TryGetProperty("data_offsets", out JsonElement offsets)
            || offsets.ValueKind != JsonValueKind.Array || offsets.GetArrayLength() != 2)
            throw Bad(path, $"the entry of tensor '{name}' lacks its dtype, shape or data_offsets");
        int[] dimensions = new int[shape.GetArrayLength()];
        for (int i = 0; i < dimensions.Length; i++)
            if (shape[i].ValueKind != JsonValueKind.Number || !shape[i].TryGetInt32(out dimensions[i]) || dimensions[i] < 0)
                throw Bad(path, $"the shape of tensor '{name}' is not a list of sizes");
        if (offsets[0].ValueKind != JsonValueKind.Number || !offsets[0].TryGetInt64(out long start)
            || offsets[1].ValueKind != JsonValueKind.Number || !offsets[1].TryGetInt64(out long end) || start < 0 || end < start)
            throw Bad(path, $"the data_offsets of tensor '{name}' are not two positions");
        return (name, type.GetString()!, dimensions, start, end);
    }

    private static double[] ReadValues(FileStream stream, int count, string type, Action<ReadOnlySpan<byte>> seen)
    {
        double[] values = new double[count];
        if (type == "F64")
        {
            Fill(values);
        }
        else if (type == "F32")
        {
            float[] singles = new float[count];
            Fill(singles);
            for (int i = 0; i < count; i++)
                values[i] = singles[i];
        }
        else
        {
            ushort[] bits = new ushort[count];
            Fill(bits);
            for (int i = 0; i < count; i++)
                values[i] = type == "F16"
                    ? (double)BitConverter.UInt16BitsToHalf(bits[i])
                    : BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
        }
        return values;

        void Fill<T>(T[] numbers)
            where T : struct
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
            stream.ReadExactly(bytes);
            seen(bytes);
        }
    }

    private static ReadOnlySpan<byte> Bytes(double[] values, int size) => size == sizeof(double)
        ? MemoryMarshal.AsBytes(values.AsSpan())
        : MemoryMarshal.AsBytes(Array.ConvertAll(values, v => (float)v).AsSpan());

    private static string TypeOf(int size) => size == sizeof(float) ? "F32" : "F64";

    private static Dictionary<string, string> Checked(
        IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata, int size)
    {
        TensorHash hash = new();
        foreach (SafeTensor tensor in tensors)
            hash.Add(tensor.Name, TypeOf(size), tensor.Shape, Bytes(tensor.Values, size));
        return new(metadata, StringComparer.Ordinal) { [ChecksumKey] = hash.Of(metadata.Where(m => m.Key != ChecksumKey)) };
    }

    private static byte[] Header(IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata, int size)
    {
        using MemoryStream header = new();
        using (Utf8JsonWriter json = new(header))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach (SafeTensor tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", TypeOf(size));
                json.WriteStartArray("shape");
                foreach (int s in tensor.Shape)
                    json.WriteNumberValue(s);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)tensor.Values.Length * size);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Padded so that the data are aligned.
        while (header.Length % 8 != 0)
            header.WriteByte((byte)' ');
        return header.ToArray();
    }

    private static InvalidDataException Bad(string path, string what) => new($"{Name(path)} cannot be read as safetensors: {what}.");

    private static string Name(string path) => Path.GetFileName(path);
}
