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

    private static readonly IReadOnlyList<ReconstructionScore> s_ofModalities
        = [.. Reconstruction.DefaultScores.Where(score => score is not (PredictionScore or ValidTimeScore))];

    /// <summary>
    /// The customary scores, of several modalities those of each besides; of more variables than are binned as they are the mixture form of
    /// D_stsp over all of them.
    /// </summary>
    public static EvaluationOptions For(TimeSeries truth, IGenerativeModel model)
    {
        if (model is RecurrentModel { Modalities.Count: > 1 } network)
            return new() { Scores = [.. s_ofModalities, .. ModalityScores.Of(network)] };
        IReadOnlyList<ReconstructionScore> scores = IsEncoded(model) ? s_ofCounts : Reconstruction.DefaultScores;
        return new() { Scores = truth.Dimension <= MostBinnedVariables ? scores : [.. scores, new MixtureScore()] };
    }

    /// <summary>Whether a model observes counts or levels, of which a forecast is likely or not and no value is near another.</summary>
    public static bool IsEncoded(IGenerativeModel model)
        => model is RecurrentModel { Modalities.Count: > 0 };
}
