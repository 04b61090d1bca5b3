using System.Diagnostics;
using System.Globalization;
using Attractor.Data;

namespace Attractor.Benchmarks;

/// <summary>Reads a file and judges how it went.</summary>
/// <param name="folder">Where files are put.</param>
internal sealed class ReadingProbe(string folder)
{
    private const long FreeBytes = 64 << 20;
    private const int Growth = 16;
    private const double MostSeconds = 2;

    private static readonly ColumnRequest[] s_columns = [new("x", ColumnKind.Real), new("y", ColumnKind.Real)];

    /// <param name="name">What the file is called.</param>
    /// <param name="bytes">What it holds.</param>
    /// <param name="way">Which of the readers of the library is asked: most often that which the command asks.</param>
    public Outcome Read(string name, byte[] bytes, int way)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        long allocated = GC.GetTotalAllocatedBytes();
        Stopwatch watch = Stopwatch.StartNew();
        bool wasRead = false;
        string? fault = null;
        try
        {
            _ = way switch
            {
                6 => SeriesFile.ReadTrials(path).Count,
                7 => TableFile.Read(path, s_columns).Values.Length,
                _ => DataFile.Read(path).Trials.Count,
            };
            wasRead = true;
        }
        catch (InvalidDataException e) when (
            e.Message.StartsWith(name + ": ", StringComparison.Ordinal) && !e.Message.Contains('\n') && e.Message.Length < 1000)
        {
        }
        catch (Exception e)
        {
            fault = $"undocumented {e.GetType().Name} {e.Message.ReplaceLineEndings(" ")} {e.StackTrace?.Split('\n')[0].Trim()}";
        }
        double seconds = watch.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        File.Delete(path);
        fault ??= seconds > MostSeconds ? string.Create(CultureInfo.InvariantCulture, $"slow {seconds:F1} s")
            : allocated > FreeBytes + ((long)Growth * bytes.Length)
                ? string.Create(CultureInfo.InvariantCulture, $"large {allocated >> 20} MB of {bytes.Length} bytes")
                : null;
        return new(wasRead, seconds, fault);
    }

    /// <param name="WasRead">Whether there was something to read in it.</param>
    /// <param name="Seconds">How long it took.</param>
    /// <param name="Fault">What should not have been; null if nothing.</param>
    internal readonly record struct Outcome(bool WasRead, double Seconds, string? Fault);
}
