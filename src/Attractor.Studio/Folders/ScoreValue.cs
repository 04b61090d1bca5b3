namespace Attractor.Studio.Folders;

/// <summary>A score of a run.</summary>
/// <param name="Key">As the command names it.</param>
/// <param name="Value">What it is.</param>
/// <param name="Floor">What a perfect model would have; null if that is not known.</param>
internal sealed record ScoreValue(string Key, double Value, double? Floor);
