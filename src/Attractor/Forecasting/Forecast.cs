using System.Diagnostics;
using System.Globalization;
using Attractor.Evaluation;
using Attractor.Forecasting;
using Attractor.Learning;

namespace Attractor;

/// <summary>What follows a context, by whichever of several methods that need no training does best on the context itself.</summary>
public sealed record Forecast
{
    private const double PartOfContext = 0.25;

    /// <summary>steps x N in the units of the context: row 0 is the row after its last one.</summary>
    public required TimeSeries Orbit { get; init; }

    /// <summary>Where the values are expected, row by row.</summary>
    public required ForecastInterval Interval { get; init; }

    /// <summary>Who forecasts: the word of a candidate.</summary>
    public string Chosen { get; private init; } = "";

    /// <summary>Its setting, in words; empty where there is only one.</summary>
    public string Setting { get; private init; } = "";

    /// <summary>Why, in a sentence with the numbers.</summary>
    public string Why { get; private init; } = "";

    /// <summary>What it has learnt, a line each, such as equations; empty of most.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    /// <summary>
    /// The differential equations that were identified of the whole context, whoever forecasts; null where nobody who took part has any
    /// that stay in its region.
    /// </summary>
    public IdentifiedEquations? Equations { get; private init; }

    /// <summary>All candidates, the best first.</summary>
    public IReadOnlyList<ForecastCandidateScore> Candidates { get; private init; } = [];

    /// <summary>What the length of the context allows.</summary>
    public ForecastFloors Floors { get; private init; } = ForecastFloors.None;

    /// <summary>
    /// The steps for which the forecast is expected to be valid: the median over rows of the context of forecasts that have not seen what
    /// they forecast.
    /// </summary>
    public required double ExpectedValidSteps { get; init; }

    /// <summary>Whether that is as far as the context lets be seen: it may be more.</summary>
    public required bool ValidStepsAreLeast { get; init; }

    /// <summary>Whether the orbit looks like the context.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What everything took.</summary>
    public double Seconds { get; private init; }

    /// <summary>Forecasts what follows a context.</summary>
    /// <param name="context">T x N. The forecast begins after its last row; rows with missing values are passed over.</param>
    /// <param name="steps">Rows of the forecast.</param>
    /// <param name="options">Who takes part and how they are compared.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// All candidates are fitted to the context without its tail and compared on the tail: by short forecasts from several of its rows, and
    /// by free runs beside the context. The best is fitted to the whole context. docs/forecast.md has the rules.
    /// </remarks>
    /// <exception cref="ArgumentException">The context is too short, or an option out of its range.</exception>
    /// <exception cref="InvalidDataException">A variable is constant, or has no value.</exception>
    /// <exception cref="ArithmeticException">No candidate gives an orbit that stays.</exception>
    public static Forecast Of(
        TimeSeries context, int steps, ForecastOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        options ??= new();
        options.Check();
        Stopwatch clock = Stopwatch.StartNew();
        ForecastContext known = new(context);
        // Rows at the end with missing values are forecast and dropped.
        int behind = context.Length - 1 - known.LastRow;
        int boundary = context.Length - Math.Max(2, (int)(options.Tail * context.Length));
        ForecastJudge judge = new(known, boundary, steps, options.ValidThreshold);
        IReadOnlyList<ForecastSelection.Ranked> ranked =
            new ForecastSelection(known, judge).Rank(options.Candidates ?? ForecastCandidates.All, cancellationToken);
        // What stands still is taken where nothing else stays.
        foreach (bool moving in (bool[])[true, false])
        {
            List<string> passed = [];
            foreach (ForecastSelection.Ranked candidate in ranked.Where(r => r.Setting is not null))
            {
                if (FitWhole(candidate, known, cancellationToken) is { } forecaster
                    && known.History(known.LastRow, forecaster.WarmUp) is { } history
                    && forecaster.Continue(history, checked(behind + steps), cancellationToken).Slice(behind, steps) is { } orbit
                    && judge.Stays(orbit) && (!moving || judge.Moves(orbit)))
                {
                    Calibration calibration = Calibration.Of(
                        known, candidate, (int)Math.Clamp(PartOfContext * context.Length, 1, steps), options, cancellationToken);
                    return Result(context, known, orbit, calibration, options.Coverage, cancellationToken) with
                    {
                        Chosen = candidate.Candidate.Name,
                        Setting = candidate.Score.Setting,
                        Why = Reason(candidate, ranked, judge, passed),
                        Lines = forecaster.Lines,
                        Equations = EquationsOf(candidate, forecaster, ranked, known, cancellationToken),
                        Candidates = [.. ranked.Select(r => r.Score)],
                        Floors = judge.Floors,
                        Seconds = clock.Elapsed.TotalSeconds,
                    };
                }
                passed.Add(candidate.Candidate.Name);
            }
        }
        throw new ArithmeticException(
            "No candidate gives an orbit that stays in the region of the context: "
            + string.Join("; ", ranked.Select(r => $"{r.Candidate.Name}: {r.Score.Failure ?? "its orbit leaves"}")));
    }

    private static IdentifiedEquations? EquationsOf(
        ForecastSelection.Ranked chosen,
        IForecaster forecaster,
        IReadOnlyList<ForecastSelection.Ranked> ranked,
        ForecastContext context,
        CancellationToken cancellationToken)
        => ranked.FirstOrDefault(r => r.HasEquations) is not { } found ? null
            : ((found == chosen ? forecaster : FitWhole(found, context, cancellationToken)) as EquationForecaster)?.Equations;

    private static Forecast Result(
        TimeSeries context,
        ForecastContext known,
        TimeSeries orbit,
        Calibration calibration,
        double coverage,
        CancellationToken cancellationToken)
        => new()
        {
            Orbit = new(known.Units.Undo(orbit).Values.ToArray(), context.Dimension, context.Dt, context.Names)
            {
                Standardization = context.Standardization
            },
            Interval = calibration.IntervalAround(orbit, known, coverage),
            ExpectedValidSteps = calibration.ValidSteps,
            ValidStepsAreLeast = calibration.ValidSteps >= calibration.Steps,
            Verdict = Verdict.OfOrbit(orbit, known.Pieces.MaxBy(piece => piece.Length)!, cancellationToken),
        };

    private static IForecaster? FitWhole(
        ForecastSelection.Ranked candidate, ForecastContext context, CancellationToken cancellationToken)
    {
        try
        {
            return candidate.Candidate.Fit(context.Pieces, [candidate.Setting!], cancellationToken)[0];
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Reason(
        ForecastSelection.Ranked chosen, IReadOnlyList<ForecastSelection.Ranked> ranked, ForecastJudge judge, List<string> passed)
    {
        ForecastCandidateScore score = chosen.Score;
        string reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{chosen.Candidate.Name} scores {ScoreOf(chosen)}: an error of {score.Error:G3} standard deviations over {judge.ErrorSteps} "
            + $"steps from {judge.OriginCount} rows of the tail, a D_stsp of {score.Divergence:G3} and a D_H of {score.Spectrum:G3} of "
            + $"free runs beside the context");
        if (ranked.FirstOrDefault(r => r != chosen && r.Setting is not null && !passed.Contains(r.Candidate.Name)) is { } next)
            reason += $"; next is {next.Candidate.Name} with {ScoreOf(next)}";
        return reason + (passed.Count == 0
            ? "."
            : $"; passed over, because the orbit after the whole context leaves its region: {string.Join(", ", passed)}.");
    }

    private static string ScoreOf(ForecastSelection.Ranked r) => FormattableString.Invariant($"{r.Score.Score:G3}");
}
