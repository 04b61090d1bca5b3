using System.Text.Json;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A recurrent network as a JSON object of nested lists, as other programs write them: the tensors under the papers' names, matrices row by
/// row, and sizes, <c>model</c> and whatever else beside them.
/// </summary>
/// <remarks>
/// A may be a list or a diagonal matrix; the initial-state map is L or B, and may be missing; a B of N x M is a readout, which must be that
/// of the first N units. Sizes are <c>latent</c> or <c>M</c>, <c>observed</c> or <c>N</c>, <c>rectified</c> or <c>P</c>, <c>hidden</c>,
/// <c>bases</c>.
/// </remarks>
public static class ModelJson
{
    private const long MostBytes = 1 << 28;
    private const string Diagonal = "A", Readout = "B";

    private static readonly Dictionary<string, string> s_symbols
        = new() { ["M"] = RecurrentKind.Latent, ["N"] = RecurrentKind.Observed, ["P"] = "rectified" };

    // What files say of themselves.
    private static readonly string[] s_remarks = ["name", "description", "comment", "source", "license", "licence", "citation"];

    /// <summary>Reads a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file leaves open.</param>
    /// <exception cref="InvalidDataException">The file is not JSON, lacks something, or holds what does not fit; the message says where.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedModel Read(string path, ImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string name = Path.GetFileName(path);
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder, expected a JSON file");
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no file {path}");
        if (PathKinds.Of(path) is PathKind.Device)
            throw new IOException($"{path} is a device, which may have no end: expected a JSON file");
        if (new FileInfo(path) is { Length: > MostBytes } large)
            throw new InvalidDataException(
                $"{name} has {large.Length:N0} bytes, more than the {MostBytes:N0} that are read: "
                + "write the tensors to a safetensors file.");
        try
        {
            using FileStream opened = File.OpenRead(path);
            using FileStream file = opened.CanSeek ? opened : FileErrors.Scratch(opened, MostBytes, opened);
            using JsonDocument document = JsonDocument.Parse(file);
            return new Reading(document.RootElement, name, options ?? new()).Model();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{name} is not JSON: line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1} is unexpected.");
        }
        catch (InvalidOperationException e)
        {
            // Bytes that are no UTF-8 are found only when a name or a string is asked for.
            throw new InvalidDataException($"{name}: {Excerpt.Reason(e)}.", e);
        }
    }

    private sealed class Reading(JsonElement root, string name, ImportOptions options)
    {
        public ImportedModel Model()
        {
            if (root.ValueKind != JsonValueKind.Object)
                throw Bad("expected an object with the tensors as its entries");
            RecurrentKind kind = Kind();
            Dictionary<string, int> sizes = Sizes(kind, out JsonTensor? map, out bool saysObserved);
            IReadOnlyList<ParameterTensor> tensors;
            try
            {
                tensors = kind.TensorsOf(sizes);
            }
            catch (ArgumentException e)
            {
                throw Bad($"{kind.Name} with {string.Join(", ", sizes.Select(s => $"{s.Key} {s.Value}"))} cannot be ({Excerpt.Reason(e)})");
            }
            // Shapes before the model, whose size is then that of the file.
            Dictionary<string, double[]> values
                = tensors.Where(t => t.Name != RecurrentKind.InitialStateMap).ToDictionary(t => t.Name, Values);
            RecurrentModel model = kind.Create(sizes);
            foreach ((string tensor, double[] entries) in values)
                model.Parameters.Set(tensor, entries);
            if (map is not null && model.InitialStateMap is { } initial)
                model.Parameters.Set(
                    initial.Name, map.Expect(initial.Rows, initial.Columns) ?? throw Bad(map, $"{initial.Rows} x {initial.Columns}"));
            return new(model, [.. Unknown(kind, tensors)], saysObserved);
        }

        private RecurrentKind Kind()
        {
            string? said = root.TryGetProperty("model", out JsonElement word) && word.ValueKind == JsonValueKind.String
                ? word.GetString()
                : null;
            string kind = options.Kind ?? said
                ?? (Has("W1") ? ShallowPlrnn.Cell.Name : Has("H") ? DendriticPlrnn.Cell.Name : AlmostLinearRnn.Cell.Name);
            // AL-RNN is alrnn.
            return RecurrentKinds.Find(kind) ?? RecurrentKinds.Find(RecurrentKinds.Names.FirstOrDefault(n => Bare(n) == Bare(kind)) ?? "")
                ?? throw Bad($"its model is '{kind}', expected one of {string.Join(", ", RecurrentKinds.Names)}");
        }

        private static string Bare(string kind) => string.Concat(kind.Where(char.IsLetterOrDigit)).ToLowerInvariant();

        private Dictionary<string, int> Sizes(RecurrentKind kind, out JsonTensor? map, out bool saysObserved)
        {
            Dictionary<string, int> sizes = [];
            foreach (JsonProperty entry in root.EnumerateObject())
                if (s_symbols.GetValueOrDefault(entry.Name, entry.Name) is var size && kind.Sizes.Contains(size))
                    sizes[size] = entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out int whole) && whole > 0
                        ? whole
                        : throw Bad($"{entry.Name} is not a positive whole number");
            foreach ((string size, int value) in options.Sizes)
                sizes[size] = kind.Sizes.Contains(size) ? value : throw Bad($"{kind.Name} has no size '{size}'");
            if (kind.SizedBy is { } by)
            {
                JsonTensor weights = Tensor(by.Tensor);
                Agree(by.Rows, weights.Rows, by.Tensor);
                Agree(by.Columns, weights.Columns, by.Tensor);
            }
            int latent = sizes.GetValueOrDefault(RecurrentKind.Latent);
            map = null;
            if (Has(RecurrentKind.InitialStateMap) || (Has(Readout) && !kind.Sizes.Contains(Readout)))
            {
                JsonTensor found = Tensor(Has(RecurrentKind.InitialStateMap) ? RecurrentKind.InitialStateMap : Readout);
                // An empty map is that of a network whose units are all observed.
                if (found.Name == Readout && found.Columns == latent && found.Rows <= latent)
                    Agree(RecurrentKind.Observed, IsOfFirstUnits(found) ? found.Rows : throw Bad(
                        $"{Readout} ({found.Shape}) reads out other than the first {found.Rows} units: such a readout is not known here"),
                        Readout);
                else if (found.Count > 0)
                    Agree(RecurrentKind.Observed, (map = found).Columns, found.Name);
            }
            saysObserved = sizes.ContainsKey(RecurrentKind.Observed);
            if (!saysObserved)
                sizes[RecurrentKind.Observed] = latent;
            if (kind.Sizes.FirstOrDefault(s => !sizes.ContainsKey(s)) is { } missing)
                throw Bad(missing == "rectified"
                    ? $"it does not say how many of its {latent} units are rectified: give the size rectified, or add a key P"
                    : $"it does not say the size '{missing}' of {kind.Name}");
            return sizes;

            void Agree(string size, int value, string tensor)
            {
                if (sizes.TryGetValue(size, out int other) && other != value)
                    throw Bad($"{size} is {other}, but the shape of {tensor} ({Tensor(tensor).Shape}) says {value}");
                sizes[size] = value;
            }
        }

        private static bool IsOfFirstUnits(JsonTensor readout)
            => !readout.Values.Where((v, i) => v != (i % readout.Columns == i / readout.Columns ? 1 : 0)).Any();

        private double[] Values(ParameterTensor tensor)
        {
            JsonTensor found = Tensor(tensor.Name);
            string expected = tensor.Columns == 0 ? $"{tensor.Rows} values" : $"{tensor.Rows} x {tensor.Columns}";
            if (tensor is { Name: Diagonal, Columns: 0 } && found.IsMatrix && found.Rows == tensor.Rows && found.Columns == tensor.Rows)
                return found.Diagonal() ?? throw Bad($"{Diagonal} is a matrix with values off its diagonal: {Diagonal} is diagonal here");
            return found.Expect(tensor.Rows, tensor.Columns) ?? throw Bad(found, expected);
        }

        private JsonTensor Tensor(string tensor) => root.TryGetProperty(tensor, out JsonElement entry)
            ? JsonTensor.Read(tensor, entry, Bad)
            : throw Bad($"it lacks {tensor}");

        private bool Has(string key) => root.TryGetProperty(key, out JsonElement entry) && entry.ValueKind != JsonValueKind.Null;

        private IEnumerable<string> Unknown(RecurrentKind kind, IReadOnlyList<ParameterTensor> tensors)
            => root.EnumerateObject().Select(e => e.Name).Distinct().Where(
                key => tensors.All(t => t.Name != key) && key is not ("model" or RecurrentKind.InitialStateMap or Readout)
                    && !kind.Sizes.Contains(s_symbols.GetValueOrDefault(key, key)) && !s_remarks.Contains(key));

        private InvalidDataException Bad(JsonTensor found, string expected)
            => Bad($"{found.Name} has the shape {found.Shape}, expected {expected}");

        private InvalidDataException Bad(string what) => new($"{name}: {what}.");
    }
}
