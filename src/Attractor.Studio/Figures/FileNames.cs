namespace Attractor.Studio.Figures;

/// <summary>Titles of figures as names of files.</summary>
internal static class FileNames
{
    /// <summary>Its letters and digits, with a dash for whatever else it has.</summary>
    public static string Of(string title)
        => string.Concat(title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-') is { Length: > 0 } name
            ? name
            : "figure";
}
