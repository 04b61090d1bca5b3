using System.CommandLine.Parsing;
using System.Text;

namespace Attractor.Cli;

/// <summary>Words of a command line that stand in a file, which <c>@file</c> names: lines of words, and comments after a #.</summary>
internal sealed class ResponseFile
{
    // A file may name others, itself among them.
    private const int MostBytes = 1 << 20, MostFiles = 100;

    private int _files;

    /// <summary>Why one could not be read; null if all could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Puts the words in the place of the file's name.</summary>
    /// <param name="file">The name, without the @.</param>
    /// <param name="words">What stands in it.</param>
    /// <param name="fault">Why it cannot be read.</param>
    public bool TryRead(string file, out IReadOnlyList<string>? words, out string? fault)
    {
        (words, fault) = (null, null);
        if (++_files > MostFiles)
            fault = $"@{file}: more than {MostFiles} files of arguments name each other: write the words into one";
        else if (!File.Exists(file))
            fault = $"@{file}: there is no file {file} to read arguments from";
        else
            try
            {
                words = Words(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                fault = $"@{file}: {e.Message}";
            }
        Fault ??= fault;
        return fault is null;
    }

    private static List<string> Words(string file)
    {
        byte[] bytes = new byte[MostBytes + 1];
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MostBytes)
            throw new IOException($"a file of arguments has at most {MostBytes} bytes");
        List<string> words = [];
        foreach (string line in Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF').Split('\n'))
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
                words.AddRange(CommandLineParser.SplitCommandLine(text));
        return words;
    }
}
