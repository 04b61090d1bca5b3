using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>How a command ended.</summary>
internal sealed record Outcome(int Code, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Exit code 2, and one line on the standard error that holds the words.</summary>
    public void IsBadInput(params string[] words)
    {
        Assert.Equal(2, Code);
        Assert.Equal("", Output);
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
