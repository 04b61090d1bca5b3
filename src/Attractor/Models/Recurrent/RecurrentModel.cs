using System.Numerics;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Models;

/// <summary>
/// A recurrent network z' = F(z) of M latent units whose first N are the observed variables.
/// </summary>
/// <remarks>
/// What is learnt, without how: parameters, the map with its Jacobian, and a kernel (the forward step and its adjoint) that
/// any trainer of recurrent models can drive. Reading and stepping are thread-safe, setting parameters is not.
/// </remarks>
public abstract class RecurrentModel : IGenerativeModel
{
    private RecurrentMap? _map;

    private protected RecurrentModel(int observed, int latent, IReadOnlyList<ParameterTensor> tensors)
    {
        (Observed, Latent) = (observed, latent);
        Parameters = new(tensors);
        InitialStateMap = tensors.FirstOrDefault(t => t.Name == "L");
    }

    /// <summary>The kind as commands and files name it: <c>shplrnn</c>, <c>clipped-shplrnn</c>, <c>plrnn</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>N, the number of observed variables, read out from the first N units.</summary>
    public int Observed { get; }

    /// <summary>M, the number of latent units.</summary>
    public int Latent { get; }

    /// <summary>The sizes that, with <see cref="Kind"/>, rebuild the model: <see cref="SizesOf"/> its kind.</summary>
    public abstract IReadOnlyDictionary<string, int> Sizes { get; }

    /// <summary>Dimension of the state as a map: M.</summary>
    public int Dimension => Latent;

    /// <summary>All parameters, the initial-state map L ((M - N) x N) included where M > N.</summary>
    public ParameterBuffer Parameters { get; }

    /// <inheritdoc/>
    public int ParameterCount => Parameters.Count;

    /// <inheritdoc/>
    public string Description => Sizes.TryGetValue("hidden", out int hidden)
        ? FormattableString.Invariant($"{Latent} latent and {hidden} hidden units")
        : FormattableString.Invariant($"{Latent} latent units");

    /// <summary>The tensor L, or null where M = N.</summary>
    internal ParameterTensor? InitialStateMap { get; }

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> state, Span<double> next) => Map().Step(state, next);

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => Map().Jacobian(state, jacobian);

    /// <inheritdoc/>
    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
        => Map().StepTangent(state, next, vectors, result);

    /// <summary>z_1 = [x; L x]: the observation, then the remaining units by the learned linear map.</summary>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state)
    {
        if (observation.Length != Observed)
            throw new ArgumentException($"Expected {Observed} observed variables, found {observation.Length}.", nameof(observation));
        observation.CopyTo(state);
        if (InitialStateMap is null)
            return;
        ReadOnlySpan<double> l = Parameters.Values.Slice(InitialStateMap.Offset, InitialStateMap.Count);
        for (int i = 0; i < Latent - Observed; i++)
        {
            double sum = 0;
            for (int j = 0; j < Observed; j++)
                sum += l[(i * Observed) + j] * observation[j];
            state[Observed + i] = sum;
        }
    }

    /// <summary>
    /// The state after driving the network with data: from one row on, the observed units are replaced by the data before each of
    /// <paramref name="warmUp"/> steps, so that the others find their values.
    /// </summary>
    /// <param name="from">A series of the N observed variables.</param>
    /// <param name="start">The row to begin at.</param>
    /// <param name="warmUp">Steps; the state belongs to row <paramref name="start"/> + <paramref name="warmUp"/>, whose observation it holds.</param>
    /// <param name="state">M values are written.</param>
    /// <exception cref="ArgumentException">The series has another number of variables, or too few rows.</exception>
    public void Drive(TimeSeries from, int start, int warmUp, Span<double> state)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        if (from.Dimension != Observed)
            throw new ArgumentException($"The model observes {Observed} variables, the series has {from.Dimension}.", nameof(from));
        if (start > from.Length - 1 - warmUp)
            throw new ArgumentException($"A warm-up of {warmUp} steps from row {start} needs {(long)start + warmUp + 1} rows, found {from.Length}.", nameof(from));
        InitialState(from.Row(start), state);
        for (int t = 1; t <= warmUp; t++)
        {
            Step(state, state);
            from.Row(start + t).CopyTo(state);
        }
    }

    /// <inheritdoc/>
    public TimeSeries Generate(TimeSeries from, int steps, int start = 0, int? warmUp = null)
        => FreeRun.AfterWarmUp(this, from, steps, start, warmUp);

    /// <summary>A new model of the given kind with initial parameters drawn from the seed.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="sizes">A value for each of <see cref="SizesOf"/> the kind.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <exception cref="ArgumentException">The kind is not known, or a size is missing, not one of its own, or not positive.</exception>
    public static RecurrentModel Create(string kind, IReadOnlyDictionary<string, int> sizes, ulong seed = 0)
    {
        Check(kind, sizes);
        int observed = sizes["observed"], latent = sizes["latent"];
        return kind switch
        {
            Plrnn.KindName => new Plrnn(observed, latent, seed),
            ClippedShallowPlrnn.KindName => new ClippedShallowPlrnn(observed, latent, sizes["hidden"], seed),
            _ => new ShallowPlrnn(observed, latent, sizes["hidden"], seed),
        };
    }

    /// <summary>All kinds that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [ShallowPlrnn.KindName, ClippedShallowPlrnn.KindName, Plrnn.KindName];

    /// <summary>The sizes that a kind has: observed (N) and latent (M), and hidden (L) if there are hidden units.</summary>
    /// <exception cref="ArgumentException">The kind is not known.</exception>
    public static IReadOnlyList<string> SizesOf(string kind) => kind switch
    {
        Plrnn.KindName => ["observed", "latent"],
        ShallowPlrnn.KindName or ClippedShallowPlrnn.KindName => ["observed", "latent", "hidden"],
        _ => throw new ArgumentException($"There is no model '{kind}'; there are {string.Join(", ", Kinds)}.", nameof(kind)),
    };

    /// <summary>The tensors of a model of these sizes, without making it.</summary>
    internal static IReadOnlyList<ParameterTensor> TensorsOf(string kind, IReadOnlyDictionary<string, int> sizes)
    {
        Check(kind, sizes);
        int observed = sizes["observed"], latent = sizes["latent"];
        return kind == Plrnn.KindName ? Plrnn.Checked(observed, latent).Tensors() : ShallowPlrnn.Checked(observed, latent, sizes["hidden"]).Tensors();
    }

    /// <summary>A model whose parameters are all 0, for whoever brings them: drawing them takes O(M^3).</summary>
    internal static RecurrentModel CreateBlank(string kind, IReadOnlyDictionary<string, int> sizes)
    {
        Check(kind, sizes);
        int observed = sizes["observed"], latent = sizes["latent"];
        return kind switch
        {
            Plrnn.KindName => new Plrnn(Plrnn.Checked(observed, latent)),
            ClippedShallowPlrnn.KindName => new ClippedShallowPlrnn(ShallowPlrnn.Checked(observed, latent, sizes["hidden"])),
            _ => new ShallowPlrnn(ShallowPlrnn.Checked(observed, latent, sizes["hidden"])),
        };
    }

    /// <summary>The forward step and its adjoint on blocks of lanes, for a trainer.</summary>
    internal abstract RecurrentKernel<T> CreateKernel<S, T>()
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The map at the present parameters.</summary>
    private protected abstract RecurrentMap CreateMap();

    private RecurrentMap Map()
    {
        RecurrentMap? map = _map;
        if (map is null || map.Version != Parameters.Version)
            _map = map = CreateMap();
        return map;
    }

    private static void Check(string kind, IReadOnlyDictionary<string, int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        IReadOnlyList<string> names = SizesOf(kind);
        if (names.FirstOrDefault(n => !sizes.ContainsKey(n)) is { } missing)
            throw new ArgumentException($"The model {kind} needs the size '{missing}'.", nameof(sizes));
        if (sizes.Keys.FirstOrDefault(n => !names.Contains(n)) is { } unknown)
            throw new ArgumentException($"The model {kind} has no size '{unknown}'; it has {string.Join(", ", names)}.", nameof(sizes));
    }
}
