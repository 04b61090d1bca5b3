using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attractor.Runs;

/// <summary>The machine, as far as the bits of a result depend on it.</summary>
internal static class Processor
{
    public static string Name()
    {
        const string Prefix = "model name";
        string? model = null;
        if (File.Exists("/proc/cpuinfo"))
            model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(
                l => l.StartsWith(Prefix, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return FormattableString.Invariant($"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {bits}-bit vectors");
    }
}
