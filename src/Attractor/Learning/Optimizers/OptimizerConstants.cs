namespace Attractor.Learning;

/// <summary>What a command or a config says of an optimiser beside its name; a rule takes what it has a use for.</summary>
/// <param name="LearningRate">The learning rate at the start of the training.</param>
/// <param name="Momentum">The momentum of a rule that has one.</param>
public sealed record OptimizerConstants(double LearningRate, double Momentum);
