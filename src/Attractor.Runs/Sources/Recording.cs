using Attractor.Data;

namespace Attractor.Runs;

/// <summary>A recording that an estimator takes.</summary>
/// <param name="Series">The rows.</param>
/// <param name="Dt">Time between two of them, if it is known.</param>
/// <param name="Reading">What was understood of its file; null of one that was simulated.</param>
/// <param name="Sentence">The same in a line.</param>
internal sealed record Recording(TimeSeries Series, double? Dt, DataReading? Reading, FormattableString? Sentence);
