using System.Diagnostics.CodeAnalysis;

namespace Attractor.Data;

/// <summary>A format of files that hold series: how they are recognised, read and written.</summary>
/// <remarks>
/// <para>A format of one's own is registered once, <see cref="Register"/>; then <see cref="SeriesFile"/> reads and writes it,
/// <see cref="TableFile"/> and <see cref="RowStore"/> read it by the names of its columns, and so does the command. One whose files name
/// their columns derives from <see cref="TableFormat"/> and says the table, of which the series is made; any other derives from this class
/// and says the series, of which the table is made.</para>
/// <para>A file may be anything: sizes that it states are held against its length, and against
/// <see cref="SeriesFile.MaxValues"/>, before memory is taken for them. What is wrong with it is an
/// <see cref="InvalidDataException"/> of one line; the name of the file is put before it. One instance serves all threads.</para>
/// </remarks>
public abstract class SeriesFormat
{
    /// <summary>How many bytes <see cref="Recognises"/> is shown.</summary>
    public const int HeadLength = 64;

    private static readonly NamedRegistry<SeriesFormat> s_registry = new(
        "a format",
        format => format.Name,
        (one, other) => one.GetType() == other.GetType(),
        [
            new NpyFormat(), new NpzFormat(), new TextFormat("csv", ','), new TextFormat("tsv", '\t'),
            new TextFormat("txt", '\t', ".dat"), new JsonLinesFormat(),
            new ParquetFormat(), new ArrowFormat(), new ExcelFormat(), new Hdf5Format(), new MatlabFormat(),
            new WavFormat(), new EdfFormat(), new SktimeFormat(),
        ]);

    /// <summary>All there are: those of the library, then the others in the order in which they came.</summary>
    public static IReadOnlyList<SeriesFormat> All => s_registry.All;

    /// <summary>A short name, such as <c>npy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The extensions of its files in lower case, such as <c>.npy</c>: no other format has them.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>What the time step of its files is measured in, such as "s"; null if they do not say.</summary>
    public virtual string? TimeUnit => null;

    /// <summary>Whether one file may hold several series.</summary>
    public virtual bool HoldsTrials => false;

    /// <summary>Whether files are written as well as read: then there is a <see cref="Write"/>.</summary>
    public virtual bool CanWrite => false;

    /// <summary>
    /// Whether contents announce themselves as of this format. Those that do are read so whatever the extension says of them, unless the
    /// format of the extension recognises them too.
    /// </summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all of a shorter file.</param>
    public virtual bool Recognises(ReadOnlySpan<byte> head) => false;

    /// <summary>Reads the series of a file.</summary>
    /// <param name="file">A seekable stream at its start, which is not empty; it stays open.</param>
    /// <param name="dt">Time between two rows; null for what the file says, or 1 if it says nothing.</param>
    /// <returns>At least one series; all have the same variables.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    public abstract IReadOnlyList<TimeSeries> Read(Stream file, double? dt);

    /// <summary>The same, with what is to be said of it.</summary>
    internal virtual RawData ReadRaw(Stream file)
    {
        IReadOnlyList<TimeSeries> series = Read(file, null);
        return series.Count == 0
            ? throw new InvalidDataException("holds no series")
            // What a file does not say of time is 1.
            : RawData.Of(series, series[0].Dt == 1 ? null : series[0].Dt) with { TimeUnit = TimeUnit };
    }

    /// <summary>Opens a file as a table: the columns of its one series, unless the format says otherwise.</summary>
    /// <param name="file">A seekable stream at its start, which is not empty; it stays open until the table has been read.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or holds several series or something else.</exception>
    public virtual TableReader OpenTable(Stream file)
    {
        IReadOnlyList<TimeSeries> series = Read(file, null);
        return series.Count == 1
            ? new SeriesTable(series[0])
            : throw new InvalidDataException($"holds {series.Count} series, expected one table");
    }

    /// <summary>Writes series; called only if <see cref="CanWrite"/>, with one series unless <see cref="HoldsTrials"/>.</summary>
    /// <param name="file">Where to; it stays open.</param>
    /// <param name="trials">What, in this order.</param>
    /// <param name="float32">Whether to round the values to float32.</param>
    /// <exception cref="InvalidDataException">Something of the series cannot be written.</exception>
    public virtual void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32)
        => throw new InvalidDataException($"a file of the format {Name} can be read but not written; write {Listed(f => f.CanWrite)}");

    /// <summary>Adds a format, for all threads. The same one again changes nothing.</summary>
    /// <exception cref="ArgumentException">There is another one of its name or of one of its extensions, or an extension is none.
    /// </exception>
    public static void Register(SeriesFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentException.ThrowIfNullOrWhiteSpace(format.Name);
        if (format.Extensions.Count == 0)
            throw new ArgumentException(
                $"The format '{format.Name}' has no extension, expected one such as .{format.Name}.", nameof(format));
        foreach (string extension in format.Extensions)
        {
            if (extension.Length < 2 || Path.GetExtension(extension) != extension || extension.Any(char.IsUpper))
                throw new ArgumentException(
                    $"The format '{format.Name}' has the extension '{extension}', expected a point and lower-case letters, such as .npy.",
                    nameof(format));
        }
        s_registry.Register(format, (added, all) =>
        {
            foreach (SeriesFormat other in all)
                if (other.Extensions.Intersect(added.Extensions).FirstOrDefault() is { } taken)
                    throw new ArgumentException(
                        $"The extension {taken} is that of the format '{other.Name}'; give the format '{added.Name}' another.",
                        nameof(format));
        });
    }

    /// <summary>The format that the extension of a path says; null if it says none.</summary>
    public static SeriesFormat? Find(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        return All.FirstOrDefault(format => format.Extensions.Contains(extension));
    }

    /// <summary>The extensions of formats as a sentence lists them: ".npy, .csv or .tsv".</summary>
    /// <param name="which">Of which; of all if absent.</param>
    public static string Listed(Func<SeriesFormat, bool>? which = null)
        => Listed(All.Where(which ?? (_ => true)).SelectMany(format => format.Extensions));

    /// <summary>Words as a sentence lists them.</summary>
    internal static string Listed(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    /// <summary>That a file has no tables or arrays to choose from.</summary>
    internal static InvalidDataException OneTable(string name)
        => new($"holds one table, no array '{Excerpt.Of(name.AsSpan())}'; leave the array out");

    /// <summary>The format that the extension of a path says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">Those that would do, for the message.</param>
    /// <exception cref="InvalidDataException">It says none.</exception>
    internal static SeriesFormat Of(string path, string expected) => Find(path) ?? throw new InvalidDataException(
        Path.GetExtension(path) is { Length: > 0 } other
            ? $"has the extension {Excerpt.Of(other.ToLowerInvariant().AsSpan())}, expected {expected}"
                + (other.Equals(".json", StringComparison.OrdinalIgnoreCase) ? "; write a row a line, as .jsonl" : "")
            : $"has no extension, expected {expected}");

    /// <summary>The format of the contents, if they announce themselves; otherwise that of the extension.</summary>
    [return: NotNullIfNotNull(nameof(named))]
    internal static SeriesFormat? OfContents(Stream file, SeriesFormat? named)
    {
        Span<byte> start = stackalloc byte[HeadLength];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (named?.Recognises(start[..length]) == true)
            return named;
        foreach (SeriesFormat format in All)
            if (format.Recognises(start[..length]))
                return format;
        return named;
    }
}
