using System.Globalization;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>
/// Stochastic variational inference of a conjugate mixture: natural gradient steps from batches of
/// rows, for data that need not fit in memory.
/// </summary>
/// <remarks>
/// The natural parameters of each factor go a part of the way to what a sweep of coordinate ascent would set them to if all rows were like
/// those of the batch (Hoffman, Blei, Wang and Paisley, "Stochastic variational inference", JMLR 14, 2013). The bound of single batches is
/// noise; what is reported is that of all rows, after every epoch.
/// </remarks>
public static class StochasticVariationalInference
{
    /// <summary>Fits a mixture to rows that are read in batches.</summary>
    /// <param name="mixture">The mixture with its priors; it holds the posterior afterwards.</param>
    /// <param name="rows">Rows with the columns of the mixture, and others. Missing values are marginalised.</param>
    /// <param name="options">How.</param>
    /// <param name="resume">A state to go on from.</param>
    /// <param name="callbacks">Who listens; a sweep is an epoch.</param>
    /// <param name="cancellationToken">Ends the fit with the state after the last epoch, or with that of the
    /// search for a start; no exception.</param>
    /// <exception cref="ArgumentException">A column is not there, is constant, or holds a value that does not belong there; there are fewer
    /// rows than components; an option is out of range.</exception>
    public static MixtureFit Fit(
        Mixture mixture,
        IRowSource rows,
        StochasticOptions? options = null,
        MixtureState? resume = null,
        MixtureCallbacks? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new();
        Check(mixture, rows, options);
        MixtureChecks.Require(mixture, resume, mayStart: true);
        cancellationToken = options.Ranks?.Watch(cancellationToken) ?? cancellationToken;
        using FullBound bound = new(mixture, rows, options.ThreadCount, options.Ranks);
        StochasticLearner learner = new(mixture, rows, bound, options, resume);
        callbacks ??= new();
        LearningLoop<MixtureState, SweepPoint> loop = new(
            learner,
            new() { CheckpointInterval = callbacks.CheckpointInterval },
            new() { Progress = callbacks.Progress, Point = callbacks.Sweep, Checkpoint = callbacks.Checkpoint });
        (TrainingEnding ending, MixtureState state) = loop.Drive(cancellationToken);
        bool cancelled = ending == TrainingEnding.Cancelled, converged = !cancelled && learner.HasConverged;
        return new()
        {
            Mixture = mixture,
            Ending = ending,
            State = state,
            Terms = learner.Terms,
            Counts = cancelled ? learner.Counts : MixtureOrder.ByCount(mixture, learner.Counts),
            Converged = converged,
            Reason = converged ? string.Create(
                CultureInfo.InvariantCulture, $"the bound of all rows changed by less than {options.Tolerance} of its value in an epoch")
                : cancelled ? "cancelled" : $"{options.Epochs} epochs were not enough",
            Restart = 0,
            Missing = MixtureChecks.Missing(mixture, rows),
            Seconds = loop.Seconds,
        };
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

    /// <summary>
    /// One step: responsibilities of the rows of a design, and from their statistics, as if there were <paramref name="scale"/> times as
    /// many, a part of the way to the optimum.
    /// </summary>
    internal static void Step(Mixture mixture, ExpectationStep step, double scale, double rate)
    {
        step.Run();
        step.Result.Scale(scale);
        ParameterUpdate.All(mixture, step.Result, rate);
    }
}
