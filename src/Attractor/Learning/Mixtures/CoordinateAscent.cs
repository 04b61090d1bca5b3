using System.Globalization;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Mean-field variational inference of a conjugate mixture by coordinate ascent (CAVI): each factor in
/// turn is set to its optimum given the others.
/// </summary>
/// <remarks>
/// q(z_n = k) is the softmax of E[log pi_k] + E[log p(x_n | theta_k)], q(theta_k) the conjugate posterior given sum_n r_nk T(x_n) (Bishop,
/// Pattern Recognition and Machine Learning, 2006, chapter 10; Blei, Kucukelbir and McAuliffe, "Variational inference: a review for
/// statisticians", JASA 112, 2017). The bound can only rise; that is checked after every update.
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
    /// <exception cref="ArgumentException">A column is not there, is constant, or holds a value that does not belong there; there are fewer
    /// rows than components; an option is out of range.</exception>
    /// <exception cref="BoundDecreaseException">The bound fell.</exception>
    public static MixtureFit Fit(
        Mixture mixture,
        TimeSeries rows,
        CoordinateAscentOptions? options = null,
        MixtureState? resume = null,
        MixtureCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
        => Fit(mixture, new SeriesRows(rows), options, resume, callbacks, cancellationToken);

    /// <summary>Fits a mixture to rows from anywhere, whose statistics are kept in memory.</summary>
    /// <inheritdoc cref="Fit(Mixture, TimeSeries, CoordinateAscentOptions, MixtureState, MixtureCallbacks, CancellationToken)"/>
    public static MixtureFit Fit(
        Mixture mixture,
        IRowSource rows,
        CoordinateAscentOptions? options = null,
        MixtureState? resume = null,
        MixtureCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        Check(mixture, rows, options);
        MixtureChecks.Require(mixture, resume);
        cancellationToken = options.Ranks?.Watch(cancellationToken) ?? cancellationToken;
        using MixtureDesign design = new(mixture.Blocks, rows, checked((int)rows.Count), options.Ranks);
        design.Fill(rows, 0, design.Capacity, options.ThreadCount);
        using ExpectationStep step = new(mixture, design, options.ThreadCount);
        CoordinateAscentLearner learner = new(mixture, rows, step, options, resume);
        callbacks ??= new();
        LearningLoop<MixtureState, SweepPoint> loop = new(
            learner,
            new() { CheckpointInterval = callbacks.CheckpointInterval },
            new() { Progress = callbacks.Progress, Point = callbacks.Sweep, Checkpoint = callbacks.Checkpoint });
        // Where all was done before, the state is the one that was given.
        (TrainingEnding ending, MixtureState state) = learner.Ending is { } done ? (done, resume!) : loop.Drive(cancellationToken);
        bool cancelled = ending == TrainingEnding.Cancelled;
        MixtureOutcome kept = learner.Best ?? learner.Outcome(converged: false);
        double[] counts = [.. kept.Counts];
        mixture.Restore([.. kept.Parameters]);
        if (options.Responsibilities is null && !cancelled)
            counts = MixtureOrder.ByCount(mixture, counts);
        return new()
        {
            Mixture = mixture,
            Ending = ending,
            State = state,
            Terms = [.. EvidenceLowerBound.Of(mixture, step.Result).Select((t, i) => new ElboTerm(t.Name, kept.Terms[i]))],
            Counts = counts,
            Converged = kept.Converged,
            Reason = kept.Converged ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"the bound changed by less than {options.Tolerance} of its value in a sweep, and no component's expected number of "
                    + $"rows by more than {options.CountTolerance}")
                : cancelled ? "cancelled" : $"{options.MaxSweeps} sweeps were not enough",
            Restart = kept.Restart,
            Missing = MixtureChecks.Missing(mixture, rows),
            Seconds = loop.Seconds,
        };
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
}
