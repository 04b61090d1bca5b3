using System.IO.Compression;

namespace Attractor.Data;

/// <summary>A file of data as its format reads it: unpacked, if it is gzipped, or the one file of a zip archive.</summary>
internal sealed class DataStream : IDisposable
{
    // What a zip archive is called whose contents say what it is.
    private const string Workbook = "workbook.xlsx", Arrays = "arrays.npz";

    private DataStream(FileStream stream, SeriesFormat format) => (Stream, Format) = (stream, format);

    /// <summary>The contents, at their start.</summary>
    public FileStream Stream { get; }

    /// <summary>The format that they announce, else that of the extension.</summary>
    public SeriesFormat Format { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What would do, for messages.</param>
    /// <exception cref="InvalidDataException">It is of no known format; the message says what it is.</exception>
    public static DataStream Open(string path, string known)
    {
        FileStream stream = FileErrors.Open(path, known);
        try
        {
            (stream, string name) = Unpacked(stream, PathKinds.Of(path) is PathKind.Pipe ? NameOfPipe(path) : Path.GetFileName(path));
            SeriesFormat format = FormatOf(stream, name, known);
            if (format is TextFormat && BlankSeparated.Announces(stream))
                stream = FileErrors.Scratch(new BlankSeparated(stream), stream.Length, stream);
            return new(stream, format);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file holds data: by its extension, or by its first bytes.</summary>
    public static bool IsData(string path)
    {
        if (SeriesFormat.Find(path) is not null || SeriesFormat.Find(Inner(path)) is not null)
            return true;
        // What is looked at of a pipe is gone, and through one come data.
        if (PathKinds.Of(path) is var kind and not PathKind.File)
            return kind is PathKind.Pipe;
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> head = Head(file, stackalloc byte[SeriesFormat.HeadLength]);
        if (Gzip.Announces(head))
            return false;
        foreach (SeriesFormat format in SeriesFormat.All)
            if (format.Recognises(head))
                return true;
        return FileKind.Of(head) is not null;
    }

    public void Dispose() => Stream.Dispose();

    private static SeriesFormat FormatOf(FileStream stream, string name, string known)
    {
        SeriesFormat? found = SeriesFormat.OfContents(stream, SeriesFormat.Find(name));
        Span<byte> head = Head(stream, stackalloc byte[SeriesFormat.HeadLength]);
        // What a .npy file begins with instead, its reader says itself.
        if (found?.Recognises(head) != true && found is not NpyFormat && FileKind.Of(head) is { } other)
            throw new InvalidDataException($"is {other}; expected {known}");
        return found ?? SeriesFormat.Of(name, known);
    }

    private static Span<byte> Head(FileStream stream, Span<byte> buffer)
    {
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return buffer[..length];
    }

    // A pipe between two programs has no name that says a format; text is what comes through most.
    private static string NameOfPipe(string path)
        => SeriesFormat.Find(path) is null && SeriesFormat.Find(Inner(path)) is null ? "pipe.csv" : Path.GetFileName(path);

    private static string Inner(string name)
        => Path.GetExtension(name).ToLowerInvariant() is ".gz" or ".zip" ? Path.GetFileNameWithoutExtension(name) : name;

    private static (FileStream Stream, string Name) Unpacked(FileStream file, string name)
    {
        Span<byte> head = Head(file, stackalloc byte[4]);
        if (Gzip.Announces(head))
        {
            using Gzip packed = new(file);
            return (Scratch(packed, Gzip.MostUnpacked(file.Length), file), Inner(name));
        }
        if (!head.StartsWith("PK\u0003\u0004"u8))
            return (file, name);
        try
        {
            using ZipArchive archive = NpzArchive.Open(file);
            ZipArchiveEntry[] entries = [.. archive.Entries.Where(
                entry => entry.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))];
            if (Array.Exists(entries, entry => entry.FullName.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase)))
            {
                file.Position = 0;
                return (file, Workbook);
            }
            if (SeriesFormat.Find(name) is ArchiveFormat)
            {
                file.Position = 0;
                return (file, name);
            }
            if (entries.Length == 1 && SeriesFormat.Find(entries[0].Name) is { } format and not NpyFormat)
            {
                if (entries[0].IsEncrypted)
                    throw new InvalidDataException("encrypted; save it without a password");
                using Stream packed = entries[0].Open();
                return (Scratch(packed, Gzip.MostUnpacked(entries[0].CompressedLength + 1), file), entries[0].Name);
            }
            if (entries.Length > 0 && !Array.Exists(entries, entry => entry.Name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)))
                throw new InvalidDataException(
                    Array.Exists(entries, entry => entry.FullName == "[Content_Types].xml")
                        ? "is an office document, but no workbook; save a table in it as .xlsx or .csv"
                        : $"is a zip archive of {entries.Length} files, expected one table or arrays; unpack it");
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("the zip archive is damaged: it ends before it is whole", e);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException($"the zip archive is damaged: {Excerpt.Reason(e)}", e);
        }
        file.Position = 0;
        return (file, SeriesFormat.Find(name) is ExcelFormat ? Arrays : name);
    }

    private static FileStream Scratch(Stream packed, long most, FileStream file)
    {
        FileStream scratch = FileErrors.Scratch(packed, most, file, isPacked: true);
        if (scratch.Length > 0)
            return scratch;
        scratch.Dispose();
        throw new InvalidDataException("unpacks to nothing; fetch or write it again");
    }
}
