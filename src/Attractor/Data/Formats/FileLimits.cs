using System.Runtime.CompilerServices;

namespace Attractor.Data;

/// <summary>How much a file may ask for, and what a library that reads it may throw.</summary>
internal static class FileLimits
{
    // Packed contents may grow to so many times the file, and any file to so many bytes.
    private const int Growth = 16;
    private const long Free = 1L << 26;

    // What derives from the platform's stream of a file is read by copying.
    private static readonly ConditionalWeakTable<Stream, object> s_packed = [];

    /// <summary>The most bytes that may be taken for what is in a file.</summary>
    public static long MostBytes(long fileLength) => Free + (Growth * fileLength);

    /// <summary>The bytes of a file as it lies on disk: of one that has been unpacked those of the packed one.</summary>
    public static long LengthOf(Stream file) => s_packed.TryGetValue(file, out object? length) ? (long)length : file.Length;

    /// <summary>Says of how many bytes contents were unpacked.</summary>
    public static void SetLength(Stream unpacked, long packedLength) => s_packed.AddOrUpdate(unpacked, packedLength);

    /// <summary>That so many values may be read.</summary>
    /// <param name="rows">Rows that the file states.</param>
    /// <param name="columns">Columns that it states.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <exception cref="InvalidDataException">They are too many, or the file is too short for them.</exception>
    public static void RequireValues(long rows, long columns, long fileLength)
    {
        RequireCount(rows, columns);
        RequireBytes(sizeof(double) * ((Int128)rows * columns), fileLength);
    }

    /// <summary>That so many values may be read, whatever the file.</summary>
    /// <exception cref="InvalidDataException">They are too many, or fewer than none.</exception>
    public static void RequireCount(long rows, long columns)
    {
        if (rows < 0 || columns < 0)
            throw new InvalidDataException($"damaged: it states {rows} rows of {columns} columns");
        if ((Int128)rows * columns > SeriesFile.MaxValues)
            throw new InvalidDataException(
                $"{rows} rows of {columns} columns are more than the {SeriesFile.MaxValues} values that can be read; split or thin it");
    }

    /// <summary>That so many bytes may be taken for what is in a file.</summary>
    /// <exception cref="InvalidDataException">The file is too short for them.</exception>
    public static void RequireBytes(Int128 bytes, long fileLength)
    {
        if (bytes < 0 || bytes > MostBytes(fileLength))
            throw TooTight(bytes, fileLength);
    }

    /// <summary>That contents take too much memory for the bytes that they are packed into.</summary>
    public static InvalidDataException TooTight(Int128 bytes, long fileLength) => new(
        $"damaged, or packed too tightly: contents of {bytes} bytes cannot come from {fileLength} "
        + $"(at most {MostBytes(fileLength)}, copies included); where you trust it, unpack it, or write it again without compression");

    /// <summary>Lets a library read; whatever it throws is damage.</summary>
    /// <param name="what">What is read, such as "the Parquet file".</param>
    /// <param name="read">The work.</param>
    /// <exception cref="InvalidDataException">It failed.</exception>
    public static T Guarded<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
        {
            Exception inner = e is AggregateException { InnerException: { } first } ? first : e;
            // What is said here is said in full already.
            if (inner is InvalidDataException { Source: nameof(Attractor) })
                throw new InvalidDataException(inner.Message, inner);
            // What a library did not foresee it says in words about itself, not about the file.
            string reason = inner is ArgumentException or ArithmeticException or IndexOutOfRangeException or NullReferenceException
                or InvalidCastException or InvalidOperationException or KeyNotFoundException
                ? "it ends too early, or contradicts itself"
                : Excerpt.Of(Excerpt.Reason(inner).AsSpan());
            throw new InvalidDataException($"{what} is damaged, or holds what is not read: {reason}", inner);
        }
    }
}
