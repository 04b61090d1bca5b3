using Attractor.Numerics.Randomness;
namespace Attractor.Data;

/// <summary>Temporary.</summary>
public sealed class WindowSampler(IReadOnlyList<TimeSeries> trials, int points)
{
    /// <summary>T</summary>
    public void Sample(RandomStream stream, Span<WindowStart> starts)
    {
        for (int i = 0; i < starts.Length; i++) starts[i] = new(0, (int)stream.NextInt64(trials[0].Length - points + 1));
    }
}
