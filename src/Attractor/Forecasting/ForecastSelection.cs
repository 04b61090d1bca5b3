using System.Diagnostics;

namespace Attractor.Forecasting;

/// <summary>Fits all candidates to what comes before the tail of a context, and ranks them by how they do on it.</summary>
internal sealed class ForecastSelection
{
    // The settings of a candidate whose free runs are looked at: those with the least errors.
    private const int Finalists = 4;

    private readonly ForecastContext _context;
    private readonly ForecastJudge _judge;

    public ForecastSelection(ForecastContext context, ForecastJudge judge) => (_context, _judge) = (context, judge);

    /// <summary>All candidates, the best first; those that are out come last.</summary>
    public IReadOnlyList<Ranked> Rank(IReadOnlyList<ForecastCandidate> candidates, CancellationToken cancellationToken)
    {
        IReadOnlyList<TimeSeries> pieces = _context.Without(_judge.Boundary, _context.Measured.Length);
        return [.. candidates.Select(candidate => Try(candidate, pieces, cancellationToken)).OrderBy(ranked => ranked.Score.Score)];
    }

    private Ranked Try(ForecastCandidate candidate, IReadOnlyList<TimeSeries> pieces, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ForecastCandidateScore score = new() { Name = candidate.Name, Description = candidate.Description };
        if (candidate.WhyNot(_context) is { } reason)
            return new(candidate, null, score with { Failure = reason });
        IReadOnlyList<ForecastSetting> settings = candidate.Settings(_context);
        IReadOnlyList<IForecaster?> fitted;
        try
        {
            fitted = candidate.Fit(pieces, settings, cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            score = score with { Failure = e.Message, Settings = settings.Count, Seconds = clock.Elapsed.TotalSeconds };
            return new(candidate, null, score);
        }
        (ForecastSetting Setting, IForecaster Forecaster, double Error)[] all =
        [
            .. settings.Zip(fitted).Where(pair => pair.Second is not null)
                .Select(pair => (pair.First, Forecaster: pair.Second!, Error: _judge.Error(pair.Second!, cancellationToken)))
                .Where(tried => !double.IsNaN(tried.Error))
                .OrderBy(tried => tried.Error)
        ];
        Ranked best = new(candidate, null, score with
        {
            Settings = settings.Count,
            Error = all.Length == 0 ? double.NaN : all[0].Error,
            Failure = all.Length == 0
                ? "nothing could be fitted to the rows before the tail"
                : "its free runs leave the region of the context",
        });
        IForecaster? kept = null;
        foreach ((ForecastSetting setting, IForecaster forecaster, double error) in all.Take(Finalists))
        {
            (double divergence, double spectrum, bool stays) = _judge.Run(forecaster, cancellationToken);
            double product = stays ? candidate.Handicap * _judge.Score(error, divergence, spectrum) : double.PositiveInfinity;
            if (product < best.Score.Score)
                (best, kept) = (new(candidate, setting, best.Score with
                {
                    Setting = setting.Description,
                    Score = product,
                    Error = error,
                    Divergence = divergence,
                    Spectrum = spectrum,
                    Stays = true,
                    Failure = null,
                }), forecaster);
        }
        return best with
        {
            HasEquations = kept is EquationForecaster,
            Score = best.Score with
            {
                ValidSteps = kept is null ? double.NaN : _judge.ValidSteps(kept, cancellationToken),
                Seconds = clock.Elapsed.TotalSeconds,
            }
        };
    }

    /// <summary>A candidate with its best setting, null where it is out.</summary>
    internal sealed record Ranked(ForecastCandidate Candidate, ForecastSetting? Setting, ForecastCandidateScore Score)
    {
        /// <summary>Whether what it fits are equations.</summary>
        public bool HasEquations { get; init; }
    }
}
