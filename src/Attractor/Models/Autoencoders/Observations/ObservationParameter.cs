namespace Attractor.Models;

/// <summary>A parameter of an observation model that is learnt but does not depend on z: a log variance.</summary>
/// <param name="Name">Its name; the tensor of a model and a file is <c>decoder.</c> and this.</param>
/// <param name="PerVariable">Whether each of the D observed variables has its own; else there is one for all.</param>
/// <param name="Initial">Its value before learning.</param>
public sealed record ObservationParameter(string Name, bool PerVariable = true, double Initial = 0);
