using System.Buffers;

namespace Attractor.Numerics;

/// <summary>Working memory of one call: the caller's stack where that suffices, else a pooled array. Not cleared.</summary>
internal readonly ref struct Scratch
{
    /// <summary>What a caller should put on its stack, in doubles (2 KB).</summary>
    public const int OnStack = 256;

    private readonly double[]? _rented;

    public Scratch(Span<double> stack, int size)
    {
        _rented = size <= stack.Length ? null : ArrayPool<double>.Shared.Rent(size);
        Values = _rented is null ? stack[..size] : _rented.AsSpan(0, size);
    }

    public Span<double> Values { get; }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<double>.Shared.Return(_rented);
    }
}
