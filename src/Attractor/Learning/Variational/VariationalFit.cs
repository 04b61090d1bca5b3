using System.Globalization;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>A fitted approximation of a posterior.</summary>
public sealed class VariationalFit
{
    private readonly VariationalOptions _options;
    private readonly LatentDraws _draws;

    internal VariationalFit(LogJoint model, VariationalOptions options, TrainingEnding ending, VariationalState state)
    {
        (_options, Ending, State) = (options, ending, state);
        Distribution = options.Family.Member(model.Dimension, [.. state.Solution]);
        _draws = new(model.Latents, Distribution);
        double[] ratios = _draws.LogRatios(model.Unconstrained, _draws.Points(options.Draws, Random("bound")));
        double mean = ratios.Average();
        Bound = mean;
        BoundStandardError = Math.Sqrt(ratios.Sum(r => (r - mean) * (r - mean)) / (ratios.Length - 1) / ratios.Length);
        ParetoShape = Learning.ParetoShape.OfLogRatios(ratios);
    }

    /// <summary>
    /// How the fit ended: converged, out of steps, diverged (the log joint density or its gradient was not finite), or cancelled.
    /// </summary>
    public TrainingEnding Ending { get; }

    /// <summary>What goes on from where it stopped.</summary>
    public VariationalState State { get; }

    /// <summary>The approximation, a density of the unconstrained numbers in the order of the latent variables.</summary>
    public IReparameterizedMultivariate Distribution { get; }

    /// <summary>The evidence lower bound, nats, from draws of their own.</summary>
    public double Bound { get; }

    /// <summary>Its standard error.</summary>
    public double BoundStandardError { get; }

    /// <summary>
    /// k-hat, the shape of the tail of the importance ratios p / q (Yao, Vehtari, Simpson and Gelman, "Yes, but did it
    /// work?", ICML 2018): below 0.5 the approximation is good, up to 0.7 usable with importance weights, above it is
    /// not to be trusted, whatever the bound says.
    /// </summary>
    public double ParetoShape { get; }

    /// <summary>The bound over the windows of the fit.</summary>
    public IReadOnlyList<BoundPoint> Trace => State.Trace;

    /// <summary>The ending and the diagnostic as sentences.</summary>
    public string Summary
    {
        get
        {
            string ending = Ending switch
            {
                TrainingEnding.Converged => "Converged",
                TrainingEnding.OutOfSteps => "Out of steps before convergence: take more",
                TrainingEnding.Cancelled => "Cancelled before convergence: resume from the state",
                _ => "Diverged: the log joint density or its gradient was not finite",
            };
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{ending} after {(Trace.Count == 0 ? 0 : Trace[^1].Step)} steps. Bound {Bound:F3} +- {BoundStandardError:F3} nats. Pareto "
                + $"k-hat {ParetoShape:F2}: {LatentDraws.Verdict(ParetoShape)}.");
        }
    }

    /// <summary>Draws of one latent variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the draws; the same for all latent variables gives draws that belong together.</param>
    /// <returns>count x size.</returns>
    /// <exception cref="ArgumentException">There is no such latent variable.</exception>
    public double[,] Draw(string name, int count, ulong seed = 0) => _draws.Draw(name, count, Random("draws", seed));

    /// <summary>
    /// The mean and standard deviation of one latent variable under the approximation, each of its numbers, from
    /// <see cref="VariationalOptions.Draws"/> draws.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such latent variable.</exception>
    public (double[] Mean, double[] StandardDeviation) Moments(string name) => LatentDraws.Moments(Draw(name, _options.Draws));

    private RandomStream Random(string purpose, ulong seed = 0) => new(_options.Seed + seed, "variational " + purpose);
}
