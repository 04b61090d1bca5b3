namespace Attractor.Tests;

/// <summary>
/// The kinds of recurrent networks that the library has, without those that a test registers and without the lstm, whose sizes are even.
/// </summary>
internal static class LibraryCells
{
    public static IReadOnlyList<string> Kinds { get; } =
        ["shplrnn", "clipped-shplrnn", "plrnn", "alrnn", "dendplrnn", "clipped-dendplrnn", "mcplrnn", "rnn", "gru"];

    /// <summary>Those of them whose map is piecewise linear.</summary>
    public static IReadOnlyList<string> PiecewiseLinear { get; } = [.. Kinds.Except(["rnn", "gru"])];
}
