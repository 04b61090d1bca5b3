namespace Attractor.Models;

/// <summary>An operation that keeps values for each of a batch.</summary>
internal interface IBatched
{
    /// <summary>How many values are kept for a batch of so many rows.</summary>
    int SavedCount(int rows);
}
