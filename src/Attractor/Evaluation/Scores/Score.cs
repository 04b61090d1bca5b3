namespace Attractor.Evaluation;

/// <summary>A score beside its noise floor: what a perfect model would get on the same data.</summary>
/// <param name="Value">The score.</param>
/// <param name="Floor">The floor; NaN where none can be had.</param>
public readonly record struct Score(double Value, double Floor);
