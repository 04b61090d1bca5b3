namespace Attractor.Data;

/// <summary>Sequences to learn from, to choose by, and to report on.</summary>
/// <param name="Train">What is learnt from.</param>
/// <param name="Validation">What choices are made by: when to stop, which settings.</param>
/// <param name="Test">What neither has seen.</param>
public sealed record SequenceSplit(SequenceSet Train, SequenceSet Validation, SequenceSet Test);
