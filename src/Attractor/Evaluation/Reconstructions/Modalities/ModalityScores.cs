using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Evaluation;

/// <summary>What is asked of a network of several modalities: of each what its kind of values can answer.</summary>
public static class ModalityScores
{
    /// <summary>
    /// Of real numbers D_stsp and D_H of their own columns; of all but categories how far forecasts are from the data; of all their
    /// log-likelihood, the information that is in it, and how far their autocorrelations are from those of the data.
    /// </summary>
    /// <param name="model">A network of several <see cref="RecurrentModel.Modalities"/>.</param>
    /// <exception cref="ArgumentException">It has none, or one.</exception>
    public static IReadOnlyList<ReconstructionScore> Of(RecurrentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Modalities.Count < 2)
            throw new ArgumentException(
                "The network has not several modalities: the customary scores are of all variables.", nameof(model));
        return [.. model.Modalities.SelectMany((modality, i) => Of(modality, Word(model.Modalities, i)))];
    }

    private static IEnumerable<ReconstructionScore> Of(Modality modality, string word)
    {
        int[] columns = [.. modality.Columns];
        if (modality.Model.Support is Domain.Real)
        {
            yield return new ColumnsScore(new DivergenceScore(), columns, word);
            yield return new ColumnsScore(new SpectrumScore(), columns, word);
        }
        yield return new ColumnsScore(new AutocorrelationScore(), columns, word);
        // The mean of categories is one of them, and no value lies near another.
        if (modality.Model.Outputs == 1)
            yield return new AbsoluteErrorScore(modality, word);
        yield return new LikelihoodScore(modality, word);
        yield return new InformationScore(modality, word);
    }

    // Two of a kind are told apart by their numbers.
    private static string Word(IReadOnlyList<Modality> modalities, int index)
    {
        string name = modalities[index].Model.Name.Replace('-', '_');
        int before = modalities.Take(index).Count(m => m.Model.Name == modalities[index].Model.Name);
        return before == 0 ? name : FormattableString.Invariant($"{name}_{before + 1}");
    }
}
