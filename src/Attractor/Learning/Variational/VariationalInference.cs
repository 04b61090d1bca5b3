namespace Attractor.Learning;

/// <summary>
/// Black-box variational inference: the Gaussian, on unconstrained numbers, that raises the evidence
/// lower bound of a model's posterior most.
/// </summary>
/// <remarks>
/// Automatic differentiation variational inference (Kucukelbir et al., JMLR 2017) with a convergence rule in place of a number of steps.
/// The steps go in windows. While the bound rises from one window to the next by more than its noise, the rate stays; when it does not, the
/// rate is halved, the iterates of the window being averaged into the candidate solution. A Gaussian of which only the noise of the
/// iterates is left moves its average no more from one rate to the next, which is convergence (after Welandawe, Andersen, Vehtari and
/// Huggins, "A framework for improving the reliability of black-box variational inference", JMLR 2024).
/// </remarks>
public static class VariationalInference
{
    /// <summary>Fits the posterior of a model.</summary>
    /// <param name="model">The model, with its data.</param>
    /// <param name="options">How; the defaults suit models of up to some hundred unconstrained numbers.</param>
    /// <param name="resume">A state to go on from, instead of the start.</param>
    /// <param name="checkpoint">Called after every window of steps and at the end with the state, and
    /// the points since the call before.</param>
    /// <param name="progress">Told after every window of steps.</param>
    /// <param name="cancellationToken">Ends the fit with the state after the last window; no exception.</param>
    /// <exception cref="ArgumentException">An option is out of range, a starting value does not fit the model, or the state is that of
    /// another one.</exception>
    public static VariationalFit Fit(
        LogJoint model,
        VariationalOptions? options = null,
        VariationalState? resume = null,
        Action<VariationalState, IReadOnlyList<BoundPoint>>? checkpoint = null,
        IProgress<VariationalProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        Check(options);
        using VariationalLearner learner = new(model, options, resume);
        long first = learner.Done;
        LearningLoop<VariationalState, BoundPoint>? loop = null;
        loop = new(learner, new(), new()
        {
            Point = point => progress?.Report(new(point, options.Steps, (point.Step - first) / loop!.Seconds)),
            Checkpoint = checkpoint,
        });
        (TrainingEnding ending, VariationalState state) = loop.Drive(cancellationToken);
        return new(model, options, ending, state);
    }

    private static void Check(VariationalOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, options.Estimator.FewestSamples, nameof(options.Samples));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Steps, nameof(options.Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, 100, nameof(options.Draws));
        foreach ((double value, string name) in ((double, string)[])[
            (options.LearningRate, nameof(options.LearningRate)),
            (options.Tolerance, nameof(options.Tolerance)),
            (options.StartScale, nameof(options.StartScale))
        ])
            if (!(value > 0) || double.IsInfinity(value))
                throw new ArgumentOutOfRangeException(name, $"{name} is finite and above 0, found {value}.");
    }
}
