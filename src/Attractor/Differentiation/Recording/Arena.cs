using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>Memory that is handed out piece by piece and taken back all at once, to be handed out again.</summary>
internal sealed unsafe class Arena<T> : IDisposable
    where T : unmanaged
{
    private const long SmallestChunk = 16 * 1024;
    private static readonly int s_alignment = 64 / sizeof(T);

    private readonly List<AlignedBuffer<T>> _chunks = [];
    private long _used;

    /// <summary>Room for as many values, not cleared, aligned to a cache line. It stays where it is until <see cref="Reset"/>.</summary>
    public T* Take(long count)
    {
        long padded = (count + s_alignment - 1) / s_alignment * s_alignment;
        if (_chunks.Count == 0 || _used + padded > _chunks[^1].Length)
        {
            long last = _chunks.Count == 0 ? SmallestChunk / 2 : _chunks[^1].Length;
            _chunks.Add(new(Math.Max(padded, 2 * last)));
            _used = 0;
        }
        T* piece = _chunks[^1].Pointer + _used;
        _used += padded;
        return piece;
    }

    /// <summary>Room for as many zeros.</summary>
    public T* TakeCleared(long count)
    {
        T* piece = Take(count);
        for (long i = 0; i < count; i += int.MaxValue / 2)
            new Span<T>(piece + i, (int)Math.Min(int.MaxValue / 2, count - i)).Clear();
        return piece;
    }

    /// <summary>Takes everything back. What was spread over several chunks will fit one: the same work then allocates nothing.</summary>
    public void Reset()
    {
        _used = 0;
        if (_chunks.Count <= 1)
            return;
        long total = _chunks.Sum(c => c.Length);
        Dispose();
        _chunks.Add(new(total));
    }

    public void Dispose()
    {
        foreach (AlignedBuffer<T> chunk in _chunks)
            chunk.Dispose();
        _chunks.Clear();
        _used = 0;
    }
}
