namespace Attractor.Evaluation;

/// <summary>A model held against the truth.</summary>
public sealed record ModelEvaluation
{
    /// <summary>D_stsp, in nats, and its floor.</summary>
    public required Score StateSpaceDivergence { get; init; }

    /// <summary>D_H, in 0 .. 1, and its floor.</summary>
    public required Score HellingerDistance { get; init; }

    /// <summary>PE(n), in squared units of the data, and its floor.</summary>
    public required Score PredictionError { get; init; }

    /// <summary>n of the prediction error.</summary>
    public required int PredictionSteps { get; init; }

    /// <summary>The maximum Lyapunov exponent per step (divide by dt); NaN if the orbit is not finite.</summary>
    public required double MaximumLyapunovExponent { get; init; }

    /// <summary>The median valid prediction time, in steps.</summary>
    public required double ValidPredictionSteps { get; init; }

    /// <summary>Whether the whole generated orbit is finite.</summary>
    public required bool Finite { get; init; }

    /// <summary>The orbit that was compared: T x N, after the dropped transient.</summary>
    public required TimeSeries Generated { get; init; }
}
