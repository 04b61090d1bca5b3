using CsvHelper;

namespace Attractor.Data;

/// <summary>What goes wrong with a file, as its user reads it: one line that starts with the file's name.</summary>
internal static class FileErrors
{
    /// <summary>The file's name, safe to put into a message.</summary>
    public static string NameOf(string path)
        => Excerpt.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) is { Length: > 0 } name ? name : path);

    /// <summary>Opens a file that holds something.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What may be in it, for the message.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is empty.</exception>
    /// <exception cref="IOException">It is a directory, or cannot be read.</exception>
    public static FileStream Open(string path, string known)
    {
        if (Directory.Exists(path))
            throw new IOException($"is a directory, expected a file ({known})");
        if (!File.Exists(path))
            throw new FileNotFoundException($"no such file in {Path.GetDirectoryName(Path.GetFullPath(path))}");
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (file.Length > 0)
            return file;
        file.Dispose();
        throw new InvalidDataException("the file is empty; fetch or write it again");
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
            throw new FileNotFoundException($"{name}: {Excerpt.FirstLine(e.Message)}", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{name}: {Excerpt.FirstLine(e.Message)}", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {Excerpt.FirstLine(e.Message)}", e);
        }
        catch (CsvFormatException e)
        {
            string line = e.LineNumber > 0 ? $"line {e.LineNumber}: " : "";
            string reason = e.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal)
                ? "the row is too long for a table; is a quote never closed, or the file not one of text?"
                : Excerpt.FirstLine(e.Message);
            throw new InvalidDataException($"{name}: {line}{reason}", e);
        }
    }
}
