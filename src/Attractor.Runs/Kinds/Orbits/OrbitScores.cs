using Attractor.Evaluation;

namespace Attractor.Runs;

/// <summary>What is asked of a model that goes on by itself.</summary>
internal static class OrbitScores
{
    private const int MostBinnedVariables = 3;

    /// <summary>
    /// The customary scores, and of more variables than are binned as they are the mixture form of D_stsp over all of them.
    /// </summary>
    public static EvaluationOptions For(TimeSeries truth) => new()
    {
        Scores = truth.Dimension <= MostBinnedVariables
            ? Reconstruction.DefaultScores
            : [.. Reconstruction.DefaultScores, new MixtureScore()],
    };
}
