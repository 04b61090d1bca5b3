using System.Globalization;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Stochastic variational inference of a conjugate mixture: natural gradient steps from batches of rows, for data that need not fit in memory.</summary>
/// <remarks>
/// The natural parameters of each factor go a part of the way to what a sweep of coordinate ascent would set them to if all rows were like those of the batch (Hoffman, Blei, Wang and Paisley,
/// "Stochastic variational inference", JMLR 14, 2013). The bound of single batches is noise; what is reported is that of all rows, after every epoch.
/// </remarks>
public static class StochasticVariationalInference
{
    // What the start is fitted to, and for how long.
    private const int SampleRows = 20_000, SampleSweeps = 100;

    /// <summary>Fits a mixture to rows that are read in batches.</summary>
    /// <param name="mixture">The mixture with its priors; it holds the posterior afterwards.</param>
    /// <param name="rows">Rows with the columns of the mixture, and others. Missing values are marginalised.</param>
    /// <param name="options">How.</param>
    /// <param name="resume">A state to go on from.</param>
    /// <param name="callbacks">Who listens; a sweep is an epoch.</param>
    /// <param name="cancellationToken">Ends the fit with the state after the last epoch; no exception.</param>
    /// <exception cref="ArgumentException">A column is not there, is constant, or holds a value that does not belong there; there are fewer rows than components; an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled while it looked for its start: there is no state yet.</exception>
    public static MixtureFit Fit(
        Mixture mixture, IRowSource rows, StochasticOptions? options = null, MixtureState? resume = null, MixtureCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        Check(mixture, rows, options);
        MixtureChecks.Require(mixture, resume);
        using FullBound bound = new(mixture, rows, options.Threads);
        return new Loop(mixture, rows, bound, options, callbacks ?? new()).Run(resume, cancellationToken);
    }

    /// <summary>Whether a fit can be begun: what is wrong is found before any work.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void Check(Mixture mixture, IRowSource rows, StochasticOptions options)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        MixtureChecks.Require(mixture, rows, null);
    }

    /// <summary>One step: responsibilities of the rows of a design, and from their statistics, as if there were <paramref name="scale"/> times as many, a part of the way to the optimum.</summary>
    internal static void Step(Mixture mixture, ExpectationStep step, double scale, double rate)
    {
        step.Run();
        step.Result.Scale(scale);
        ParameterUpdate.All(mixture, step.Result, rate);
    }

    private sealed class Loop(Mixture mixture, IRowSource rows, FullBound bound, StochasticOptions options, MixtureCallbacks callbacks)
    {
        private readonly MixtureJournal _journal = new(callbacks);
        private IReadOnlyList<ElboTerm> _terms = [];
        private double[] _counts = [];

        private bool HasConverged => _journal.Traces[0] is [.., double before, double now] && Math.Abs(now - before) <= options.Tolerance * Math.Abs(now);

        private long StepsPerEpoch => (rows.Count + options.BatchSize - 1) / options.BatchSize;

        public MixtureFit Run(MixtureState? resume, CancellationToken cancellationToken)
        {
            _journal.Take(resume);
            double[] kept = [];
            bool converged = false, cancelled = false;
            try
            {
                if (resume is null)
                {
                    Begin(cancellationToken);
                    kept = mixture.Snapshot();
                    _journal.Begin(Evaluate(cancellationToken));
                }
                else
                {
                    kept = [.. resume.Parameters];
                    mixture.Restore(kept);
                    Evaluate(cancellationToken);
                    converged = resume.Done && HasConverged;
                }
                for (int epoch = _journal.Traces[0].Count; epoch <= options.Epochs && !converged; epoch++)
                {
                    Epoch(epoch, cancellationToken);
                    double now = Evaluate(cancellationToken);
                    kept = mixture.Snapshot();
                    _journal.Add(now, epoch * StepsPerEpoch, options.Epochs * StepsPerEpoch);
                    converged = HasConverged;
                    if (!converged)
                        _journal.MaySave(mixture, _counts, null);
                }
            }
            catch (OperationCanceledException) when (kept.Length > 0 && _journal.Traces.Count > 0)
            {
                // The epoch that was begun is forgotten.
                cancelled = true;
                mixture.Restore(kept);
                Evaluate(CancellationToken.None);
            }
            MixtureState state = _journal.Save(mixture, _counts, null, !cancelled);
            double[] counts = cancelled ? _counts : MixtureOrder.ByCount(mixture, _counts);
            return new()
            {
                Mixture = mixture,
                Ending = cancelled ? TrainingEnding.Cancelled : TrainingEnding.Completed,
                State = state,
                Terms = _terms,
                Counts = counts,
                Converged = converged,
                Reason = converged ? string.Create(CultureInfo.InvariantCulture, $"the bound of all rows changed by less than {options.Tolerance} of its value in an epoch")
                    : cancelled ? "cancelled" : $"{options.Epochs} epochs were not enough",
                Restart = 0,
                Missing = MixtureChecks.Missing(mixture, rows),
                Seconds = _journal.Seconds,
            };
        }

        // The best fit of a sample, as if all rows were like it.
        private void Begin(CancellationToken cancellationToken)
        {
            int count = (int)Math.Min(Math.Max(SampleRows, mixture.Components), rows.Count);
            double[] values = new double[count * rows.Names.Count];
            new ShuffledRows(rows, options.Seed, 0).Read(0, values);
            RowSample sample = new(values, rows);
            MixtureFit fit = CoordinateAscent.Fit(
                mixture, sample, new() { Restarts = options.Restarts, Start = options.Start, MaxSweeps = SampleSweeps, Seed = options.Seed, Threads = options.Threads }, null, null, cancellationToken);
            if (fit.Ending == TrainingEnding.Cancelled)
                throw new OperationCanceledException(cancellationToken);
            using MixtureDesign design = new(mixture.Blocks, sample, count);
            design.Fill(sample, 0, count, options.Threads);
            using ExpectationStep step = new(mixture, design, options.Threads);
            Step(mixture, step, rows.Count / (double)count, 1);
        }

        private void Epoch(int epoch, CancellationToken cancellationToken)
        {
            ShuffledRows shuffled = new(rows, options.Seed, (ulong)epoch);
            using MixtureDesign design = new(mixture.Blocks, rows, (int)Math.Min(options.BatchSize, rows.Count));
            using ExpectationStep step = new(mixture, design, options.Threads);
            long first = (epoch - 1) * StepsPerEpoch;
            for (long batch = 0; batch < StepsPerEpoch; batch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Batches of the same size, but for one row: the statistics of a short one would be scaled, and so its noise, by more than those of the others.
                long begin = Place(batch), count = Place(batch + 1) - begin;
                design.Fill(shuffled, begin, (int)count, options.Threads);
                Step(mixture, step, rows.Count / (double)count, options.Rate(first + batch));
                _journal.Report(first + batch, options.Epochs * StepsPerEpoch);
            }
        }

        private long Place(long batch) => (long)((Int128)rows.Count * batch / StepsPerEpoch);

        private double Evaluate(CancellationToken cancellationToken)
        {
            AssignedStatistics all = bound.Of(cancellationToken);
            (_terms, _counts) = (EvidenceLowerBound.Of(mixture, all), all.Counts);
            return EvidenceLowerBound.Sum(_terms);
        }
    }
}
