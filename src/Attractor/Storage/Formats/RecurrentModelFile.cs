using System.Globalization;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>A recurrent model as tensors: its parameters, under the papers' names.</summary>
internal static class RecurrentModelFile
{
    // The map is the one tensor that a file may leave out: what a small file makes the reader allocate stays small.
    private const long MostValuesLeftOut = 1 << 24;

    // Of external inputs, where the network standardises them.
    private const string InputMean = "inputs.mean", InputScale = "inputs.scale";

    public static ModelFormat FormatOf(RecurrentKind kind)
        => ModelFormat.Of<RecurrentModel>(kind.Name, Write, reader => Read(reader.File, kind, reader.Name));

    private static SafeTensorsFile Write(RecurrentModel model)
    {
        IEnumerable<string> stated
            = model.Definition.Sizes.Where(s => model.Definition.SizedBy is not { } by || (s != by.Rows && s != by.Columns));
        IEnumerable<SafeTensor> units = model.InputUnits is { } known
            ? [new(InputMean, [model.Inputs], [.. known.Mean]), new(InputScale, [model.Inputs], [.. known.Scale])]
            : [];
        if (!model.IsIdentity)
            stated = stated.Append(RecurrentKind.Read);
        stated = stated.Concat(model.Modalities.Select(m => m.Size));
        return new(
            [.. TensorReader.Tensors(model.Parameters), .. units],
            stated.ToDictionary(s => s, s => model.Sizes[s].ToString(CultureInfo.InvariantCulture)));
    }

    private static RecurrentModel Read(SafeTensorsFile file, RecurrentKind kind, string name)
    {
        Dictionary<string, int> sizes = kind.SizedBy is { } sized ? FromShape(file, kind, sized, name) : FromMetadata(file, kind, name);
        AddReadout(file, sizes, name);
        AddInputs(file, kind, sizes, name);
        CheckShapes(file, Tensors(kind, sizes, name), name);
        RecurrentModel model = kind.Create(sizes);
        // Thresholds of levels that the metadata deny would be left out in silence.
        if (model.Modalities.Count > 0
            && file.Tensors.FirstOrDefault(t => t.Name.StartsWith(ProbabilisticReadout.Prefix, StringComparison.Ordinal)
                && model.Parameters.Tensors.All(own => own.Name != t.Name)) is { } foreign)
            throw new InvalidDataException(
                $"{name} holds the tensor {foreign.Name}, which its {model.Modalities[0].Model.Name} observation does not have.");
        foreach (ParameterTensor tensor in model.Parameters.Tensors)
        {
            if (file.Find(tensor.Name) is not { } found)
                continue;
            if (Array.Exists(found.Values, v => !double.IsFinite(v)))
                throw new InvalidDataException($"{name}: {tensor.Name} holds values that are not finite.");
            model.Parameters.Set(tensor.Name, found.Values);
        }
        if (file.Find(InputMean) is not null || file.Find(InputScale) is not null)
            model.InputUnits = UnitsOf(new(file, name), model.Inputs);
        return model;
    }

    // B (N x R) says how many variables are read out of how many units.
    private static void AddReadout(SafeTensorsFile file, Dictionary<string, int> sizes, string name)
    {
        if (!IsReadOut(file))
            return;
        SafeTensor weights = file.Find(RecurrentKind.ObservationWeights)!;
        List<Modality> modalities = ModalitiesOf(file, weights.Shape is [>= 1 and var most, _] ? most : 1, name);
        foreach (Modality modality in modalities)
            sizes[modality.Size] = modality.Model.Levels ?? 1;
        // One that is of all variables says nothing of how many there are; of several each variable has outputs of its own.
        bool isParted = modalities.Exists(m => Modality.IsOfColumns(m.Size));
        int outputs = isParted
            ? modalities.Sum(m => (Modality.IsOfColumns(m.Size) ? m.Columns.Count : 0) * m.Model.Outputs)
            : modalities.Count > 0 ? modalities[0].Model.Outputs : 1;
        (sizes[RecurrentKind.Observed], sizes[RecurrentKind.Read])
            = weights.Shape is [>= 1 and var rows, >= 1 and var read] && read <= sizes[RecurrentKind.Latent]
                && (isParted ? rows == outputs : rows % outputs == 0)
            ? (isParted ? modalities.Sum(m => m.Columns.Count) : rows / outputs, read)
            : throw new InvalidDataException(
                $"{name}: {weights.Name} has the shape ({string.Join(", ", weights.Shape)}), expected "
                + $"{(outputs == 1 ? "a row" : $"{outputs} rows")} for each variable and a column "
                + $"for each of at most {sizes[RecurrentKind.Latent]} units that are read.");
    }

    // The metadata say it besides: a cell of one's own may have a tensor of that name.
    private static bool IsReadOut(SafeTensorsFile file)
        => file.Find(RecurrentKind.ObservationWeights) is not null && file.Metadata.ContainsKey(RecurrentKind.Read);

    // The metadata have its name, with the number of its levels.
    private static List<Modality> ModalitiesOf(SafeTensorsFile file, int mostColumns, string name)
    {
        List<Modality> modalities = [];
        foreach ((string key, string text) in file.Metadata)
        {
            if (key is RecurrentKind.Observed or RecurrentKind.Latent or RecurrentKind.Read || !Modality.IsNamed(key))
                continue;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int levels)
                && levels <= ObservationModel.MostLevels && (levels > 1 || !Modality.HasLevels(key))
                && Found(key, levels) is { } modality)
                modalities.Add(modality);
            else
                throw new InvalidDataException(
                    $"{name}: metadata '{key}' is '{text}', expected the levels of the observations, 2 to {ObservationModel.MostLevels}, "
                    + "or 1 where they have none, of columns that there are.");
        }
        return modalities;

        Modality? Found(string size, int levels)
        {
            try
            {
                return Modality.Find(size, levels, mostColumns);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }

    // C (M x K) says how many there are; a cell that has a tensor of this name itself has no inputs.
    private static void AddInputs(SafeTensorsFile file, RecurrentKind kind, Dictionary<string, int> sizes, string name)
    {
        if (file.Find(RecurrentKind.InputWeights) is not { } weights
            || Tensors(kind, sizes, name).Any(t => t.Name == RecurrentKind.InputWeights))
            return;
        sizes[RecurrentKind.Inputs] = weights.Shape is [var rows, >= 1 and var inputs] && rows == sizes[RecurrentKind.Latent]
            ? inputs
            : throw new InvalidDataException(
                $"{name}: {weights.Name} has the shape ({string.Join(", ", weights.Shape)}), expected "
                + $"{sizes[RecurrentKind.Latent]} rows, one for each latent unit, and a column for each input.");
    }

    private static Standardization UnitsOf(TensorReader reader, int inputs)
    {
        Standardization units = new(reader.Values(InputMean, inputs), reader.Values(InputScale, inputs));
        return units.Mean.All(double.IsFinite) && units.Scale.All(s => s > 0 && double.IsFinite(s))
            ? units
            : throw reader.Bad("the units of its inputs are none: means must be finite and scales positive");
    }

    // From the tensor that has them, such as W1 (M x L); N from metadata observed, else from the tensor L, else it is M; others from
    // metadata.
    private static Dictionary<string, int> FromShape(
        SafeTensorsFile file, RecurrentKind kind, (string Tensor, string Rows, string Columns) sized, string name)
    {
        SafeTensor weights = file.Find(sized.Tensor) ?? throw new InvalidDataException($"{name} lacks the tensor {sized.Tensor}.");
        if (weights.Shape.Count != 2 || weights.Shape[0] < 1 || weights.Shape[1] < 1)
            throw new InvalidDataException(
                $"{name}: {sized.Tensor} has the shape ({string.Join(", ", weights.Shape)}), expected {Symbol(sized.Rows)} x "
                + $"{Symbol(sized.Columns)}.");
        Dictionary<string, int> sizes = new() { [sized.Columns] = weights.Shape[1], [sized.Rows] = weights.Shape[0] };
        sizes[RecurrentKind.Observed] = IsReadOut(file) ? 1 : Observed(file, sizes[RecurrentKind.Latent], name);
        foreach (string stated in kind.Sizes.Where(s => !sizes.ContainsKey(s)))
            sizes[stated] = new TensorReader(file, name).Whole(stated, 1, int.MaxValue);
        return sizes;
    }

    private static string Symbol(string size)
        => size switch { RecurrentKind.Observed => "N", RecurrentKind.Latent => "M", "hidden" => "L", "bases" => "B", _ => size };

    private static Dictionary<string, int> FromMetadata(SafeTensorsFile file, RecurrentKind kind, string name)
        => kind.Sizes.ToDictionary(s => s, s => new TensorReader(file, name).Whole(s, 1, int.MaxValue));

    // Before a model is made: its size must be that of the file, not of what the file claims.
    private static void CheckShapes(SafeTensorsFile file, IReadOnlyList<ParameterTensor> tensors, string name)
    {
        foreach (ParameterTensor tensor in tensors)
        {
            SafeTensor? found = file.Find(tensor.Name);
            if (found is null && (tensor.Name != RecurrentKind.InitialStateMap || (long)tensor.Rows * tensor.Columns > MostValuesLeftOut))
                throw new InvalidDataException($"{name} lacks the tensor {tensor.Name} of the shape ({string.Join(", ", tensor.Shape)}).");
            if (found is not null && !found.Shape.SequenceEqual(tensor.Shape))
                throw new InvalidDataException(
                    $"{name}: {tensor.Name} has the shape ({string.Join(", ", found.Shape)}), expected "
                    + $"({string.Join(", ", tensor.Shape)}).");
        }
    }

    private static IReadOnlyList<ParameterTensor> Tensors(RecurrentKind kind, Dictionary<string, int> sizes, string name)
    {
        try
        {
            return kind.TensorsOf(sizes);
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException(
                $"{name}: a {kind.Name} of {string.Join(", ", sizes.Select(s => $"{s.Value} {s.Key}"))} units cannot be.");
        }
    }

    private static int Observed(SafeTensorsFile file, int latent, string name)
    {
        if (file.Metadata.TryGetValue(RecurrentKind.Observed, out string? text))
            return int.TryParse(text, CultureInfo.InvariantCulture, out int n) && n >= 1 && n <= latent
                ? n
                : throw new InvalidDataException($"{name}: metadata 'observed' is '{text}', expected 1 to {latent}.");
        return file.Find(RecurrentKind.InitialStateMap) is { Shape: [_, int columns] } && columns >= 1 && columns <= latent
            ? columns
            : latent;
    }
}
