namespace Attractor.Data;

/// <summary>A picture to look at: H x W pixels of one byte (grey) or three (red, green, blue).</summary>
public sealed class Raster
{
    /// <summary>A picture from its samples.</summary>
    /// <param name="samples">H * W * C bytes, row by row; the picture takes ownership of the array.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="channels">C: 1 for grey, 3 for colour.</param>
    /// <exception cref="ArgumentException">The samples are not H * W * C, there is none, or C is neither 1 nor 3.</exception>
    public Raster(byte[] samples, int height, int width, int channels = 1)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Expected 1 channel (grey) or 3 (red, green, blue).");
        if (samples.Length != (Int128)height * width * channels)
            throw new ArgumentException($"{samples.Length} samples, expected {height} x {width} pixels of {channels}.", nameof(samples));
        (Samples, Height, Width, Channels) = (samples, height, width, channels);
    }

    /// <summary>H.</summary>
    public int Height { get; }

    /// <summary>W.</summary>
    public int Width { get; }

    /// <summary>C: 1 for grey, 3 for colour.</summary>
    public int Channels { get; }

    /// <summary>H * W * C bytes, row by row.</summary>
    public ReadOnlyMemory<byte> Samples { get; }
}
