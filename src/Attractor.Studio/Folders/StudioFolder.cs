using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Studio.Folders;

/// <summary>The folder of a studio: what lies in it is found by listing, never by joining what a request names.</summary>
/// <remarks>Links are not followed, and names that begin with a dot are nobody's: so nothing outside of the folder can be named.</remarks>
internal sealed class StudioFolder
{
    private const int MostLetters = 120, Deepest = 6;
    private const string Data = "data", Results = "results", Runs = "runs", Own = ".studio", Config = "config.json";

    private static readonly string[] s_partsOfRuns = ["checkpoint", "race"], s_packed = [".gz", ".zip", ".txt"];

    private readonly string[] _dataRoots;

    public StudioFolder(StudioOptions options)
    {
        Root = RealPath.Of(options.Folder);
        _dataRoots = [Root, .. options.DataFolders.Select(RealPath.Of)];
    }

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>The last part of its path.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Root));

    /// <summary>All runs: what names them, and their folders.</summary>
    public IEnumerable<(string Id, string Path)> FindRuns() => FindRuns(Root, "", 0);

    /// <summary>The folder of a run; null if there is none of that name.</summary>
    public string? FindRun(string id) => Find(id) is { } path && File.Exists(Path.Combine(path, Config)) ? path : null;

    /// <summary>A file of a run that is no link; null if it is not there.</summary>
    public static string? FileIn(string run, string name)
        => new FileInfo(Path.Combine(run, name)) is { Exists: true, LinkTarget: null } file ? file.FullName : null;

    /// <summary>Files of data, by what names them.</summary>
    public IReadOnlyList<string> FindData() => [.. FindData(Root, "", 0).Take(1000)];

    /// <summary>The path of a file of data; null if there is none of that name.</summary>
    public string? FindDataFile(string id) => WhyNoDataName(id.Split('/')[^1]) is null ? Find(id, isFile: true) : null;

    /// <summary>The path of a page among the results; null if there is none of that name.</summary>
    public string? FindPage(string id)
        => id.StartsWith(Results + "/", StringComparison.Ordinal) && id.EndsWith(".html", StringComparison.Ordinal)
            ? Find(id, isFile: true)
            : null;

    /// <summary>Whether data of a run may be read: a run that was begun elsewhere names a file that may lie anywhere.</summary>
    public bool AllowsData(string path)
        => File.Exists(path) && RealPath.Of(path) is var real && _dataRoots.Any(root => IsWithin(real, root));

    /// <summary>Why a name is none that a file of data can have; null if it is one.</summary>
    public static string? WhyNoDataName(string name)
    {
        if (WhyNoName(name) is { } reason)
            return reason;
        string extension = Path.GetExtension(name).ToLowerInvariant();
        return s_packed.Contains(extension) || SeriesFormat.All.Any(f => f.Extensions.Contains(extension))
            ? null
            : $"'{name}' is no file of data: take {SeriesFormat.Listed()}";
    }

    /// <summary>Why a name is none that a file or folder of the studio can have; null if it is one.</summary>
    public static string? WhyNoName(string name)
        => name.Length is 0 or > MostLetters ? $"a name has 1 to {MostLetters} letters"
            : name[0] is '.' or '-' or ' ' || name[^1] is '.' or ' ' ? "a name begins with a letter or a digit, and ends with one"
            : name.Any(c => char.IsControl(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '\u2028' or '\u202e')
                ? "a name has none of the characters / \\ : * ? \" < > |"
            : null;

    /// <summary>Writes a file of data; one of the same name stays, and the new one gets a number.</summary>
    /// <param name="name">Its name, which is one.</param>
    /// <param name="content">What it holds, read as it comes.</param>
    /// <param name="cancellationToken">Ends it; nothing is left then.</param>
    /// <returns>What names it.</returns>
    public async Task<string> AddDataAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        string folder = Made(Data), temporary = Path.Combine(folder, $".upload-{Guid.NewGuid():N}");
        try
        {
            FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (file.ConfigureAwait(false))
                await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            for (int n = 1; ; n++)
            {
                string free = n == 1 ? name : FormattableString.Invariant($"{Stem(name)}-{n}{name[Stem(name).Length..]}");
                try
                {
                    File.Move(temporary, Path.Combine(folder, free), overwrite: false);
                    return $"{Data}/{free}";
                }
                catch (IOException) when (Path.Exists(Path.Combine(folder, free)) && n < 10_000)
                {
                    // The next number.
                }
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A run that is not there yet.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">It is no name, or taken.</exception>
    public (string Id, string Path) NewRun(string name)
    {
        if (WhyNoName(name) is { } reason)
            throw new ArgumentException(reason);
        string path = Path.Combine(RunFolder, name);
        return Path.Exists(path)
            ? throw new ArgumentException($"there is a run {name} already: take another name")
            : (RunOf(name), path);
    }

    /// <summary>What names a run of a name, whether it is there or not.</summary>
    public string RunOf(string name) => Path.GetRelativePath(Root, Path.Combine(RunFolder, name)).Replace('\\', '/');

    /// <summary>What names a file of results that is not there yet.</summary>
    /// <param name="stem">What its name begins with.</param>
    /// <param name="extension">What it ends with, such as <c>.csv</c>.</param>
    public string FreeFile(string stem, string extension)
    {
        string folder = Made(Results);
        for (int n = 1; ; n++)
            if (FormattableString.Invariant($"{stem}-{n}{extension}") is var name && !Path.Exists(Path.Combine(folder, name)))
                return $"{Results}/{name}";
    }

    /// <summary>Makes a folder among the results.</summary>
    /// <param name="id">What names it, which begins with <c>results</c>.</param>
    /// <exception cref="IOException">A part of it is a link.</exception>
    public string MadeIn(string id)
    {
        string[] parts = id.Split('/');
        for (int i = 1; i <= parts.Length; i++)
            Made(string.Join('/', parts[..i]));
        return id;
    }

    /// <summary>A name that no run has, of data and a kind of model.</summary>
    public string FreeRunName(string data, string kind)
    {
        string stem = Stem(Path.GetFileName(data));
        for (int n = 1; ; n++)
            if (FormattableString.Invariant($"{stem}-{kind}-{n}") is var name && !Path.Exists(Path.Combine(RunFolder, name)))
                return name;
    }

    /// <summary>A folder of what the studio keeps for itself: answers, notes, and what trainings said.</summary>
    public string OwnFolder(string part)
    {
        string folder = RunLayout.RefuseLink(Path.Combine(Made(Own), part), "remove it, the studio writes what it keeps in its own folder");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>The file in one of these folders for what is named by a text of any letters; the folder is made.</summary>
    public string OwnFile(string part, string key) => Path.Combine(OwnFolder(part), OwnName(key));

    /// <summary>Replaces that file in one step.</summary>
    /// <exception cref="IOException">It is a link, or cannot be written; what was there is there still.</exception>
    public void WriteOwn(string part, string key, JsonObject kept)
    {
        string path = RunLayout.RefuseLink(OwnFile(part, key), "remove it, the studio writes what it keeps in its own folder");
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(kept.ToJsonString())));
    }

    /// <summary>The same file if it is there, null if not: looking makes nothing and follows no link.</summary>
    public FileInfo? FindOwnFile(string part, string key)
    {
        DirectoryInfo own = new(Path.Combine(Root, Own));
        return own.LinkTarget is null && new FileInfo(Path.Combine(own.FullName, part)).LinkTarget is null
            && new FileInfo(Path.Combine(own.FullName, part, OwnName(key))) is { Exists: true, LinkTarget: null } file ? file : null;
    }

    private string RunFolder => Name == Runs ? Root : Path.Combine(Root, Runs);

    private static string OwnName(string key)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32] + ".json";

    private string Made(string name)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(Root, name));
        return folder.LinkTarget is { } target
            ? throw new IOException($"{name} is a link to {target}, which is not followed: replace it by a folder")
            : folder.FullName;
    }

    private static string Stem(string name) => name[..Math.Max(1, name.IndexOf('.', 1) is var dot and > 0 ? dot : name.Length)];

    private string? Find(string id, bool isFile = false)
    {
        string path = Root;
        string[] parts = id.Split('/');
        if (parts.Length > Deepest + 2)
            return null;
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            if (Entries(path).FirstOrDefault(e => e.Name == parts[i] && (e is FileInfo) == (isFile && last)) is not { } found)
                return null;
            path = found.FullName;
        }
        return path;
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        IEnumerable<FileSystemInfo> entries;
        try
        {
            entries = new DirectoryInfo(folder).EnumerateFileSystemInfos();
            entries = [.. entries.Where(e => e.Name[0] != '.' && (e.Attributes & FileAttributes.ReparsePoint) == 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
        return entries.OrderBy(e => e.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<(string Id, string Path)> FindRuns(string folder, string prefix, int depth)
    {
        foreach (DirectoryInfo inner in Entries(folder).OfType<DirectoryInfo>().Where(d => !s_partsOfRuns.Contains(d.Name)))
            if (File.Exists(Path.Combine(inner.FullName, Config)))
                yield return (prefix + inner.Name, inner.FullName);
            else if (depth < Deepest)
                foreach ((string, string) run in FindRuns(inner.FullName, $"{prefix}{inner.Name}/", depth + 1))
                    yield return run;
    }

    private static IEnumerable<string> FindData(string folder, string prefix, int depth)
    {
        foreach (FileSystemInfo entry in Entries(folder))
            if (entry is FileInfo)
            {
                if (WhyNoDataName(entry.Name) is null)
                    yield return prefix + entry.Name;
            }
            else if (depth < 3 && !File.Exists(Path.Combine(entry.FullName, Config)))
            {
                foreach (string file in FindData(entry.FullName, $"{prefix}{entry.Name}/", depth + 1))
                    yield return file;
            }
    }

    private static bool IsWithin(string path, string root)
        => path == root || path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
