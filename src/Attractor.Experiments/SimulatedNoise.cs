namespace Attractor.Experiments;

/// <summary>The measurement noise of data that an experiment makes itself.</summary>
internal static class SimulatedNoise
{
    /// <summary>The documents', in standard deviations of each variable.</summary>
    public const double Default = 0.05;

    /// <summary>Why noise that was asked for means nothing where data are named, as a sentence; null if it means something.</summary>
    /// <param name="noise">What was asked for; null if nothing was.</param>
    /// <param name="data">The folders that data are read from; null for what the experiment makes itself.</param>
    public static FormattableString? WhyNot(double? noise, params IReadOnlyList<string?> data)
        => noise is not null && data.All(folder => folder is not null)
            ? (FormattableString)$"{nameof(NetworkSettings.Noise):setting} is of data that are simulated: those of {data[0]} have their own"
            : null;
}
