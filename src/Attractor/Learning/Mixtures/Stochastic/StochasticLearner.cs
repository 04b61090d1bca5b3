using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Stochastic variational inference as the loop sees it: a stretch is an epoch, the first one after the fit of a sample to set out from.
/// </summary>
internal sealed class StochasticLearner : Learner<MixtureState, SweepPoint>
{
    // What the start is fitted to, and for how long.
    private const int SampleRows = 20_000, SampleSweeps = 100;

    private readonly Mixture _mixture;
    private readonly IRowSource _rows;
    private readonly FullBound _bound;
    private readonly StochasticOptions _options;
    private readonly MixtureTraces _traces;
    private MixtureState? _start;
    private double[] _kept = [], _keptCounts = [];
    private IReadOnlyList<ElboTerm> _keptTerms = [];
    private bool _isOutOfEpochs;
    private int _epoch;
    private long _batch;

    public StochasticLearner(Mixture mixture, IRowSource rows, FullBound bound, StochasticOptions options, MixtureState? resume)
    {
        (_mixture, _rows, _bound, _options, _start, _traces) = (mixture, rows, bound, options, resume?.Start, new(resume));
        if (_traces.Count == 0)
            return;
        mixture.Restore([.. resume!.Parameters]);
        (Terms, Counts) = Evaluate(CancellationToken.None);
        _epoch = _traces.Sweeps - 1;
        HasConverged = resume.Done && IsSettled;
        Keep();
    }

    /// <summary>The terms of the bound of all rows; before the first epoch those of a sample.</summary>
    public IReadOnlyList<ElboTerm> Terms { get; private set; } = [];

    /// <summary>The expected number of rows of each component.</summary>
    public double[] Counts { get; private set; } = [];

    /// <summary>Whether the bound changes no more.</summary>
    public bool HasConverged { get; private set; }

    public override long Done => (_epoch * StepsPerEpoch) + _batch;

    public override long Steps => _options.Epochs * StepsPerEpoch;

    public override double Loss => -_traces.Bound;

    public override TrainingEnding? Ending => HasConverged || _isOutOfEpochs ? TrainingEnding.Completed : null;

    private bool IsSettled
        => _traces.BoundBefore is { } before && Math.Abs(_traces.Bound - before) <= _options.Tolerance * Math.Abs(_traces.Bound);

    private long StepsPerEpoch => (_rows.Count + _options.BatchSize - 1) / _options.BatchSize;

    public override bool Step(LearningLoop<MixtureState, SweepPoint> loop)
    {
        // Asked before an epoch, not after it: the state after the last one is one to go on from as well, with more epochs.
        if (_epoch >= _options.Epochs)
        {
            _isOutOfEpochs = true;
            return true;
        }
        try
        {
            if (_traces.Count == 0)
                Begin(loop);
            Epoch(loop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        loop.Add(_traces.Add(EvidenceLowerBound.Sum(Terms), loop.Seconds));
        HasConverged = IsSettled;
        return true;
    }

    public override void Keep() => (_kept, _keptTerms, _keptCounts) = (_mixture.Snapshot(), Terms, Counts);

    public override void Restore()
    {
        _batch = 0;
        if (_kept.Length > 0)
            _mixture.Restore(_kept);
        (Terms, Counts) = (_keptTerms, _keptCounts);
    }

    public override MixtureState Export(int divergences) => new()
    {
        Traces = _traces.Copy(),
        Parameters = _mixture.Snapshot(),
        Counts = Counts,
        Start = _traces.Count == 0 ? _start : null,
        Done = Ending is not null,
    };

    // The best fit of a sample, as if all rows were like it.
    private void Begin(LearningLoop<MixtureState, SweepPoint> loop)
    {
        int count = (int)Math.Min(Math.Max(SampleRows, _mixture.Components), _rows.Count);
        double[] values = new double[count * _rows.Names.Count];
        new ShuffledRows(_rows, _options.Seed, 0).Read(0, values);
        RowSample sample = new(values, _rows);
        CoordinateAscentOptions ascent = new()
        {
            Restarts = _options.Restarts,
            Start = _options.Start,
            MaxSweeps = SampleSweeps,
            Seed = _options.Seed,
            Threads = _options.Threads,
            Ranks = _options.Ranks,
        };
        MixtureFit fit = CoordinateAscent.Fit(_mixture, sample, ascent, _start, null, loop.CancellationToken);
        (_start, _keptTerms, _keptCounts) = (fit.State, fit.Terms, [.. fit.Counts]);
        loop.CancellationToken.ThrowIfCancellationRequested();
        using MixtureDesign design = new(_mixture.Blocks, sample, count, _options.Ranks);
        design.Fill(sample, 0, count, _options.ThreadCount);
        using ExpectationStep step = new(_mixture, design, _options.ThreadCount);
        StochasticVariationalInference.Step(_mixture, step, _rows.Count / (double)count, 1);
        (Terms, Counts) = Evaluate(loop.CancellationToken);
        Keep();
        loop.Add(_traces.Begin(EvidenceLowerBound.Sum(Terms), loop.Seconds));
    }

    private void Epoch(LearningLoop<MixtureState, SweepPoint> loop)
    {
        ShuffledRows shuffled = new(_rows, _options.Seed, (ulong)_epoch + 1);
        using MixtureDesign design = new(
            _mixture.Blocks, _rows, (int)Math.Min(_options.BatchSize, _rows.Count), _options.Ranks);
        using ExpectationStep step = new(_mixture, design, _options.ThreadCount);
        long first = _epoch * StepsPerEpoch;
        for (_batch = 0; _batch < StepsPerEpoch; _batch++)
        {
            loop.CancellationToken.ThrowIfCancellationRequested();
            // Batches of the same size, but for one row: the statistics of a short one would be scaled, and so its noise, by more than
            // those of the others.
            long begin = Place(_batch), count = Place(_batch + 1) - begin;
            design.Fill(shuffled, begin, (int)count, _options.ThreadCount);
            StochasticVariationalInference.Step(_mixture, step, _rows.Count / (double)count, _options.Rate(first + _batch));
            loop.MayReport();
        }
        (Terms, Counts) = Evaluate(loop.CancellationToken);
        (_epoch, _batch) = (_epoch + 1, 0);
    }

    private long Place(long batch) => (long)((Int128)_rows.Count * batch / StepsPerEpoch);

    private (IReadOnlyList<ElboTerm> Terms, double[] Counts) Evaluate(CancellationToken cancellationToken)
    {
        AssignedStatistics all = _bound.Of(cancellationToken);
        return (EvidenceLowerBound.Of(_mixture, all), all.Counts);
    }
}
