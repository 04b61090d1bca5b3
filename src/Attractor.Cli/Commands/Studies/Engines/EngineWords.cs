using System.Buffers;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary>What goes from a command line into a script or a manifest: words that mean nothing else there.</summary>
internal static class EngineWords
{
    private const int MostNameLength = 50;

    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:,/@%+-[]");

    /// <summary>The word, if it is a plain one.</summary>
    /// <exception cref="ArgumentException">It has a character that a script would read as something else.</exception>
    public static string Plain(string option, string word) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(s_plain)
        ? word
        : throw new ArgumentException($"{option} takes letters, digits and ._:,/@%+-[], not '{word}'");

    /// <summary>A name that a scheduler takes: small letters, digits and hyphens.</summary>
    public static string Name(string study)
    {
        string name = new([.. study.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(MostNameLength)]);
        name = name.Trim('-');
        return name.Length > 0 ? $"study-{name}" : "study";
    }

    /// <summary>Refuses a store that workers on other machines cannot share.</summary>
    /// <exception cref="ArgumentException">It is a file.</exception>
    public static void RequireShared(Study study, string otherwise)
    {
        if (!StoreAddress.IsOne(study.StoreName))
            throw new ArgumentException(
                $"{study.StoreName} is for workers on one machine: make the study with --store postgres://user@host/database{otherwise}");
    }
}
