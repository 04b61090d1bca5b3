using System.Globalization;
using Attractor.Models;

namespace Attractor.Evaluation;

/// <summary>
/// How likely the rows are that follow the state at a row, of a network with an observation model: the mean of log p(x | z) over the values
/// of <see cref="EvaluationOptions.PredictionSteps"/> rows, in nats.
/// </summary>
/// <remarks>
/// The state is that of the rows up to the start and none behind it (<see cref="RecurrentModel.EncodedRows"/>); what follows is a free run.
/// A network of real numbers has no such score: NaN.
/// </remarks>
public sealed class LikelihoodScore : ReconstructionScore
{
    internal const string KeyName = "log_likelihood";

    private readonly Modality? _modality;
    private readonly string _word;

    /// <summary>Of all variables.</summary>
    public LikelihoodScore()
        => _word = "";

    /// <param name="modality">Which variables.</param>
    /// <param name="word">What the key is followed by.</param>
    internal LikelihoodScore(Modality modality, string word)
        => (_modality, _word) = (modality, word);

    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        double[] logs = LikelihoodForecasts.Of(evaluated, _modality, cancellationToken).Logs;
        return new(
            _modality is null ? KeyName : $"{KeyName}_{_word}", "Log-likelihood", "", logs.Length > 0 ? logs.Average() : double.NaN, null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Mean log p of a value in the {evaluated.Options.PredictionSteps} rows after a start, in nats."))
        {
            Label = _modality is null ? "log-likelihood of a value, nats" : $"log-likelihood of {_word.Replace('_', ' ')} values, nats",
            Weight = logs.Length,
        };
    }
}
