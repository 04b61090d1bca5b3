using Attractor.Models;

namespace Attractor.Learning;

/// <summary>How the training of a zero-shot model ended.</summary>
/// <param name="Model">The model of the last good state.</param>
/// <param name="Training">The ending, that state, and the curve.</param>
public sealed record ZeroShotResult(DynaMixModel Model, TrainingResult Training);
