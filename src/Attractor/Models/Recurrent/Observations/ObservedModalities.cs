using Attractor.Probability;

namespace Attractor.Models;

/// <summary>
/// The modalities of the N observed variables of a network, and where the variables are among the outputs of the decoder and the features
/// of the encoder.
/// </summary>
/// <remarks>Outputs lie modality by modality, in the order of their first columns; features lie in the order of the columns.</remarks>
internal sealed class ObservedModalities
{
    private readonly ObservedColumn[] _columns;

    private ObservedModalities(Modality[] modalities, int observed)
    {
        All = modalities;
        _columns = new ObservedColumn[observed];
        int outputs = 0, place = 0;
        for (int m = 0; m < modalities.Length; m++)
            for (int i = 0; i < modalities[m].Columns.Count; i++, place++, outputs += modalities[m].Model.Outputs)
                _columns[modalities[m].Columns[i]] = new(modalities[m].Model, m, i, place, outputs, 0);
        int features = 0;
        foreach (ref ObservedColumn column in _columns.AsSpan())
        {
            column = column with { Feature = features };
            features += column.Model.Features;
        }
        (Outputs, Features) = (outputs, features);
    }

    /// <summary>All, in the order of their first columns.</summary>
    public IReadOnlyList<Modality> All { get; }

    /// <summary>N.</summary>
    public int Observed => _columns.Length;

    /// <summary>Outputs of the decoder in all.</summary>
    public int Outputs { get; }

    /// <summary>Features of the encoder in all.</summary>
    public int Features { get; }

    /// <summary>A variable, from 0.</summary>
    public ref readonly ObservedColumn this[int column] => ref _columns[column];

    /// <summary>The modalities that sizes name, if any.</summary>
    /// <param name="sizes">Of a network.</param>
    /// <exception cref="ArgumentException">A variable is in none of them, or in two.</exception>
    public static ObservedModalities? Of(IReadOnlyDictionary<string, int> sizes)
    {
        List<Modality> found = [];
        int observed = sizes[RecurrentKind.Observed];
        foreach ((string size, int levels) in sizes)
            if (size is not (RecurrentKind.Observed or RecurrentKind.Latent) && Modality.Find(size, levels, observed) is { } modality)
                found.Add(modality);
        if (found.Count == 0)
            return null;
        int[] times = new int[observed];
        foreach (int column in found.SelectMany(m => m.Columns))
            times[column]++;
        // Of two that are of all variables alike the message would be of the first column only.
        int wrong = Array.FindIndex(times, t => t != 1);
        return wrong < 0
            ? new([.. found.OrderBy(m => m.Columns[0])], observed)
            : throw new ArgumentException(
                $"Variable {wrong + 1} of {observed} is {(times[wrong] == 0 ? "in none" : "in more than one")} of the observations "
                + $"{string.Join(", ", found.Select(m => m.Size))}: each is in one.", nameof(sizes));
    }

    /// <summary>Whether a network learns standardised values of a variable: real numbers have units, counts and levels have none.</summary>
    public static bool IsStandardized(ObservationModel model) => model.Support is Domain.Real && model.Features == 1;
}
