using System.IO.Compression;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>Takes files that someone has fetched by hand.</summary>
internal static class DatasetCopy
{
    /// <summary>
    /// Checks each file, gzipped or unpacked, and copies it gzipped; those that the target has with the right contents stay.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no source folder.</exception>
    /// <exception cref="FileNotFoundException">The source folder lacks a file. Those before it are in the target.</exception>
    /// <exception cref="InvalidDataException">A file has other contents than it should. Those before it are in the target.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Copy(
        IReadOnlyList<DatasetFile> files, string source, string target, IProgress<Transfer>? progress, CancellationToken token)
    {
        if (!Directory.Exists(source))
            throw new DirectoryNotFoundException($"there is no folder {source}");
        foreach (DatasetFile file in files)
        {
            if (file.IsIn(target, token))
            {
                progress?.Report(new(file.Name, 0, null, "present"));
                continue;
            }
            string packed = Path.Combine(source, file.Name), unpacked = Path.Combine(source, file.UnpackedName);
            bool isPacked = File.Exists(packed);
            string path = isPacked ? packed : unpacked;
            if (!File.Exists(path))
                throw new FileNotFoundException($"{source} holds neither {file.Name} nor {file.UnpackedName}");
            using FileStream stream = File.OpenRead(path);
            if ((isPacked ? file.FaultOfPacked(stream, token) : file.FaultOf(stream, token)) is { } fault)
                throw new InvalidDataException($"{path}: {fault}");
            stream.Position = 0;
            Directory.CreateDirectory(target);
            AtomicFile.Write(Path.Combine(target, file.Name), output => Write(stream, isPacked, output, token));
            progress?.Report(new(file.Name, stream.Length, stream.Length, $"copied from {path}"));
        }
    }

    private static void Write(FileStream source, bool isPacked, Stream output, CancellationToken token)
    {
        using Stream target = isPacked ? Stream.Null : new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
        byte[] buffer = new byte[1 << 16];
        while (source.Read(buffer) is > 0 and int read)
        {
            token.ThrowIfCancellationRequested();
            (isPacked ? output : target).Write(buffer, 0, read);
        }
    }
}
