namespace Attractor.Data;

/// <summary>
/// What reading a file may take of memory, all copies together: 64 MB, and 16 times the bytes that it has where it lies, packed.
/// </summary>
/// <remarks>What is written without packing never comes near it; what unpacks to more is refused before the memory is taken.</remarks>
internal sealed class FileBudget
{
    private readonly long _length, _most;
    private long _taken;

    private FileBudget(long length) => (_length, _most) = (length, FileLimits.MostBytes(length));

    /// <summary>The budget of a file; of one that has been unpacked that of the packed one.</summary>
    public static FileBudget Of(Stream file) => new(FileLimits.LengthOf(file));

    /// <summary>Takes bytes; from several threads at once if need be.</summary>
    /// <exception cref="InvalidDataException">So many are not left.</exception>
    public void Take(Int128 bytes)
    {
        long taken = bytes < 0 || bytes > _most ? 0 : Interlocked.Add(ref _taken, (long)bytes);
        if ((taken == 0 && bytes != 0) || taken > _most)
            throw FileLimits.TooTight(taken == 0 ? bytes : taken, _length);
    }

    /// <summary>
    /// Takes values that are kept as float64: once as they are read, and once as they are chosen, put into order and taken apart.
    /// </summary>
    /// <exception cref="InvalidDataException">They are too many, or so many bytes are not left.</exception>
    public void TakeValues(long rows, long columns)
    {
        FileLimits.RequireCount(rows, columns);
        Take(2 * sizeof(double) * ((Int128)rows * columns));
    }
}
