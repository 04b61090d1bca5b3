namespace Attractor.Data;

/// <summary>The times of the rows of recordings, for what goes on after their end.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Last">Of each recording the time of its last row, as the file has it; of dates seconds since a date of their own.</param>
/// <param name="Step">The time from row to row, in the same measure.</param>
/// <param name="AreDates">Whether the column holds dates.</param>
public sealed record RecordingTimes(string Column, IReadOnlyList<double> Last, double Step, bool AreDates);
