using System.Globalization;
using Attractor.Data;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>One sentence on a model: whether it runs on the attractor of the data, or how it ends.</summary>
/// <remarks>docs/evaluation.md has the rule.</remarks>
public sealed partial record Verdict
{
    private const double NoBetterWithin = 0.1, Slack = 0.05;
    // On fewer runs of the system itself look unlike any part of the data.
    private const int RowsThatTellParts = 20_000;
    private const int ShortRun = 2000, ShortEnd = 200;

    private Verdict(VerdictKind kind, string reason) => (Kind, Reason) = (kind, reason);

    /// <summary>What became of the model.</summary>
    public VerdictKind Kind { get; private init; }

    /// <summary>k, of a model that left for a cycle.</summary>
    public int? CycleOrder { get; private init; }

    /// <summary>Why, in a sentence, with the numbers.</summary>
    public string Reason { get; private init; }

    /// <summary>The share of free runs whose end looks like no part of the data; NaN where there were none.</summary>
    public double ShareThatLeaves { get; private init; } = double.NaN;

    /// <summary>The verdict in words: "on the attractor".</summary>
    public string Name => Kind switch
    {
        VerdictKind.OnTheAttractor => "on the attractor",
        VerdictKind.NearIt => "near it",
        VerdictKind.NotEnoughData => "not enough data to tell",
        VerdictKind.FarFromIt => "far from it",
        VerdictKind.NoBetterThanSurrogate => "no better than a phase-randomised surrogate",
        VerdictKind.LeftItForCycle => FormattableString.Invariant($"left it for a cycle of order {CycleOrder}"),
        VerdictKind.LeftItForFixedPoint => "left it for a fixed point",
        VerdictKind.Diverged => "diverged",
        _ => "left it for another region",
    };

    /// <summary>What to try, in a sentence; empty of a model that runs.</summary>
    public string Advice => Kind switch
    {
        VerdictKind.OnTheAttractor => "",
        VerdictKind.NearIt => "Train longer, or with a lower learning rate at the end.",
        VerdictKind.NotEnoughData => "Record longer: the floor falls with the rows.",
        VerdictKind.FarFromIt => "Train longer, or try a larger model or longer sequences.",
        VerdictKind.NoBetterThanSurrogate => "Try a larger model, longer sequences, or fewer forced steps.",
        VerdictKind.Diverged => "Try another seed, more regularisation, or a kind whose orbits stay bounded, such as a gru, or a "
            + "clipped-shplrnn with every |A_ii| below 1.",
        _ => "Let the state be selected that runs best on its own, train longer, or try another seed.",
    };

    /// <summary>The verdict and why, in one sentence.</summary>
    public string Sentence => $"{Name}: {Reason}";

    /// <summary>Whether it is as good as required or better.</summary>
    /// <param name="required"><see cref="VerdictKind.OnTheAttractor"/> or <see cref="VerdictKind.NearIt"/>.</param>
    public bool Meets(VerdictKind required) => Kind <= required;

    /// <summary>Judges a model by how it runs on its own beside data.</summary>
    /// <param name="model">Any observed map, in the units of the data.</param>
    /// <param name="data">T x N; of data with gaps the longest stretch without serves.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// Takes at most 2,000,000 steps of a small model and some 2.5e10 / D^2 of a large one of D states: a second or two.
    /// </remarks>
    /// <exception cref="ArgumentException">The model observes another number of variables.</exception>
    public static Verdict Of(IObservedMap model, TimeSeries data, CancellationToken cancellationToken = default)
    {
        ComparedRows.RequireObserved(model, data);
        return Of(model, [data], cancellationToken);
    }

    /// <summary>Judges a model by how it runs on its own from rows of all recordings, beside all their rows together.</summary>
    /// <param name="model">Any observed map, in the units of the data.</param>
    /// <param name="trials">At least one; of several the complete stretches serve, of one the longest.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The model observes another number of variables, or there is no recording.</exception>
    public static Verdict Of(IObservedMap model, IReadOnlyList<TimeSeries> trials, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException("There is no recording, expected one at least.", nameof(trials));
        foreach (TimeSeries trial in trials)
            ComparedRows.RequireObserved(model, trial);
        JoinedTrials whole = trials is [var single]
            ? JoinedTrials.Of(Beginning(single.LongestWhole()))
            : JoinedTrials.Of(trials, FreeRunScore.MostRows);
        // An orbit has no measurement noise: beside data with it a perfect model scores as one that lies beside the attractor.
        // What inputs bring looks like noise, and is none.
        // Draws have all the noise that counts have.
        IReadOnlyList<double> remaining = [];
        if (whole.Rows.Inputs is null && model is not DrawnObservations
            && NoiseReduction.Of([whole.Longest], revisits: true) is { } reduction)
            (whole, remaining) = (whole.Select(reduction.Apply), reduction.Remaining);
        return FreeRunScore.WhyNot(whole.Rows) is { } reason
            ? OfFew(model, whole.Longest, reason, cancellationToken)
            : OfMany(model, whole, remaining, cancellationToken);
    }

    private static TimeSeries Beginning(TimeSeries data)
        => data.Length > FreeRunScore.MostRows ? data.Slice(0, FreeRunScore.MostRows) : data;

    private static Verdict OfMany(
        IObservedMap model, JoinedTrials trials, IReadOnlyList<double> remaining, CancellationToken cancellationToken)
    {
        TimeSeries data = trials.Rows;
        FreeRunScore score = FreeRunScore.Filled(trials, remaining).For(model);
        RunsThatLeft left = score.RunsThatLeave(model, cancellationToken);
        IReadOnlyList<double> scales = Standardization.Of([data]).Scale;
        if (left.AreMany && Left(data, left.Ends, left.All, scales) is { } ended)
            return ended with { ShareThatLeaves = left.Share };
        JudgedRuns judged = new(trials, StepBudget.Of(model, data.Length).Rows);
        string forGood = left.AreMany ? "" : string.Create(CultureInfo.InvariantCulture, $"{left.ForGood} of them for good, ");
        string stay = left.Ends.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"all of {left.All} free runs stay")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{left.Ends.Count} of {left.All} free runs leave the attractor, {forGood}and {left.OfLong} of the {left.Long} long ones");
        if (!(judged.Floor < judged.Ceiling))
            return new(
                VerdictKind.NotEnoughData,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{stay}, but on {data.Length:N0} rows a perfect model has a D_stsp of {judged.Floor:G3} and an orbit without dynamics "
                    + $"one of {judged.Ceiling:G3}."))
            { ShareThatLeaves = left.Share };
        (double divergence, double spectrum) = judged.Judge(model, cancellationToken);
        string numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"{stay}; D_stsp {divergence:G3} (a perfect model {judged.Floor:G3}, a phase-randomised surrogate {judged.Surrogate:G3}), "
            + $"D_H {spectrum:G3} (a perfect model {judged.SpectrumFloor:G3}).");
        bool remains = !left.AreMany && left.ForGood == 0
            && left.Ends.All(end => OrbitEnding.Of(end, scales) is { IsFinite: true, Period: null });
        VerdictKind kind = OfScores(divergence, judged.Floor, judged.Ceiling, spectrum, judged.SpectrumFloor);
        // Scores of a few runs miss what some fall into, such as a ring around one wing.
        if (left.AreManyOrLong && data.Length >= RowsThatTellParts && kind <= VerdictKind.NearIt)
            return new(VerdictKind.LeftIt, "for a part of it or another distribution over it: " + numbers) { ShareThatLeaves = left.Share };
        return new(remains || kind is not VerdictKind.OnTheAttractor ? kind : VerdictKind.NearIt, numbers) { ShareThatLeaves = left.Share };
    }

    /// <summary>The verdict once a longer run was scored: where that run is farther off, so is the verdict on a model that runs.</summary>
    /// <param name="evaluation">Of the same model beside the same data.</param>
    public Verdict Beside(ModelEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        if (Kind is VerdictKind.Diverged)
            return this;
        if (!evaluation.Finite)
            return this with
            {
                Kind = VerdictKind.Diverged,
                CycleOrder = null,
                Reason = $"the run that was scored does not stay finite; {Reason}",
            };
        if (!Meets(VerdictKind.NearIt))
            return this;
        if (evaluation.Scores.FirstOrDefault(s => s.Key == DivergenceScore.KeyName) is not { IsDecidable: true } score)
            return this;
        Score spectrum = evaluation.HellingerDistance;
        VerdictKind kind = OfScores(score.Value, score.Floor!.Value, score.Ceiling!.Value, spectrum.Value, spectrum.Floor);
        return kind <= Kind
            ? this
            : this with
            {
                Kind = kind,
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"the scored run of {evaluation.Rows:N0} rows has a D_stsp of {score.Value:G3} (a perfect model "
                    + $"{score.Floor:G3}, an orbit without dynamics {score.Ceiling:G3}) and a D_H of {spectrum.Value:G3} (a perfect model "
                    + $"{spectrum.Floor:G3}); shorter ones: {Reason}"),
            };
    }

    // On the attractor: twice the floor, but never nearer to what knows no dynamics than to a perfect model. Near it: a third of the way
    // from there in ratios, as divergences go over orders of magnitude; a model without the noise of its data comes no nearer than that.
    private static VerdictKind OfScores(double divergence, double floor, double ceiling, double spectrum, double spectrumFloor)
    {
        double on = Math.Min(Math.Max(2 * floor, Slack * ceiling), (floor + ceiling) / 2);
        if (!(divergence < ceiling - (NoBetterWithin * (ceiling - floor))))
            return VerdictKind.NoBetterThanSurrogate;
        if (divergence > Math.Max(on, Math.Cbrt(floor * ceiling * ceiling)))
            return VerdictKind.FarFromIt;
        return divergence > on || spectrum > Math.Max(2 * spectrumFloor, Slack) ? VerdictKind.NearIt : VerdictKind.OnTheAttractor;
    }

    // Too few rows for scores still show a run that explodes or stands still.
    private static Verdict OfFew(IObservedMap model, TimeSeries data, string reason, CancellationToken cancellationToken)
    {
        if (data.Length == 0)
            return new(VerdictKind.NotEnoughData, reason);
        TimeSeries end = FreeRun.After(
            model, data, ComparedOrbit.Start(data, model), ShortEnd, dropped: ShortRun, cancellationToken: cancellationToken);
        IReadOnlyList<double> scales = Standardization.Of([data]).Scale;
        OrbitEnding ending = OrbitEnding.Of(end, scales);
        bool asTheData = data.Length > 1 && OrbitEnding.Of(data, scales).Period is not null;
        return !ending.IsFinite || (ending.Period is not null && !asTheData)
            ? Left(data, [end], 1, scales)!
            : new(VerdictKind.NotEnoughData, reason);
    }

    // By what becomes of most of the runs that left; null where they stay in the range of the data, which is for the data to tell.
    private static Verdict? Left(TimeSeries data, IReadOnlyList<TimeSeries> ends, int count, IReadOnlyList<double> scales)
    {
        OrbitEnding[] endings = [.. ends.Select(end => OrbitEnding.Of(end, scales))];
        OrbitEnding most = endings.GroupBy(e => e).OrderByDescending(g => g.Count()).First().Key;
        string Of(string what) => string.Create(
            CultureInfo.InvariantCulture,
            $"{ends.Count} of {count} free runs leave the attractor, {endings.Count(e => e == most)} of them for {what}.");
        if (!most.IsFinite)
            return new(VerdictKind.Diverged, Of("infinity"));
        if (most.Period is 1)
            return new(VerdictKind.LeftItForFixedPoint, Of("a point at which they stand still"));
        if (most.Period is { } order)
            return new(VerdictKind.LeftItForCycle, Of(FormattableString.Invariant($"a cycle of {order} rows"))) { CycleOrder = order };
        DataRange range = DataRange.Of(data);
        return 2 * ends.Count(range.IsOutside) > ends.Count
            ? new(VerdictKind.LeftIt, Of("a region that the data do not visit"))
            : null;
    }
}
