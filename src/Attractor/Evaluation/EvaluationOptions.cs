namespace Attractor.Evaluation;

/// <summary>How a model is evaluated. The defaults are those of the literature; docs/metrics.md has the definitions.</summary>
public sealed record EvaluationOptions
{
    /// <summary>What is asked, in the order in which it is printed.</summary>
    public IReadOnlyList<ReconstructionScore> Scores { get; init; } = Reconstruction.DefaultScores;

    /// <summary>k, the most bins per dimension of D_stsp: fewer where the rows cannot fill them (<see cref="DivergenceForm"/>).</summary>
    public int Bins { get; init; } = StateSpaceDivergence.DefaultBins;

    /// <summary>How D_stsp is taken; what the truth can fill if null.</summary>
    public DivergenceForm? Form { get; init; }

    /// <summary>sigma^2 of the mixture form of D_stsp (<see cref="MixtureScore"/>), in units of the variances of the truth.</summary>
    public double MixtureVariance { get; init; } = 1;

    /// <summary>sigma, in frequency bins, of the smoothing of spectra before D_H.</summary>
    public double SpectrumSmoothing { get; init; } = PowerSpectrum.DefaultSmoothing;

    /// <summary>n, the steps ahead of the prediction error.</summary>
    public int PredictionSteps { get; init; } = PredictionError.DefaultSteps;

    /// <summary>
    /// The most starts of the prediction error, spread evenly; 0 for every row, of a model that needs a history for 10,000: each of its
    /// steps costs a hundred times one of a small recurrent network.
    /// </summary>
    public int MaximumPredictionStarts { get; init; }

    /// <summary>The normalised error at which a prediction stops being valid.</summary>
    public double ValidPredictionThreshold { get; init; } = ValidPredictionTime.DefaultThreshold;

    /// <summary>Starts over which the median valid prediction time is taken.</summary>
    public int ValidPredictionStarts { get; init; } = 100;

    /// <summary>Steps over which the Lyapunov exponent is averaged.</summary>
    public int LyapunovSteps { get; init; } = 100_000;

    /// <summary>Seed of the draws of the mixture form of D_stsp.</summary>
    public ulong Seed { get; init; }
}
