using System.Globalization;
using Attractor.Learning;

namespace Attractor.Storage;

/// <summary>The state of the fit of a mixture as a file, exact to the bit, replaced as a whole.</summary>
internal static class MixtureCheckpoint
{
    public static void Save(string path, MixtureState state)
    {
        List<SafeTensor> tensors =
        [
            Vector("parameters", state.Parameters), Vector("counts", state.Counts),
            Vector("traces", [.. state.Traces.SelectMany(t => t)]), Vector("trace_lengths", [.. state.Traces.Select(t => (double)t.Count)]),
        ];
        Dictionary<string, string> metadata = new() { ["done"] = Word(state.Done) };
        if (state.Best is { } best)
        {
            tensors.AddRange([Vector("best.parameters", best.Parameters), Vector("best.counts", best.Counts), Vector("best.terms", best.Terms)]);
            metadata["best_restart"] = best.Restart.ToString(CultureInfo.InvariantCulture);
            metadata["best_converged"] = Word(best.Converged);
        }
        SafeTensors.Write(path, tensors, metadata);
    }

    /// <exception cref="InvalidDataException">The file is not such a checkpoint.</exception>
    public static MixtureState Load(string path)
    {
        SafeTensorsFile file = SafeTensors.Read(path);
        TensorReader reader = new(file, Path.GetFileName(path));
        double[] traces = Of("traces"), lengths = Of("trace_lengths");
        if (lengths.Any(l => l < 1 || l != Math.Floor(l)) || lengths.Sum() != traces.Length)
            throw reader.Bad("its traces are not as long as it says");
        List<double[]> split = [];
        int at = 0;
        foreach (double length in lengths)
        {
            split.Add(traces.AsSpan(at, (int)length).ToArray());
            at += (int)length;
        }
        return new()
        {
            Parameters = Of("parameters"),
            Counts = Of("counts"),
            Traces = split,
            Done = reader.Flag("done"),
            Best = reader.Has("best.parameters")
                ? new(reader.Whole("best_restart", 0, split.Count - 1), Of("best.parameters"), Of("best.counts"), Of("best.terms"), reader.Flag("best_converged"))
                : null,
        };

        double[] Of(string name) => reader.Tensor(name, 1).Values;
    }

    private static string Word(bool flag) => flag ? "true" : "false";

    private static SafeTensor Vector(string name, IReadOnlyList<double> values) => new(name, [values.Count], [.. values]);
}
