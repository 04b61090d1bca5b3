using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>
/// A rule that turns samples of q into an estimate of the gradient of an expectation with respect to the parameters of q.
/// </summary>
/// <remarks>
/// For a survey see Mohamed, Rosca, Figurnov and Mnih, "Monte Carlo gradient estimation in machine learning" (JMLR 2020). Estimators hold
/// settings, no state; they are safe to use from several threads.
/// </remarks>
public abstract class GradientEstimator
{
    /// <summary>f(z) d log q(z), also called REINFORCE: needs no gradient of f, and q may be discrete.</summary>
    public static GradientEstimator ScoreFunction { get; } = new ScoreFunction(Baseline.None);

    /// <summary>The score function with the mean of f over the other samples taken off; two samples and more.</summary>
    public static GradientEstimator ScoreFunctionLeaveOneOut { get; } = new ScoreFunction(Baseline.LeaveOneOut);

    /// <summary>
    /// The score function with the baseline of least variance for each parameter, estimated from the other samples; two samples and more.
    /// </summary>
    public static GradientEstimator ScoreFunctionOptimalBaseline { get; } = new ScoreFunction(Baseline.Optimal);

    /// <summary>The gradient of the integrand pulled back through the sample, parameters inside log q held fixed.</summary>
    public static GradientEstimator PathDerivative { get; } = new PathDerivative("path derivative", onlyBound: false);

    /// <summary>
    /// The path derivative of the evidence lower bound (Roeder, Wu and Duvenaud, "Sticking the landing", NeurIPS 2017): it leaves out the
    /// score, whose expectation is zero, and so vanishes for every sample once q is the posterior.
    /// </summary>
    public static GradientEstimator StickingTheLanding { get; } = new PathDerivative("sticking the landing", onlyBound: true);

    /// <summary>The path derivative less the score: the ordinary gradient of log p - log q at fixed noise.</summary>
    public static GradientEstimator TotalDerivative { get; } = new ScoreControlVariate("total derivative", 1);

    /// <summary>The path derivative of log p, and the exact gradient of the entropy of q.</summary>
    public static GradientEstimator ClosedFormEntropy { get; } = new ClosedFormEntropy();

    /// <summary>
    /// The path derivative less the multiple of the score that has the least variance, estimated for each parameter from the other samples;
    /// three samples and more.
    /// </summary>
    public static GradientEstimator OptimalScoreControlVariate { get; } = new OptimalScoreControlVariate();

    /// <summary>
    /// The importance-weighted bound log (1/K) sum_k p(x, z_k) / q(z_k) of all K samples, and its total derivative (Burda, Grosse and
    /// Salakhutdinov, ICLR 2016).
    /// </summary>
    public static GradientEstimator ImportanceWeighted { get; } = new ImportanceWeighted();

    /// <summary>
    /// The importance-weighted bound with the doubly reparameterised gradient (Tucker, Lawson, Gu and Maddison, ICLR 2019), whose signal
    /// does not drown as K grows.
    /// </summary>
    public static GradientEstimator DoublyReparameterized { get; } = new DoublyReparameterized();

    /// <summary>The path derivative less a multiple of the score: 0 is sticking the landing, 1 the total derivative.</summary>
    /// <param name="multiple">c.</param>
    public static GradientEstimator ScoreControlVariate(double multiple)
        => new ScoreControlVariate(FormattableString.Invariant($"path derivative - {multiple} score"), multiple);

    /// <summary>
    /// The path derivative through the Gumbel-softmax relaxation of categorical variables. Biased:
    /// it is the gradient of another expectation.
    /// </summary>
    /// <param name="temperature">Above 0; the bias falls and the variance grows towards 0.</param>
    public static GradientEstimator GumbelSoftmax(double temperature) => new GumbelSoftmax(temperature, straightThrough: false);

    /// <summary>f at the hard sample, its gradient pulled back through the Gumbel-softmax relaxation. Biased.</summary>
    /// <param name="temperature">Above 0.</param>
    public static GradientEstimator StraightThrough(double temperature) => new GumbelSoftmax(temperature, straightThrough: true);

    /// <summary>What it is called in the literature.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the expectation of the estimate is the gradient.</summary>
    public virtual bool IsUnbiased => true;

    /// <summary>The fewest samples that an estimate can be made from.</summary>
    public virtual int FewestSamples => 1;

    internal virtual bool NeedsTargetGradient => true;

    /// <summary>Whether it needs log q and its gradients, even where the objective is a plain expectation.</summary>
    internal virtual bool NeedsScore => true;

    /// <summary>Whether it needs log q where the objective is a bound.</summary>
    internal virtual bool NeedsDensity => true;

    /// <summary>Whether it estimates the gradient of a bound only, not that of any expectation.</summary>
    internal virtual bool IsForBound => false;

    /// <summary>Estimates of the gradient, each from samples of its own.</summary>
    /// <param name="distribution">q.</param>
    /// <param name="target">f, or the log joint density.</param>
    /// <param name="objective">Whose gradient.</param>
    /// <param name="samples">Samples of each estimate (K of the importance-weighted bound).</param>
    /// <param name="random">Where the samples come from.</param>
    /// <param name="gradients">Estimates x parameters of q; written. Their number says how many estimates are wanted.</param>
    /// <param name="objectives">An estimate of the objective beside each gradient; written.</param>
    /// <exception cref="ArgumentException">The dimensions or lengths do not agree, there are too few samples, or the estimator cannot do it
    /// for this q or objective.</exception>
    public void Estimate(
        IMultivariateDistribution distribution,
        TargetFunction target,
        Objective objective,
        int samples,
        RandomStream random,
        Span<double> gradients,
        Span<double> objectives)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(random);
        Check(distribution, target, objective, samples);
        int parameters = distribution.ParameterCount, dimension = distribution.Dimension,
            estimates = objectives.Length, total = checked(estimates * samples);
        if (gradients.Length != (long)estimates * parameters)
            throw new ArgumentException(
                $"{estimates} gradients of {parameters} parameters are {(long)estimates * parameters} values, found {gradients.Length}.",
                nameof(gradients));
        bool density = NeedsDensity && (NeedsScore || objective is Objective.EvidenceLowerBound);
        IMultivariateDistribution through = Through(distribution);
        double[] points = new double[total * dimension],
            samplesThrough = through == distribution ? points : new double[points.Length], targets = new double[total];
        double[] targetGradients = new double[NeedsTargetGradient ? points.Length : 0];
        double[] logDensities = new double[density ? total : 0],
            densityGradients = new double[density ? points.Length : 0], scores = new double[density ? total * parameters : 0];
        for (int i = 0; i < total; i++)
            Draw(through, random, points.AsSpan(i * dimension, dimension), samplesThrough.AsSpan(i * dimension, dimension));
        target.Evaluate(points, targets, targetGradients);
        for (int i = 0; i < total && density; i++)
        {
            ReadOnlySpan<double> z = points.AsSpan(i * dimension, dimension);
            logDensities[i] = distribution.LogDensity(z);
            distribution.LogDensityGradient(
                z, densityGradients.AsSpan(i * dimension, dimension), scores.AsSpan(i * parameters, parameters));
        }
        Span<double> pointScratch = new double[dimension], parameterScratch = new double[parameters];
        for (int e = 0; e < estimates; e++)
        {
            int first = e * samples;
            SampleGroup group = new()
            {
                Distribution = through,
                Objective = objective,
                Samples = samplesThrough.AsSpan(first * dimension, samples * dimension),
                Targets = targets.AsSpan(first, samples),
                TargetGradients = NeedsTargetGradient ? targetGradients.AsSpan(first * dimension, samples * dimension) : [],
                LogDensities = density ? logDensities.AsSpan(first, samples) : [],
                DensityGradients = density ? densityGradients.AsSpan(first * dimension, samples * dimension) : [],
                Scores = density ? scores.AsSpan(first * parameters, samples * parameters) : [],
                PointScratch = pointScratch,
                ParameterScratch = parameterScratch,
            };
            Span<double> gradient = gradients.Slice(e * parameters, parameters);
            gradient.Clear();
            objectives[e] = Combine(group, gradient);
        }
    }

    /// <summary>One estimate of the gradient.</summary>
    /// <returns>The estimate of the objective from the same samples.</returns>
    /// <param name="distribution">q.</param>
    /// <param name="target">f, or the log joint density.</param>
    /// <param name="objective">Whose gradient.</param>
    /// <param name="samples">Samples of the estimate.</param>
    /// <param name="random">Where the samples come from.</param>
    /// <param name="gradient">As many values as q has parameters; written.</param>
    public double Estimate(
        IMultivariateDistribution distribution,
        TargetFunction target,
        Objective objective,
        int samples,
        RandomStream random,
        Span<double> gradient)
    {
        Span<double> value = stackalloc double[1];
        Estimate(distribution, target, objective, samples, random, gradient, value);
        return value[0];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>What the gradient flows back through: q itself, or a relaxation.</summary>
    internal virtual IMultivariateDistribution Through(IMultivariateDistribution distribution) => distribution;

    /// <summary>The estimate from one group of samples is added to the gradient, which is 0.</summary>
    internal abstract double Combine(in SampleGroup group, Span<double> gradient);

    /// <summary>
    /// Draws the point at which f is taken, and the sample that the gradient flows through, which lies in the
    /// same memory where there is no relaxation.
    /// </summary>
    internal virtual void Draw(IMultivariateDistribution through, RandomStream random, Span<double> point, Span<double> sample)
        => through.Sample(random, point);

    internal virtual void Check(IMultivariateDistribution distribution, TargetFunction target, Objective objective, int samples)
    {
        if (distribution.Dimension != target.Dimension)
            throw new ArgumentException(
                $"The function takes points of {target.Dimension} components, the distribution has {distribution.Dimension}.",
                nameof(target));
        if (samples < FewestSamples)
            throw new ArgumentOutOfRangeException(
                nameof(samples), $"The estimator '{Name}' needs {FewestSamples} samples and more, found {samples}.");
        if (IsForBound && objective is not Objective.EvidenceLowerBound)
            throw new ArgumentException(
                $"The estimator '{Name}' is for the evidence lower bound, not for any expectation.", nameof(objective));
        if (NeedsTargetGradient && Through(distribution) is not IReparameterizedMultivariate)
            throw new ArgumentException(
                $"The estimator '{Name}' moves the samples with the parameters, which those of {distribution.GetType().Name} do not; the "
                + $"score function takes any distribution.",
                nameof(distribution));
    }

    /// <summary>gradient += factor direction.</summary>
    private protected static void AddScaled(Span<double> gradient, double factor, ReadOnlySpan<double> direction)
    {
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] += factor * direction[j];
    }
}
