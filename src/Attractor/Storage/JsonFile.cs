using System.Text.Json;

namespace Attractor.Storage;

/// <summary>Small JSON files, read as if they were hostile.</summary>
public static class JsonFile
{
    private const long MostBytes = 1 << 20;

    /// <summary>Reads a file that holds one JSON object.</summary>
    /// <exception cref="InvalidDataException">The file is too large, not JSON, or not an object.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static JsonElement ReadObject(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path} is a directory, not a JSON file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}.");
        if (new FileInfo(path).Length > MostBytes)
            throw new InvalidDataException($"{path} is larger than the {MostBytes} bytes that settings can take.");
        try
        {
            // As text: bytes that are not UTF-8 would otherwise be found only when a string is asked for.
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json.RootElement.Clone()
                : throw new InvalidDataException($"{path} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not JSON (line {e.LineNumber + 1}).");
        }
    }
}
