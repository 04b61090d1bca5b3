using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Mean-field variational inference of a conjugate mixture by coordinate ascent (CAVI): each factor in turn is set to its optimum given the others.</summary>
/// <remarks>
/// q(z_n = k) is the softmax of E[log pi_k] + E[log p(x_n | theta_k)], q(theta_k) the conjugate posterior given sum_n r_nk T(x_n) (Bishop, Pattern Recognition and Machine Learning, 2006,
/// chapter 10; Blei, Kucukelbir and McAuliffe, "Variational inference: a review for statisticians", JASA 112, 2017). The bound can only rise; that is checked after every update.
/// </remarks>
public static class CoordinateAscent
{
    /// <summary>Fits a mixture to the rows of a series.</summary>
    /// <param name="mixture">The mixture with its priors; it holds the posterior afterwards.</param>
    /// <param name="rows">Rows with the columns of the mixture, and others. Missing values are marginalised.</param>
    /// <param name="options">How.</param>
    /// <param name="resume">A state to go on from.</param>
    /// <param name="callbacks">Who listens.</param>
    /// <param name="cancellationToken">Ends the fit after the sweep; no exception.</param>
    /// <exception cref="ArgumentException">A column is not there, is constant, or holds a value that does not belong there; there are fewer rows than components; an option is out of range.</exception>
    /// <exception cref="BoundDecreaseException">The bound fell.</exception>
    public static MixtureFit Fit(
        Mixture mixture, TimeSeries rows, CoordinateAscentOptions? options = null, MixtureState? resume = null, MixtureCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
        => Fit(mixture, new SeriesRows(rows), options, resume, callbacks, cancellationToken);

    /// <summary>Fits a mixture to rows from anywhere, whose statistics are kept in memory.</summary>
    /// <inheritdoc cref="Fit(Mixture, TimeSeries, CoordinateAscentOptions, MixtureState, MixtureCallbacks, CancellationToken)"/>
    public static MixtureFit Fit(
        Mixture mixture, IRowSource rows, CoordinateAscentOptions? options = null, MixtureState? resume = null, MixtureCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        Check(mixture, rows, options);
        MixtureChecks.Require(mixture, resume);
        using MixtureDesign design = new(mixture.Blocks, rows, checked((int)rows.Count));
        design.Fill(rows, 0, design.Capacity, options.Threads);
        using ExpectationStep step = new(mixture, design, options.Threads);
        Loop loop = new(mixture, rows, step, options, callbacks ?? new());
        return loop.Run(resume, cancellationToken);
    }

    /// <summary>Whether a fit can be begun: what is wrong is found before any work.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void Check(Mixture mixture, IRowSource rows, CoordinateAscentOptions options)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        MixtureChecks.Require(mixture, rows, options.Responsibilities);
    }

    private sealed class Loop(Mixture mixture, IRowSource rows, ExpectationStep step, CoordinateAscentOptions options, MixtureCallbacks callbacks)
    {
        private readonly Ascent _ascent = new(mixture, step);
        private readonly Starts _starts = new(mixture, rows);
        private readonly MixtureJournal _journal = new(callbacks);
        private MixtureOutcome? _best;

        private int Restarts => options.Responsibilities is null ? options.Restarts : 1;

        public MixtureFit Run(MixtureState? resume, CancellationToken cancellationToken)
        {
            _best = resume?.Best;
            _journal.Take(resume);
            MixtureOutcome? last = null;
            bool cancelled = false, goesOn = resume is not null && !IsDone(resume);
            int first = resume is null ? 0 : resume.Traces.Count - (goesOn ? 1 : 0);
            for (int restart = first; restart < Restarts && !cancelled; restart++)
            {
                last = Ascend(restart, goesOn ? resume : null, cancellationToken);
                goesOn = false;
                cancelled = last is null;
                if (last is not null && (_best is null || last.Restart == _best.Restart || last.Elbo > _best.Elbo))
                    _best = last;
            }
            // Where all was done before, the state is the one that was given.
            MixtureState state = last is null && !cancelled ? resume! : _journal.Save(mixture, _ascent.Counts, _best, !cancelled);
            IReadOnlyList<ElboTerm> names = EvidenceLowerBound.Of(mixture, step.Result);
            MixtureOutcome kept = _best ?? new(_journal.Traces.Count - 1, mixture.Snapshot(), _ascent.Counts, [.. names.Select(t => t.Value)], false);
            double[] counts = [.. kept.Counts];
            mixture.Restore([.. kept.Parameters]);
            if (options.Responsibilities is null && !cancelled)
                counts = MixtureOrder.ByCount(mixture, counts);
            return new()
            {
                Mixture = mixture,
                Ending = cancelled ? TrainingEnding.Cancelled : TrainingEnding.Completed,
                State = state,
                Terms = [.. names.Select((t, i) => new ElboTerm(t.Name, kept.Terms[i]))],
                Counts = counts,
                Converged = kept.Converged,
                Reason = kept.Converged ? string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"the bound changed by less than {options.Tolerance} of its value in a sweep, and no component's expected number of rows by more than {options.CountTolerance}")
                    : cancelled ? "cancelled" : $"{options.MaxSweeps} sweeps were not enough",
                Restart = kept.Restart,
                Missing = MixtureChecks.Missing(mixture, rows),
                Seconds = _journal.Seconds,
            };
        }

        // The best start, if it ran out of sweeps, goes on where more of them are allowed now.
        private bool IsDone(MixtureState state)
            => state is { Done: true, Best: { } best } && (best.Converged || best.Restart != state.Traces.Count - 1 || state.Traces[^1].Count > options.MaxSweeps);

        // Null if it was cancelled.
        private MixtureOutcome? Ascend(int restart, MixtureState? resume, CancellationToken cancellationToken)
        {
            double[] counts;
            if (resume is null)
            {
                _ascent.Begin(options.Responsibilities is { } given ? Starts.Of(given) : _starts.Draw(options.Start, options.Seed, restart));
                counts = _ascent.Counts;
                _journal.Begin(_ascent.Elbo);
            }
            else
            {
                mixture.Restore([.. resume.Parameters]);
                _ascent.Resume();
                counts = [.. resume.Counts];
            }
            // Someone who resumes with fewer sweeps than there were gets one more, of which the terms of the bound are.
            int start = _journal.Traces[^1].Count, end = resume is null ? options.MaxSweeps : Math.Max(start, options.MaxSweeps);
            bool converged = false;
            for (int sweep = start; sweep <= end && !converged; sweep++)
            {
                double before = _journal.Traces[^1][^1];
                _ascent.Sweep(sweep);
                double now = _ascent.Elbo, moved = 0;
                double[] after = _ascent.Counts;
                for (int k = 0; k < after.Length; k++)
                    moved = Math.Max(moved, Math.Abs(after[k] - counts[k]));
                counts = after;
                converged = Math.Abs(now - before) <= options.Tolerance * Math.Abs(now) && moved <= options.CountTolerance;
                _journal.Add(now, ((long)restart * options.MaxSweeps) + sweep, (long)Restarts * options.MaxSweeps);
                if (converged || sweep == end)
                    continue;
                if (cancellationToken.IsCancellationRequested)
                    return null;
                _journal.MaySave(mixture, counts, _best);
            }
            return new(restart, mixture.Snapshot(), counts, [.. _ascent.Terms.Select(t => t.Value)], converged);
        }
    }
}
