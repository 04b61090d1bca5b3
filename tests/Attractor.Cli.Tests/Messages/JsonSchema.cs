using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>As much of JSON Schema (2020-12) as the published schemas use.</summary>
internal sealed class JsonSchema
{
    private readonly string _folder;
    private readonly JsonElement _root;

    private JsonSchema(string folder, JsonElement root) => (_folder, _root) = (folder, root);

    /// <summary>The schema in a file.</summary>
    public static JsonSchema Read(string file)
        => new(Path.GetDirectoryName(file)!, JsonDocument.Parse(File.ReadAllText(file)).RootElement);

    /// <summary>What is wrong with a value; empty if nothing is.</summary>
    public IReadOnlyList<string> Check(JsonElement value)
    {
        List<string> wrong = [];
        Check(_root, value, "$", wrong);
        return wrong;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> wrong)
    {
        foreach (JsonProperty rule in schema.EnumerateObject())
            switch (rule.Name)
            {
                case "type" when !Types(rule.Value).Contains(TypeOf(value)) && !(TypeOf(value) == "integer"
                    && Types(rule.Value).Contains("number")):
                    wrong.Add($"{path} is of type {TypeOf(value)}, expected {rule.Value}");
                    break;
                case "const" when !JsonElement.DeepEquals(rule.Value, value):
                    wrong.Add($"{path} is {value}, expected {rule.Value}");
                    break;
                case "enum" when !rule.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)):
                    wrong.Add($"{path} is {value}, expected one of {rule.Value}");
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    wrong.AddRange(rule.Value.EnumerateArray().Where(key => !value.TryGetProperty(key.GetString()!, out _))
                        .Select(key => $"{path} lacks {key}"));
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty property in rule.Value.EnumerateObject())
                        if (value.TryGetProperty(property.Name, out JsonElement part))
                            Check(property.Value, part, $"{path}.{property.Name}", wrong);
                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty part in value.EnumerateObject())
                        Check(rule.Value, part.Value, $"{path}.{part.Name}", wrong);
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    foreach ((int index, JsonElement part) in value.EnumerateArray().Index())
                        Check(rule.Value, part, $"{path}[{index}]", wrong);
                    break;
                case "$ref":
                    Check(Find(rule.Value.GetString()!), value, path, wrong);
                    break;
            }
    }

    private JsonElement Find(string reference)
    {
        string[] parts = reference.Split('#');
        JsonElement found = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, parts[0]))).RootElement;
        foreach (string key in parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries))
            found = found.GetProperty(key);
        return found;
    }

    private static string[] Types(JsonElement type)
        => type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind kind => kind.ToString().ToLowerInvariant(),
    };
}
