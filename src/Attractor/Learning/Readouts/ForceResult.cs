namespace Attractor.Learning;

/// <summary>What an online training went through.</summary>
public sealed record ForceResult
{
    /// <summary>How often the weights were updated.</summary>
    public required long Updates { get; init; }

    /// <summary>
    /// The mean squared error per sample and target of the outputs as they were before each update; NaN if there was none.
    /// </summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>
    /// The state of the network after the last row of the last series, <see cref="Models.EchoStateNetwork.Dimension"/> values:
    /// <see cref="Attractor.Systems.FreeRun.FromState"/> goes on from it, beginning with the output at that row.
    /// </summary>
    public required double[] State { get; init; }
}
