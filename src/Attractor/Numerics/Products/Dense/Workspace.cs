using System.Diagnostics.CodeAnalysis;

namespace Attractor.Numerics;

/// <summary>
/// The memory that one thread packs into: kept from product to product, grown when one needs more, never beyond what blocking bounds it to.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "It lives as long as its thread; the buffers free their memory when they are collected.")]
internal sealed unsafe class Workspace
{
    // A tile of 12 rows of two blocks, a row of zeros and a row of the bias.
    private const int RowBytes = 128, TileRows = 12;

    [ThreadStatic]
    private static Workspace? t_current;

    private readonly AlignedBuffer<byte> _tile = new((TileRows + 2) * RowBytes);
    private AlignedBuffer<byte> _a = new(1 << 14), _b = new(1 << 14);

    public static Workspace Current => t_current ??= new();

    /// <summary>Where a tile that reaches beyond the edge of C is computed.</summary>
    public void* Tile => _tile.Pointer;

    /// <summary>What sums start from that start from nothing.</summary>
    public void* Zeros => _tile.Pointer + (TileRows * RowBytes);

    /// <summary>Room for the bias of a panel that reaches beyond the edge.</summary>
    public void* Bias => _tile.Pointer + ((TileRows + 1) * RowBytes);

    public T* ForA<T>(nint count)
        where T : unmanaged
        => (T*)AtLeast(ref _a, count * sizeof(T));

    public T* ForB<T>(nint count)
        where T : unmanaged
        => (T*)AtLeast(ref _b, count * sizeof(T));

    private static byte* AtLeast(ref AlignedBuffer<byte> buffer, nint bytes)
    {
        if (buffer.Length < bytes)
        {
            buffer.Dispose();
            buffer = new(bytes);
        }
        return buffer.Pointer;
    }
}
