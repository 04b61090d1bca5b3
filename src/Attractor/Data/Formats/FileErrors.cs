using CsvHelper;

namespace Attractor.Data;

/// <summary>What goes wrong with a file, as its user reads it: one line that starts with the file's name.</summary>
internal static class FileErrors
{
    // What is unpacked or comes through a pipe goes to a file of its own, and no further than this.
    private const long MostScratch = 1L << 34;

    private const int ChunkLength = 1 << 16;

    /// <summary>The file's name, safe to put into a message.</summary>
    public static string NameOf(string path)
        => Excerpt.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) is { Length: > 0 } name ? name : path);

    /// <summary>
    /// Opens a file that holds something; what a pipe holds is first read to its end, into a file that goes with the stream.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What may be in it, for the message.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is empty.</exception>
    /// <exception cref="IOException">It is a directory or a device, or cannot be read.</exception>
    public static FileStream Open(string path, string known)
    {
        if (Directory.Exists(path))
            throw new IOException($"is a directory, expected a file ({known})");
        if (!File.Exists(path))
            throw new FileNotFoundException($"no such file in {Path.GetDirectoryName(Path.GetFullPath(path))}");
        PathKind kind = PathKinds.Of(path);
        if (kind is PathKind.Device)
            throw new IOException($"is a device, which may have no end; expected a file ({known})");
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            if (kind is PathKind.Pipe)
                file = Scratch(file, MostScratch, file);
            return file.Length > 0 ? file : throw new InvalidDataException("the file is empty; fetch or write it again");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What a stream holds as a file, which is removed when it is closed.</summary>
    /// <param name="source">The stream, read to its end.</param>
    /// <param name="most">The most bytes that it may hold, up to 16 GB.</param>
    /// <param name="owner">Closed once its contents are there.</param>
    /// <param name="isPacked">Whether the contents are unpacked, so that the bytes of the owner vouch for them.</param>
    /// <exception cref="InvalidDataException">It holds more.</exception>
    public static FileStream Scratch(Stream source, long most, FileStream owner, bool isPacked = false)
    {
        most = Math.Min(most, MostScratch);
        string path = Path.Combine(Path.GetTempPath(), $"attractor-{Guid.NewGuid():N}.tmp");
        FileStream scratch = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, ChunkLength, FileOptions.DeleteOnClose);
        try
        {
            byte[] chunk = new byte[ChunkLength];
            for (int count; (count = source.Read(chunk)) > 0;)
            {
                if (scratch.Length + count > most)
                    throw new InvalidDataException($"unpacks to more than {most} bytes; unpack it, or split it");
                scratch.Write(chunk, 0, count);
            }
            scratch.Position = 0;
            if (owner.CanSeek && (isPacked || FileLimits.LengthOf(owner) != owner.Length))
                FileLimits.SetLength(scratch, FileLimits.LengthOf(owner));
            owner.Dispose();
            return scratch;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <summary>Does the work; its failures get the name of the file, and what the platform throws becomes what is promised.</summary>
    public static T Named<T>(string path, Func<T> work)
    {
        string name = NameOf(path);
        try
        {
            return work();
        }
        catch (FileNotFoundException e)
        {
            throw new FileNotFoundException($"{name}: {Excerpt.Reason(e)}", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{name}: {Excerpt.Reason(e)}", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {Excerpt.Reason(e)}", e);
        }
        catch (CsvFormatException e)
        {
            string line = e.LineNumber > 0 ? $"line {e.LineNumber}: " : "";
            string reason = e.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal)
                ? "the row is too long for a table; is a quote never closed, or the file not one of text?"
                : Excerpt.Reason(e);
            throw new InvalidDataException($"{name}: {line}{reason}", e);
        }
    }
}
