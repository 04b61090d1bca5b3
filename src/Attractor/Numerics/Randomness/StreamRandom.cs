namespace Attractor.Numerics;

/// <summary>
/// A <see cref="RandomStream"/> in the shape of <see cref="Random"/>, for libraries that draw from one (the samplers of Math.NET).
/// </summary>
/// <remarks>
/// Every method draws from the stream. What <see cref="Random"/> makes of the draws may change with the .NET version; the stream does not.
/// </remarks>
public sealed class StreamRandom(RandomStream stream) : Random
{
    /// <inheritdoc/>
    public override double NextDouble() => stream.NextDouble();

    /// <inheritdoc/>
    public override int Next() => (int)stream.NextInt64(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue) => Next(0, maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => stream.NextInt64(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue == maxValue ? minValue : minValue + stream.NextInt64(checked(maxValue - minValue));
    }

    /// <inheritdoc/>
    public override float NextSingle() => (stream.NextUInt64() >> 40) * (1f / (1 << 24));

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref byte value in buffer)
            value = (byte)(stream.NextUInt64() >> 56);
    }

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc/>
    protected override double Sample() => stream.NextDouble();
}
