namespace Attractor.Runs;

/// <summary>What is asked of trained models, by the words of the command line.</summary>
public static class Verbs
{
    /// <summary>Go on by itself, or draw.</summary>
    public const string Generate = "generate";

    /// <summary>Score.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>Write one HTML file.</summary>
    public const string Report = "report";

    /// <summary>Encode and decode again.</summary>
    public const string Reconstruct = "reconstruct";

    /// <summary>Go from one observation to another through the latent variables.</summary>
    public const string Interpolate = "interpolate";
}
