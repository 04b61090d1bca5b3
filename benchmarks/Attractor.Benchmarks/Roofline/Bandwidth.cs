using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Attractor.Numerics;

namespace Attractor.Benchmarks;

/// <summary>How fast one thread reads memory of a size that only a certain cache holds, or none.</summary>
internal sealed unsafe class Bandwidth(string level, long bytes) : IDisposable
{
    private const long BytesOfRun = 64 << 20;

    private readonly AlignedBuffer<float> _memory = new(bytes / sizeof(float));

    /// <summary>What it is the rate of.</summary>
    public string Level => level;

    /// <summary>The best that was measured, in GB/s.</summary>
    public double Best { get; private set; }

    /// <summary>Reads for some milliseconds.</summary>
    public void Measure()
    {
        long passes = Math.Max(1, BytesOfRun / bytes), start = Stopwatch.GetTimestamp();
        float sum = 0;
        for (long pass = 0; pass < passes; pass++)
            sum += Read(_memory.Pointer, _memory.Length);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(sum);
        Best = Math.Max(Best, passes * (double)bytes / seconds / 1e9);
    }

    public void Dispose() => _memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Read(float* at, long count)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (float* end = at + count; at < end; at += 64)
        {
            a += Vector512.Load(at);
            b += Vector512.Load(at + 16);
            c += Vector512.Load(at + 32);
            d += Vector512.Load(at + 48);
        }
        return Vector512.Sum(a + b + c + d);
    }
}
