using System.Globalization;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Learning;

/// <summary>Laplace's approximation of a posterior, or why there is none.</summary>
public sealed class LaplaceFit
{
    private readonly IReadOnlyList<LatentVariable> _latents;
    private readonly LaplaceOptions _options;
    private readonly double[] _mode, _direction;
    private readonly LatentDraws? _draws;

    // Where the search stopped without a mode.
    internal LaplaceFit(
        IReadOnlyList<LatentVariable> latents,
        TargetFunction target,
        LaplaceOptions options,
        TrainingEnding ending,
        QuasiNewton search,
        double[] direction)
    {
        (_latents, _options, _mode, _direction) = (latents, options, [.. search.Point], [.. direction]);
        (Ending, Steps, LogJointAtMode, Precision) = (ending, search.Steps, -search.Value, []);
        (LogEvidence, ImportanceLogEvidence, ImportanceStandardError, ParetoShape) = (double.NaN, double.NaN, double.NaN, double.NaN);
        Dimension = target.Dimension;
    }

    // A mode.
    internal LaplaceFit(
        IReadOnlyList<LatentVariable> latents,
        TargetFunction target,
        LaplaceOptions options,
        QuasiNewton search,
        ObservedInformation information,
        Gaussian distribution)
        : this(latents, target, options, TrainingEnding.Converged, search, [])
    {
        Distribution = distribution;
        Precision = information.Matrix;
        // The density of q at its own mode holds D / 2 log 2 pi and the determinant.
        LogEvidence = LogJointAtMode - distribution.LogDensity(_mode);
        _draws = new(latents, distribution);
        double[] ratios = _draws.LogRatios(target, _draws.Points(options.Draws, Random("evidence")));
        ParetoShape = Learning.ParetoShape.OfLogRatios(ratios);
        ImportanceLogEvidence = LogSumExp.Of(ratios) - Math.Log(ratios.Length);
        double squares = ratios.Sum(r => Square(Math.Exp(r - ImportanceLogEvidence) - 1));
        ImportanceStandardError = Math.Sqrt(squares / (ratios.Length - 1) / ratios.Length);
    }

    /// <summary>How the search for the mode ended. Unless it converged there is no approximation and no evidence.</summary>
    public TrainingEnding Ending { get; }

    /// <summary>What goes on from where it stopped.</summary>
    public LaplaceState State { get; internal set; } = null!;

    /// <summary>D, the number of unconstrained numbers.</summary>
    public int Dimension { get; }

    /// <summary>Steps of the quasi-Newton method.</summary>
    public int Steps { get; }

    /// <summary>
    /// The approximation, a density of the unconstrained numbers in the order of the latent variables; null without a mode.
    /// </summary>
    public Gaussian? Distribution { get; }

    /// <summary>Where the search stopped, in unconstrained numbers: the mode, if it converged.</summary>
    public IReadOnlyList<double> UnconstrainedMode => _mode.AsReadOnly();

    /// <summary>log p(x, z) + log |det| there, nats.</summary>
    public double LogJointAtMode { get; }

    /// <summary>H, the negative Hessian at the mode by the unconstrained numbers, D x D, row-major; empty without a mode.</summary>
    public IReadOnlyList<double> Precision { get; }

    /// <summary>log p(x) by Laplace's method, nats; NaN without a mode.</summary>
    public double LogEvidence { get; }

    /// <summary>
    /// log p(x) by importance sampling from the approximation, nats: right for any posterior that the approximation covers, as
    /// <see cref="ParetoShape"/> tells.
    /// </summary>
    public double ImportanceLogEvidence { get; }

    /// <summary>Its standard error, by the delta method; not to be trusted where <see cref="ParetoShape"/> is above 0.7.</summary>
    public double ImportanceStandardError { get; }

    /// <summary>
    /// k-hat, the shape of the tail of the importance ratios p / q (Yao, Vehtari, Simpson and Gelman, ICML 2018): below 0.5 the
    /// approximation is good, up to 0.7 usable with importance weights, above it is not to be trusted.
    /// </summary>
    public double ParetoShape { get; }

    /// <summary>
    /// The direction that spoils the approximation, by name of the unconstrained numbers that make it up, its largest weight 1 or -1: along
    /// which it is flat, rises from a saddle, or runs to infinity. Empty if there is none.
    /// </summary>
    public IReadOnlyList<(string Name, double Weight)> Direction
    {
        get
        {
            double largest = _direction.Select(Math.Abs).DefaultIfEmpty(0).Max();
            if (!(largest > 0))
                return [];
            List<(string Name, double Weight)> parts = [];
            int at = 0;
            foreach (LatentVariable latent in _latents)
                for (int i = 0; i < latent.UnconstrainedSize; i++, at++)
                    if (Math.Abs(_direction[at]) > 0.1 * largest)
                        parts.Add((latent.UnconstrainedSize == 1 ? latent.Name : $"{latent.Name}[{i}]", _direction[at] / largest));
            return parts;
        }
    }

    /// <summary>The ending and the diagnostic as sentences.</summary>
    public string Summary
    {
        get
        {
            string direction = string.Join(", ", Direction.Select(p => FormattableString.Invariant($"{p.Name} ({p.Weight:+0.##;-0.##})")));
            return Ending switch
            {
                TrainingEnding.Converged => string.Create(
                    CultureInfo.InvariantCulture,
                    $"Converged after {Steps} steps. Log evidence {LogEvidence:F3} nats, by importance sampling {ImportanceLogEvidence:F3} "
                    + $"+- {ImportanceStandardError:F3}. Pareto k-hat {ParetoShape:F2}: {LatentDraws.Verdict(ParetoShape)}."),
                TrainingEnding.FlatDirection
                    => $"Flat direction after {Steps} steps: the curvature vanishes along {direction}. Nothing sets the width of the "
                        + $"posterior there but higher derivatives, if they do: give a prior, or integrate it out.",
                TrainingEnding.Saddle
                    => $"Saddle after {Steps} steps: the gradient vanishes, but the log joint density rises "
                        + $"along {direction}. Begin elsewhere.",
                TrainingEnding.Unbounded
                    => $"Unbounded after {Steps} steps: the log joint density rises towards infinity of the unconstrained numbers along "
                        + $"{direction}; it stopped at {Stopped()}. There is no mode: give a prior that keeps it in.",
                TrainingEnding.Cancelled => $"Cancelled after {Steps} steps: resume from the state.",
                _ => _direction.Length == 0 && Steps >= _options.Steps
                    ? $"Out of steps after {Steps}, before convergence: take more."
                    : $"Not converged after {Steps} steps: no higher point was found though the gradient is not 0, as where the log joint "
                        + $"density is not smooth or rises into an ever narrower "
                        + $"funnel{(direction.Length == 0 ? "" : $", along {direction}")}.",
            };
        }
    }

    /// <summary>
    /// One latent variable where the search stopped: at the mode, if it converged. That is the mode of the unconstrained numbers' density.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such latent variable.</exception>
    public double[] Mode(string name)
    {
        double[,] value = LatentDraws.Constrain(_latents, name, _mode, 1);
        return [.. Enumerable.Range(0, value.GetLength(1)).Select(j => value[0, j])];
    }

    /// <summary>Draws of one latent variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the draws; the same for all latent variables gives draws that belong together.</param>
    /// <returns>count x size.</returns>
    /// <exception cref="ArgumentException">There is no such latent variable.</exception>
    /// <exception cref="InvalidOperationException">There is no approximation.</exception>
    public double[,] Draw(string name, int count, ulong seed = 0)
        => (_draws ?? throw new InvalidOperationException(Summary)).Draw(name, count, Random("draws", seed));

    /// <summary>
    /// The mean and standard deviation of one latent variable under the approximation, each of its numbers, from
    /// <see cref="LaplaceOptions.Draws"/> draws.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such latent variable.</exception>
    /// <exception cref="InvalidOperationException">There is no approximation.</exception>
    public (double[] Mean, double[] StandardDeviation) Moments(string name) => LatentDraws.Moments(Draw(name, _options.Draws));

    private string Stopped() => string.Join(", ", Direction.Select(p => p.Name.Split('[')[0]).Distinct().Select(
        name => $"{name} = {string.Join(" ", Mode(name).Select(x => FormattableString.Invariant($"{x:G3}")))}"));

    private RandomStream Random(string purpose, ulong seed = 0) => new(_options.Seed + seed, "laplace " + purpose);

    private static double Square(double x) => x * x;
}
