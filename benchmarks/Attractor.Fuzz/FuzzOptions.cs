using System.Globalization;

namespace Attractor.Fuzz;

/// <summary>What a run of the fuzzer is asked.</summary>
internal sealed record FuzzOptions
{
    /// <summary>Cases of each worker at most.</summary>
    public long Count { get; init; } = long.MaxValue;

    /// <summary>When no more cases are begun.</summary>
    public double Seconds { get; init; } = 60;

    /// <summary>Processes side by side.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Of all cases: case n of a seed is always the same.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The case to begin with.</summary>
    public long First { get; init; }

    /// <summary>Cases from one to the next; the workers take turns.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>How long one command may take.</summary>
    public double Limit { get; init; } = 20;

    /// <summary>Where findings and the files of the cases go.</summary>
    public string Folder { get; init; } = "fuzz";

    /// <summary>Whether readers are asked, without a command around them.</summary>
    public bool IsOfReaders { get; init; }

    /// <summary>Of the readers those with this in their names; all if null.</summary>
    public string? Only { get; init; }

    /// <summary>Whether this is one of several processes, which the first one started.</summary>
    public bool IsWorker { get; init; }

    /// <summary>Whether to print every command and what it answers.</summary>
    public bool IsVerbose { get; init; }

    public static FuzzOptions Parse(IReadOnlyList<string> words)
    {
        FuzzOptions options = new();
        for (int i = 0; i < words.Count; i++)
        {
            options = words[i] switch
            {
                "--readers" => options with { IsOfReaders = true },
                "--worker" => options with { IsWorker = true },
                "--only" => options with { Only = Next() },
                "--verbose" => options with { IsVerbose = true },
                "--count" => options with { Count = long.Parse(Next(), CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(Next(), CultureInfo.InvariantCulture) },
                "--workers" => options with { Workers = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--first" => options with { First = long.Parse(Next(), CultureInfo.InvariantCulture) },
                "--stride" => options with { Stride = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--limit" => options with { Limit = double.Parse(Next(), CultureInfo.InvariantCulture) },
                "--folder" => options with { Folder = Next() },
                _ => throw new ArgumentException(
                    $"{words[i]} is unknown; there are --count, --seconds, --workers, --seed, --first, --stride, --limit, --folder, "
                    + "--readers, --only, --verbose"),
            };

            string Next() => ++i < words.Count ? words[i] : throw new ArgumentException($"{words[i - 1]} needs a value");
        }
        return options;
    }

    /// <summary>The words that make another process do a part of it.</summary>
    public IReadOnlyList<string> ToWords(long first, double seconds) =>
    [
        "--worker",
        "--count", Text(Count), "--seconds", Text(seconds), "--seed", Text(Seed), "--first", Text(first),
        "--stride", Text(Workers), "--limit", Text(Limit), "--folder", Path.GetFullPath(Folder),
        .. IsOfReaders ? (string[])["--readers"] : [],
        .. Only is { } only ? (string[])["--only", only] : [],
    ];

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
