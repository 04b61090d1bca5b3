using Attractor.Evaluation;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>What is asked of a model that goes on by itself.</summary>
internal static class OrbitScores
{
    private const int MostBinnedVariables = 3;

    private static readonly IReadOnlyList<ReconstructionScore> s_ofCounts =
    [
        .. Reconstruction.DefaultScores.Where(score => score is not (PredictionScore or ValidTimeScore)),
        new LikelihoodScore(),
        new InformationScore(),
    ];

    /// <summary>
    /// The customary scores, and of more variables than are binned as they are the mixture form of D_stsp over all of them.
    /// </summary>
    public static EvaluationOptions For(TimeSeries truth, IGenerativeModel model)
    {
        IReadOnlyList<ReconstructionScore> scores = IsEncoded(model) ? s_ofCounts : Reconstruction.DefaultScores;
        return new() { Scores = truth.Dimension <= MostBinnedVariables ? scores : [.. scores, new MixtureScore()] };
    }

    /// <summary>Whether a model observes counts or levels, of which a forecast is likely or not and no value is near another.</summary>
    public static bool IsEncoded(IGenerativeModel model)
        => model is RecurrentModel { Observation: not null };
}
