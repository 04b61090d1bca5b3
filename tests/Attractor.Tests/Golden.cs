using System.Reflection;
using System.Text.Json;

namespace Attractor.Tests;

/// <summary>Reference values made by other software; the script that made each stands beside it.</summary>
internal static class Golden
{
    /// <summary>The file of that name, wherever it lies in the tests.</summary>
    public static JsonElement Read(string name)
    {
        Assembly assembly = typeof(Golden).Assembly;
        string resource = assembly.GetManifestResourceNames().Single(r => r.EndsWith("." + name, StringComparison.Ordinal));
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        return JsonDocument.Parse(stream).RootElement;
    }

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];
}
