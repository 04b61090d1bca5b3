namespace Attractor.Learning;

/// <summary>
/// Laplace's approximation of a posterior: the Gaussian, on unconstrained numbers, at its mode with the inverse of its curvature there as
/// covariance, and with it the evidence.
/// </summary>
/// <remarks>
/// log p(x) is about log p(x, z0) + D/2 log 2 pi - 1/2 log |H| (Tierney and Kadane, JASA 81, 1986; MacKay, "Information Theory, Inference,
/// and Learning Algorithms", 2003, chapter 27), with H the negative Hessian at the mode z0: exact for a Gaussian, relative error 1 / n for
/// n observations that inform on all of z. It depends on how the latent variables are parameterised; here it is by their unconstrained
/// numbers, Jacobian included.
/// </remarks>
public static class LaplaceApproximation
{
    /// <summary>Approximates the posterior of a model.</summary>
    /// <param name="model">The model, with its data; its log density must have two derivatives.</param>
    /// <param name="options">How; the defaults suit models of up to some hundred unconstrained numbers.</param>
    /// <param name="resume">A state to go on from, instead of the start.</param>
    /// <param name="cancellationToken">Ends the search with a state that can be resumed; no exception.</param>
    /// <exception cref="ArgumentException">An option is out of range, a starting value does not fit the model, or the log density is not
    /// finite at the start.</exception>
    public static LaplaceFit Fit(
        LogJoint model, LaplaceOptions? options = null, LaplaceState? resume = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        return Fit(model.Latents, model.Unconstrained, model.Unconstrain(options.Start), options, resume, cancellationToken);
    }

    /// <summary>Approximates the density that is proportional to e^f.</summary>
    /// <param name="logDensity">f, a function of D real numbers, which are called <c>z</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="resume">A state to go on from, instead of the start.</param>
    /// <param name="cancellationToken">Ends the search with a state that can be resumed; no exception.</param>
    /// <exception cref="ArgumentException">As of the other overload.</exception>
    public static LaplaceFit Fit(
        TargetFunction logDensity,
        LaplaceOptions? options = null,
        LaplaceState? resume = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(logDensity);
        options ??= new();
        LatentVariable z = LatentVariable.Real("z", logDensity.Dimension);
        return Fit([z], logDensity, LogJoint.Unconstrain([z], options.Start), options, resume, cancellationToken);
    }

    /// <summary>Approximates the density that is proportional to e^f, of numbers that have names.</summary>
    /// <param name="names">What the D numbers are called, in the start and in the result.</param>
    /// <param name="logDensity">f, a function of D real numbers.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the search with a state that can be resumed; no exception.</param>
    /// <exception cref="ArgumentException">There are not D names, or as of the other overload.</exception>
    public static LaplaceFit Fit(
        IReadOnlyList<string> names,
        TargetFunction logDensity,
        LaplaceOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(logDensity);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != logDensity.Dimension)
            throw new ArgumentException($"{logDensity.Dimension} numbers need as many names, found {names.Count}.", nameof(names));
        options ??= new();
        LatentVariable[] latents = [.. names.Select(name => LatentVariable.Real(name))];
        return Fit(latents, logDensity, LogJoint.Unconstrain(latents, options.Start), options, null, cancellationToken);
    }

    private static LaplaceFit Fit(
        IReadOnlyList<LatentVariable> latents,
        TargetFunction target,
        double[] start,
        LaplaceOptions options,
        LaplaceState? resume,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Steps, nameof(options.Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, 100, nameof(options.Draws));
        LaplaceLearner learner = new(latents, target, start, options, resume);
        (TrainingEnding ending, LaplaceState state) = new LearningLoop<LaplaceState, double>(learner, new(), new()).Drive(
            cancellationToken);
        LaplaceFit fit = learner.Result ?? learner.Without(ending, []);
        fit.State = state;
        return fit;
    }
}
