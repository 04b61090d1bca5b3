using System.Text.Json;
using Attractor.Data;

namespace Attractor.Storage;

/// <summary>Small JSON files, read as if they were hostile.</summary>
public static class JsonFile
{
    private const int MostBytes = 1 << 20, FewBytes = 1 << 12;

    /// <summary>Reads a file that holds one JSON object.</summary>
    /// <exception cref="InvalidDataException">The file is too large, not JSON, or not an object.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static JsonElement ReadObject(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path} is a directory, not a JSON file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}.");
        if (PathKinds.Of(path) is PathKind.Device)
            throw new IOException($"{path} is a device, not a JSON file.");
        try
        {
            JsonElement root = Parse(ReadText(path));
            return root.ValueKind == JsonValueKind.Object ? root : throw new InvalidDataException($"{path} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                e.LineNumber is { } line ? $"{path} is not JSON (line {line + 1})." : $"{path} is not JSON: {e.Message}");
        }
    }

    // Neither a length that is given nor one that is found out while reading is trusted: the file may grow, or be a pipe.
    private static string ReadText(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.CanSeek ? Math.Clamp(file.Length + 1, FewBytes, MostBytes + 1) : FewBytes];
        int length = 0;
        for (int read; (read = file.Read(bytes.AsSpan(length))) > 0;)
        {
            length += read;
            if (length > MostBytes)
                throw new InvalidDataException($"{path} is larger than the {MostBytes} bytes that settings can take.");
            if (length == bytes.Length)
                Array.Resize(ref bytes, Math.Min(2 * length, MostBytes + 1));
        }
        using StreamReader text = new(new MemoryStream(bytes, 0, length));
        return text.ReadToEnd();
    }

    /// <summary>Parses text whose every name and string can then be asked for.</summary>
    /// <remarks>As text: bytes that are not UTF-8 would otherwise be found only when a string is asked for.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="maxDepth">The deepest that objects and arrays may lie within one another.</param>
    /// <exception cref="JsonException">The text is not JSON, or deeper, has a key twice, or one of its strings is not Unicode.</exception>
    internal static JsonElement Parse(string text, int maxDepth = 64)
    {
        using JsonDocument json = JsonDocument.Parse(text, new() { MaxDepth = maxDepth });
        try
        {
            ReadStrings(json.RootElement);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, as in "\ud800", is found only when the string is asked for.
            throw new JsonException("a string in it is not Unicode.");
        }
        return json.RootElement.Clone();
    }

    private static void ReadStrings(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in element.EnumerateArray())
                ReadStrings(item);
        if (element.ValueKind != JsonValueKind.Object)
            return;
        HashSet<string> names = [];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            // Of two entries of one name it would depend on the reader which counts.
            if (!names.Add(property.Name))
                throw new JsonException($"it has the key \"{Excerpt.Of(property.Name.AsSpan())}\" twice.");
            ReadStrings(property.Value);
        }
    }
}
