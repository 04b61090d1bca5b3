using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Cli.Tests;

/// <summary>How a command ended.</summary>
internal sealed record Outcome(int Code, string Output, string Errors)
{
    /// <summary>What the JSON object holds beside the version of its keys, with which every one begins.</summary>
    public JsonElement Json
    {
        get
        {
            JsonObject json = JsonNode.Parse(Output)!.AsObject();
            Assert.Equal("schema_version", json.First().Key);
            Assert.Equal(1, json["schema_version"]!.GetValue<int>());
            json.Remove("schema_version");
            return JsonDocument.Parse(json.ToJsonString()).RootElement;
        }
    }

    /// <summary>Exit code 2, and one line on the standard error that holds the words; under --json the object says the same.</summary>
    public void IsBadInput(params string[] words)
    {
        Assert.Equal(2, Code);
        if (Output.Length > 0)
        {
            JsonElement error = Json.GetProperty("error");
            Assert.Equal(2, error.GetProperty("exit_code").GetInt32());
            Assert.Equal("attractor: " + error.GetProperty("message").GetString(), Errors.TrimEnd('\n'));
        }
        string line = Errors.TrimEnd('\n');
        Assert.StartsWith("attractor: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        foreach (string word in words)
            Assert.Contains(word, line, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Exit code 1, and one line on the standard error that holds the words: nothing is wrong with what was asked.</summary>
    public void Fails(params string[] words)
    {
        Assert.Equal(1, Code);
        string line = Errors.TrimEnd('\n');
        Assert.StartsWith("attractor: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        foreach (string word in words)
            Assert.Contains(word, line, StringComparison.OrdinalIgnoreCase);
    }

    public Outcome Succeeds()
    {
        Assert.True(Code == 0, Errors + Output);
        return this;
    }
}
