namespace Attractor.Learning;

/// <summary>How far the states of a training have been driven.</summary>
/// <param name="Rows">Rows done.</param>
/// <param name="Of">Rows in all.</param>
public readonly record struct ReadoutProgress(long Rows, long Of);
