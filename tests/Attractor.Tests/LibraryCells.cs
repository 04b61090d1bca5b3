namespace Attractor.Tests;

/// <summary>The kinds of recurrent networks that the library has, without those that a test registers.</summary>
internal static class LibraryCells
{
    public static IReadOnlyList<string> Kinds { get; } =
        ["shplrnn", "clipped-shplrnn", "plrnn", "alrnn", "dendplrnn", "clipped-dendplrnn", "mcplrnn"];
}
