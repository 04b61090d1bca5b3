namespace Attractor.Experiments;

/// <summary>What is of data that an experiment makes itself.</summary>
internal static class SimulatedData
{
    /// <summary>Measurement noise, the documents', in standard deviations of each variable.</summary>
    public const double Noise = 0.05;

    /// <summary>Why a setting of simulated data means nothing where data are named, as a sentence; null if it means something.</summary>
    /// <param name="property">The setting's property.</param>
    /// <param name="folder">The folder that data are read from; null for what the experiment makes itself.</param>
    public static FormattableString? WhyUnused(string property, string? folder)
        => folder is not null
            ? (FormattableString)$"{property:setting} is of data that are simulated: those of {folder} have their own"
            : null;
}
