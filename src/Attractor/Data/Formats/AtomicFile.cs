namespace Attractor.Data;

/// <summary>Replaces a file in one step: readers see the old contents or the new, never a part.</summary>
/// <remarks>A link is kept, and what it links to replaced. Only a regular file is: a pipe, a device or a directory is refused.</remarks>
public static class AtomicFile
{
    private static int s_writing;

    /// <summary>Whether a file is being replaced at this moment, by any thread of the process.</summary>
    public static bool IsWriting => Volatile.Read(ref s_writing) > 0;

    /// <summary>Writes to a temporary file in the same folder, then renames it; the temporary file is removed on failure.</summary>
    /// <exception cref="IOException">The file cannot be written, or the path is of something that is no regular file.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        path = TargetOf(path);
        string folder = Path.GetDirectoryName(path) ?? ".";
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path} cannot be written: there is no folder {folder}.");
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        Interlocked.Increment(ref s_writing);
        try
        {
            FileSteps.Announce("create", temporary);
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(FileSteps.Watch(stream, temporary));
                FileSteps.Announce("flush", temporary);
                stream.Flush(flushToDisk: true);
            }
            FileSteps.Announce("rename", path);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // What went wrong first is what the caller needs to hear.
            try
            {
                File.Delete(temporary);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref s_writing);
        }
    }

    /// <summary>The full path of what is written where a path is named, with the links in it, and at its end, followed.</summary>
    /// <exception cref="IOException">It is no regular file, or links lead round in a circle.</exception>
    public static string TargetOf(string path)
    {
        string target = RealPath.Of(path);
        return PathKinds.Of(target) is var kind and not (PathKind.File or PathKind.Missing)
            ? throw new IOException($"{path} is a {PathKinds.Name(kind)}, expected the name of a file to write")
            : target;
    }
}
