namespace Attractor.Studio.Folders;

/// <summary>What people say of a run.</summary>
/// <param name="Tags">Words that it is found by, each once, in their order.</param>
/// <param name="Text">A note.</param>
/// <param name="IsArchived">Whether the list leaves it out unless it is asked for.</param>
internal sealed record RunNote(IReadOnlyList<string> Tags, string Text, bool IsArchived)
{
    private const int MostTags = 20, MostLettersOfTag = 40, MostLetters = 10_000;

    /// <summary>Nothing.</summary>
    public static RunNote None { get; } = new([], "", false);

    /// <summary>Whether nothing is said.</summary>
    public bool IsEmpty => Tags.Count == 0 && Text.Length == 0 && !IsArchived;

    /// <summary>The tags as they are typed.</summary>
    public string TagLine => string.Join(", ", Tags);

    /// <summary>Whether another says the same.</summary>
    public bool Says(RunNote other) => other.TagLine == TagLine && other.Text == Text && other.IsArchived == IsArchived;

    /// <summary>The same with other tags, which stand between commas.</summary>
    /// <exception cref="ArgumentException">They are too many, or too long.</exception>
    public RunNote WithTags(string line)
    {
        string[] tags =
        [
            .. line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(Clean).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
        ];
        return tags.Length > MostTags ? throw new ArgumentException($"a run has {MostTags} tags at most")
            : Array.Find(tags, t => t.Length > MostLettersOfTag) is { } longest
                ? throw new ArgumentException($"a tag has {MostLettersOfTag} letters at most, '{longest[..MostLettersOfTag]}...' has more")
            : this with { Tags = tags };
    }

    /// <summary>The same with another text.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public RunNote WithText(string text)
        => text.Length > MostLetters
            ? throw new ArgumentException($"a note has {MostLetters:N0} letters at most, this one {text.Length:N0}")
            : this with { Text = text.ReplaceLineEndings("\n").Trim() };

    private static string Clean(string tag) => string.Concat(tag.Where(c => !char.IsControl(c))).Trim();
}
