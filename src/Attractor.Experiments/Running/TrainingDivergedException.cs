namespace Attractor.Experiments;

/// <summary>A training ended in losses or parameters that are not finite: a finding where it is one of several, else a failure.</summary>
/// <param name="path">The folder of the run.</param>
internal sealed class TrainingDivergedException(string path)
    : ArithmeticException($"{path}: the training diverged; another seed may do, or a lower learning rate");
