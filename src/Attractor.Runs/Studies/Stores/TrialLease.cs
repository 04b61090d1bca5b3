using System.Text.Json;

namespace Attractor.Runs;

/// <summary>The right to work on a trial, for a time.</summary>
/// <param name="Number">The trial.</param>
/// <param name="Attempt">How many times the trial was taken; a worker whose number is no longer that of the store has lost it.</param>
/// <param name="Parameters">The values of what varies; null of a trial whose point is still to be chosen.</param>
internal sealed record TrialLease(long Number, long Attempt, JsonElement? Parameters);
