namespace Attractor.Models;

/// <summary>A kind of recurrent network: what files and larger models need to know of a cell before there is a network of it.</summary>
/// <remarks>With <see cref="RecurrentModel.Register"/> a cell of one's own is found by its name as the library's are.</remarks>
/// <param name="Name">The kind as commands and files name it, such as <c>clipped-shplrnn</c>.</param>
/// <param name="Tensors">Lays out the tensors of a network of given <see cref="Sizes"/>, without the initial-state map; throws an
/// <see cref="ArgumentException"/> where sizes cannot be.</param>
/// <param name="Create">A network of these sizes whose parameters are all 0.</param>
public sealed record RecurrentKind(
    string Name,
    Action<ParameterLayout, IReadOnlyDictionary<string, int>> Tensors,
    Func<IReadOnlyDictionary<string, int>, RecurrentModel> Create)
{
    internal const string Observed = "observed", Latent = "latent", Inputs = "inputs", InitialStateMap = "L", InputWeights = "C",
        Read = "read", ObservationWeights = "B";

    /// <summary>
    /// The names of its sizes: observed (N), latent (M), and what else it has. Any network may have <c>inputs</c> (K) besides, which are
    /// added to its states by C (M x K), and <c>read</c> (R): the first units, that an affine map B (N x R) reads the observations from.
    /// With <c>read</c> goes the name of an observation model, such as <c>poisson</c>: its levels, 1 where it has none; of several that
    /// are of some of the variables each the names with the columns, such as <c>poisson:4-8</c> (<see cref="Modality"/>). These are not
    /// named here.
    /// </summary>
    public IReadOnlyList<string> Sizes { get; init; } = [Observed, Latent];

    /// <summary>
    /// The matrix whose rows and columns are sizes, from which a file is read that does not state them;
    /// null for a kind whose files state all sizes.
    /// </summary>
    public (string Tensor, string Rows, string Columns)? SizedBy { get; init; }

    /// <summary>
    /// Values of the state for each unit with an output, which come first: an affine observation reads the outputs alone.
    /// </summary>
    public int StatesOfUnit { get; init; } = 1;

    /// <summary>
    /// The tensors of which row i is what unit i becomes of: the diagonal A and what is added to it, such as W and h. With that row at rest
    /// (1 in A, 0 in the others) the unit keeps its value for ever, z_i' = z_i. Empty for a kind without such rows, which then takes no
    /// manifold-attractor regularisation.
    /// </summary>
    public IReadOnlyList<string> UnitRows { get; init; } = [];

    /// <summary>R of such sizes: the units that are read out, N where they are the observations.</summary>
    internal static int ReadOf(IReadOnlyDictionary<string, int> sizes)
        => sizes.TryGetValue(Read, out int read) && read > 0 ? read : sizes[Observed];

    /// <summary>
    /// The tensors of a network of these sizes, L ((M - N) x N) included where M > N and C (M x K) where there are inputs, without making
    /// it.
    /// </summary>
    internal IReadOnlyList<ParameterTensor> TensorsOf(IReadOnlyDictionary<string, int> sizes)
    {
        ParameterLayout layout = new();
        sizes = Checked(sizes);
        Tensors(layout, sizes);
        int observed = ReadOf(sizes), latent = sizes[Latent];
        List<ParameterTensor> tensors = [.. layout.Tensors];
        // Not by the layout, which refuses what is too large: a file may claim any size, and is told what it lacks.
        if (latent > observed)
            tensors.Add(new(InitialStateMap, latent - observed, observed, layout.Count) { Index = tensors.Count });
        if (sizes.TryGetValue(Inputs, out int inputs))
        {
            if (tensors.Exists(t => t.Name == InputWeights))
                throw new ArgumentException($"The model {Name} has a tensor {InputWeights} of its own and takes no inputs.", nameof(sizes));
            long offset = layout.Count + ((long)(latent - observed) * observed);
            if (offset + ((long)latent * inputs) > Array.MaxLength)
                throw new ArgumentException($"With {inputs} inputs a model has more parameters than there can be.", nameof(sizes));
            tensors.Add(new(InputWeights, latent, inputs, (int)offset) { Index = tensors.Count });
        }
        if (sizes.ContainsKey(Read))
        {
            if (tensors.Exists(t => t.Name == ObservationWeights))
                throw new ArgumentException(
                    $"The model {Name} has a tensor {ObservationWeights} of its own and takes no affine observation.", nameof(sizes));
            ObservedModalities? modalities = ObservedModalities.Of(sizes);
            // No penalty draws it to nothing: it has one of its own, on its condition.
            Append(ObservationWeights, modalities?.Outputs ?? sizes[Observed], observed);
            foreach ((string name, long rows, long columns) in
                modalities is null ? [] : ProbabilisticReadout.Tensors(modalities, observed))
                Append(name, rows, columns);
        }
        return tensors;

        void Append(string name, long rows, long columns)
        {
            long offset = tensors.Sum(t => (long)t.Count);
            if (rows > Array.MaxLength || columns > Array.MaxLength || offset + (rows * Math.Max(1, columns)) > Array.MaxLength)
                throw new ArgumentException(
                    $"With {sizes[Observed]} variables a model has more parameters than there can be.", nameof(sizes));
            tensors.Add(new(name, (int)rows, (int)columns, (int)offset, RestingValue: double.NaN) { Index = tensors.Count });
        }
    }

    /// <summary>The sizes in the order of their names.</summary>
    /// <exception cref="ArgumentException">A size is missing, not one of its own, or not positive, or there are
    /// fewer latent than observed units.</exception>
    internal IReadOnlyDictionary<string, int> Checked(IReadOnlyDictionary<string, int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        if (Sizes.FirstOrDefault(n => !sizes.ContainsKey(n)) is { } missing)
            throw new ArgumentException($"The model {Name} needs the size '{missing}'.", nameof(sizes));
        foreach (string name in Sizes)
            if (sizes[name] <= 0)
                throw new ArgumentOutOfRangeException(name, $"{name} must be positive, not {sizes[name]}");
        if (sizes.Keys.FirstOrDefault(n => !Sizes.Contains(n) && n is not (Inputs or Read)
            && Modality.Find(n, sizes[n], sizes[Observed]) is null) is { } unknown)
            throw new ArgumentException($"The model {Name} has no size '{unknown}'; it has {string.Join(", ", Sizes)}.", nameof(sizes));
        ObservedModalities? modalities = ObservedModalities.Of(sizes);
        if (sizes[Latent] < ReadOf(sizes))
            throw new ArgumentOutOfRangeException(
                nameof(sizes), $"{Latent} {sizes[Latent]} is too small: the first {ReadOf(sizes)} of its units are observed");
        OrderedDictionary<string, int> all = new(Sizes.Select(n => KeyValuePair.Create(n, sizes[n])));
        if (sizes.TryGetValue(Inputs, out int inputs) && inputs != 0)
        {
            RequireCount(inputs, Inputs);
            all.TryAdd(Inputs, inputs);
        }
        if (sizes.TryGetValue(Read, out int read) && read != 0)
        {
            RequireCount(read, Read);
            all.TryAdd(Read, read);
        }
        foreach (Modality modality in modalities?.All ?? [])
            if (!all.TryAdd(modality.Size, modality.Model.Levels ?? 1))
                throw new ArgumentException(
                    $"The model {Name} has a size '{modality.Size}' of its own and takes no such observation.", nameof(sizes));
        if (modalities is not null && read < 1)
            throw new ArgumentException(
                $"A {modalities.All[0].Model.Name} observation needs the size '{Read}', the units that it is of.", nameof(sizes));
        return all;
    }

    private static void RequireCount(int value, string name)
    {
        if (value < 0)
            throw new ArgumentOutOfRangeException(name, $"{name} must not be negative, as {value} is");
    }
}
