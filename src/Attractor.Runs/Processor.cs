using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attractor.Runs;

/// <summary>The machine, as far as the bits of a result depend on it.</summary>
internal static class Processor
{
    private const string Suffix = "-bit vectors";

    public static string Name()
    {
        const string Prefix = "model name";
        string? model = null;
        if (File.Exists("/proc/cpuinfo"))
            model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(
                l => l.StartsWith(Prefix, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        return FormattableString.Invariant($"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {VectorBits()}{Suffix}");
    }

    /// <summary>The width of the vectors that sums are taken in.</summary>
    public static int VectorBits() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>The width that a name of a processor says; null if it says none.</summary>
    public static int? VectorBits(string name)
        => name.EndsWith(Suffix, StringComparison.Ordinal)
            && int.TryParse(name[..^Suffix.Length].Split(' ')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
            ? bits
            : null;
}
