using System.Globalization;
using Attractor.Learning;

namespace Attractor.Storage;

/// <summary>A training state as a file, exact to the bit, replaced as a whole.</summary>
public static class Checkpoint
{
    /// <summary>Writes the state; a file of the same name is replaced only once the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        List<SafeTensor> tensors = [new("parameters", [state.Parameters.Length], state.Parameters)];
        for (int i = 0; i < state.Moments.Length; i++)
            tensors.Add(new(string.Create(CultureInfo.InvariantCulture, $"moment{i + 1}"), [state.Moments[i].Length], state.Moments[i]));
        SafeTensors.Write(path, tensors, new Dictionary<string, string>
        {
            ["update"] = state.Update.ToString(CultureInfo.InvariantCulture),
            ["learning_rate_scale"] = state.LearningRateScale.ToString("R", CultureInfo.InvariantCulture),
            ["divergences"] = state.Divergences.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="InvalidDataException">The file is not a checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainingState Load(string path)
    {
        SafeTensorsFile file = SafeTensors.Read(path);
        SafeTensor parameters = file.Find("parameters") ?? throw Bad(path, "it lacks the tensor 'parameters'");
        List<double[]> moments = [];
        while (file.Find(string.Create(CultureInfo.InvariantCulture, $"moment{moments.Count + 1}")) is { } moment)
            moments.Add(moment.Values);
        if (!long.TryParse(Entry("update"), CultureInfo.InvariantCulture, out long update) || update < 0)
            throw Bad(path, "its update is not a number");
        if (!double.TryParse(Entry("learning_rate_scale"), CultureInfo.InvariantCulture, out double scale) || !(scale > 0) || !double.IsFinite(scale))
            throw Bad(path, "its learning-rate scale is not a number");
        if (!int.TryParse(Entry("divergences"), CultureInfo.InvariantCulture, out int divergences) || divergences < 0)
            throw Bad(path, "its number of divergences is not one");
        if (moments.Exists(m => m.Length != parameters.Values.Length))
            throw Bad(path, "its moments are not as long as its parameters");
        return new()
        {
            Update = update,
            Parameters = parameters.Values,
            Moments = [.. moments],
            LearningRateScale = scale,
            Divergences = divergences,
        };

        string Entry(string name) => file.Metadata.TryGetValue(name, out string? value) ? value : throw Bad(path, $"it lacks the entry '{name}'");
    }

    private static InvalidDataException Bad(string path, string what) => new($"{Path.GetFileName(path)} is not a checkpoint: {what}.");
}
