using System.Text.Json.Nodes;

namespace Attractor.Fuzz;

/// <summary>Damage to a JSON object that leaves it one: values of other kinds and sizes, keys that go and come.</summary>
internal static class Settings
{
    public static byte[] Damage(byte[] bytes, Random random)
    {
        JsonObject json;
        try
        {
            json = JsonNode.Parse(bytes)!.AsObject();
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return Bytes.Damage(bytes, random);
        }
        string[] keys = [.. json.Select(p => p.Key)];
        string key = keys[random.Next(keys.Length)];
        switch (random.Next(5))
        {
            case 0:
                json.Remove(key);
                break;
            case 1:
                json[keys[random.Next(keys.Length)]] = json[key]?.DeepClone();
                break;
            default:
                json[key] = Value(key, random);
                break;
        }
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static JsonNode? Value(string key, Random random)
    {
        string word = Arguments.Value(key, random);
        return random.Next(6) switch
        {
            0 => null,
            1 => JsonValue.Create(word),
            2 => new JsonArray(JsonValue.Create(word), new JsonArray()),
            3 => new JsonObject { ["x"] = word },
            4 => JsonValue.Create(random.Next(2) == 0),
            _ => double.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? JsonValue.Create(number)
                : JsonValue.Create(-1),
        };
    }
}
