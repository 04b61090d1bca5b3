using System.Diagnostics;
using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>The built command as a process.</summary>
internal static class Command
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Attractor.Cli.dll");

    public static Outcome Run(string folder, params string[] arguments) => RunIn(folder, [], arguments);

    public static Outcome RunIn(string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(folder, environment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(3)), "the command hangs");
        return new(process.ExitCode, output.Result, errors.Result);
    }

    public static Process Start(string folder, params string[] arguments) => Start(folder, [], arguments);

    private static Process Start(string folder, Dictionary<string, string> environment, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}

/// <summary>How a process ended.</summary>
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

    public Outcome Succeeds()
    {
        Assert.True(Code == 0, Errors + Output);
        return this;
    }
}
