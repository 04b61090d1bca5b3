namespace Attractor.Learning;

/// <summary>The evidence lower bound over some steps of a fit.</summary>
/// <param name="Step">The last of the steps.</param>
/// <param name="Bound">The mean over their samples, nats.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="LearningRate">The rate in force.</param>
public sealed record BoundPoint(long Step, double Bound, double StandardError, double LearningRate);
