using Attractor.Data;
using Attractor.Forecasting;

namespace Attractor.Runs;

/// <summary>What is to be forecast, and where it is to go.</summary>
internal sealed record ForecastRequest
{
    /// <summary>A file of data, a run or a known system.</summary>
    public required string Source { get; init; }

    /// <summary>Rows of the forecast.</summary>
    public required int Steps { get; init; }

    /// <summary>The last rows of the data that serve; all of them if null, of a system so many are made.</summary>
    public int? Context { get; init; }

    /// <summary>Time between two rows, if given.</summary>
    public double? Dt { get; init; }

    /// <summary>What of a file of data is taken.</summary>
    public DataSelection? Selection { get; init; }

    /// <summary>Who takes part.</summary>
    public required ForecastOptions Options { get; init; }

    /// <summary>The file of the orbit.</summary>
    public required string File { get; init; }

    /// <summary>The file of the lower and upper ends of the intervals; null for none.</summary>
    public string? Intervals { get; init; }

    /// <summary>The file of the identified equations; null for none.</summary>
    public string? Equations { get; init; }

    /// <summary>The page; null for none.</summary>
    public string? Report { get; init; }
}
