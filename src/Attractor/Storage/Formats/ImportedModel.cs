using Attractor.Models;

namespace Attractor.Storage;

/// <summary>A network that was read from a file of numbers.</summary>
/// <param name="Model">The network.</param>
/// <param name="UnknownKeys">Keys of the file that had no part in it.</param>
/// <param name="SaysObserved">Whether N was said; else all units count as observed.</param>
public sealed record ImportedModel(RecurrentModel Model, IReadOnlyList<string> UnknownKeys, bool SaysObserved);
