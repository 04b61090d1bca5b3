using System.Numerics;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Models;

/// <summary>
/// A recurrent network z' = F(z) of M latent units whose first N are the observed variables, or of which an affine map reads them.
/// </summary>
/// <remarks>
/// What is learnt, without how: parameters, the map with its Jacobian, and a kernel (the forward step and its adjoint) that
/// any trainer of recurrent models can drive. Reading and stepping are thread-safe, setting parameters is not.
/// </remarks>
public abstract partial class RecurrentModel : IGenerativeModel, IDrivenMap
{
    private RecurrentMap? _map;
    private KernelLanes? _lanes;

    /// <summary>A network whose parameters are all 0; <see cref="Draw"/> draws the initial ones.</summary>
    /// <param name="kind">Its kind, which lays its tensors out.</param>
    /// <param name="sizes">A value for each of <see cref="RecurrentKind.Sizes"/>.</param>
    /// <exception cref="ArgumentException">A size is missing, not one of the kind's own, or cannot be.</exception>
    protected RecurrentModel(RecurrentKind kind, IReadOnlyDictionary<string, int> sizes)
    {
        ArgumentNullException.ThrowIfNull(kind);
        (Definition, Sizes) = (kind, kind.Checked(sizes));
        (Observed, Latent) = (Sizes[RecurrentKind.Observed], Sizes[RecurrentKind.Latent]);
        Parameters = new(kind.TensorsOf(sizes));
        Read = RecurrentKind.ReadOf(Sizes);
        ObservationWeights = Sizes.ContainsKey(RecurrentKind.Read) ? Parameters.Find(RecurrentKind.ObservationWeights) : null;
        if (ObservedModalities.Of(Sizes) is { } modalities)
            Readout = new(modalities, Parameters);
        InitialStateMap = Latent > Read ? Parameters.Find(RecurrentKind.InitialStateMap) : null;
        Inputs = Sizes.GetValueOrDefault(RecurrentKind.Inputs);
        InputWeights = Inputs > 0 ? Parameters.Find(RecurrentKind.InputWeights) : null;
    }

    /// <summary>
    /// The kind as commands and files name it: <c>shplrnn</c>, <c>clipped-shplrnn</c>, <c>plrnn</c>, or a registered one.
    /// </summary>
    public string Kind => Definition.Name;

    /// <summary>N, the number of observed variables, read out from the first N units.</summary>
    public int Observed { get; }

    /// <summary>M, the number of latent units.</summary>
    public int Latent { get; }

    /// <summary>The sizes that, with <see cref="Kind"/>, rebuild the model: <see cref="SizesOf"/> its kind.</summary>
    public IReadOnlyDictionary<string, int> Sizes { get; }

    /// <summary>Dimension of the state as a map: M.</summary>
    public int Dimension => Latent;

    /// <summary>All parameters, the initial-state map L ((M - N) x N) included where M > N.</summary>
    public ParameterBuffer Parameters { get; }

    /// <inheritdoc/>
    public int ParameterCount => Parameters.Count;

    /// <inheritdoc/>
    public string Description
        => string.Join(
            " and ",
            Sizes
                .Where(s => s.Key is not (RecurrentKind.Observed or RecurrentKind.Inputs or RecurrentKind.Read))
                .Where(s => Modalities.All(m => m.Size != s.Key))
                .Select(s => FormattableString.Invariant($"{s.Value} {s.Key}"))) + " units"
            + (Inputs == 0 ? "" : Inputs == 1 ? " and 1 input" : FormattableString.Invariant($" and {Inputs} inputs"))
            + (Modalities.Count > 0 ? $", seen as {string.Join(" and ", Modalities.Select(m => m.Model.Family).Distinct())} observations"
                : IsAffine ? ", read out by an affine map" : "");

    /// <summary>What its kind says of it.</summary>
    internal RecurrentKind Definition { get; }

    /// <summary>The units that forcing draws to 0 as it draws the observed ones to the data.</summary>
    internal virtual (int Start, int Count) Memory => default;

    /// <summary>The tensor L, or null where M = N.</summary>
    internal ParameterTensor? InitialStateMap { get; }

    /// <summary>A bound on the spectral norm of the Jacobian over all states; null where none is known.</summary>
    public virtual double? JacobianUpperBound() => null;

    /// <summary>Places parameters that belong where the data lie, such as thresholds; a network that has none stays as it is.</summary>
    /// <param name="least">The smallest value of the data.</param>
    /// <param name="most">The largest.</param>
    /// <param name="seed">Of the draw.</param>
    public virtual void PlaceWithin(double least, double most, ulong seed)
    {
    }

    /// <summary>Lets the units that are not observed begin every run at zero, in place of what was learnt for them.</summary>
    public void BeginUnobservedAtZero()
    {
        if (InitialStateMap is { } map)
            Parameters.Set(map.Name, new double[map.Count]);
    }

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> state, Span<double> next) => Map().Step(state, next);

    /// <inheritdoc/>
    public void StepEach(ReadOnlySpan<double> states, Span<double> next)
    {
        // A block of lanes costs about as much as three states by themselves.
        if (states.Length <= 2 * Latent)
        {
            for (int at = 0; at < states.Length; at += Latent)
                Step(states.Slice(at, Latent), next.Slice(at, Latent));
            return;
        }
        KernelLanes? lanes = _lanes;
        if (lanes is null || lanes.Version != Parameters.Version)
            _lanes = lanes = new(this);
        lanes.Step(states, next);
    }

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => Map().Jacobian(state, jacobian);

    /// <inheritdoc/>
    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
        => Map().StepTangent(state, next, vectors, result);

    /// <summary>
    /// z_1 = [x; L x]: the observation, then the remaining units by the learned linear map; of an affine observation B+ x takes the place
    /// of x, of an <see cref="Observation"/> model what the encoder makes of x alone.
    /// </summary>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state)
    {
        if (observation.Length != Observed)
            throw new ArgumentException($"Expected {Observed} observed variables, found {observation.Length}.", nameof(observation));
        Infer(observation, state[..Read]);
        CompleteState(state);
    }

    /// <summary>
    /// The state after driving the network with data: from one row on, the observed units are replaced by the data before each of
    /// <paramref name="warmUp"/> steps, so that the others find their values.
    /// </summary>
    /// <param name="from">A series of the N observed variables.</param>
    /// <param name="start">The row to begin at.</param>
    /// <param name="warmUp">Steps; the state belongs to row <paramref name="start"/> +
    /// <paramref name="warmUp"/>, whose observation it holds.</param>
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
            throw new ArgumentException(
                $"A warm-up of {warmUp} steps from row {start} needs {(long)start + warmUp + 1} rows, found {from.Length}.", nameof(from));
        if (Readout is not null)
        {
            FreeRun.StateAt(this, from, start + warmUp).CopyTo(state);
            return;
        }
        InitialState(from.Row(start), state);
        IObservedMap driven = DrivenMap.Along(this, from.Inputs, start);
        for (int t = 1; t <= warmUp; t++)
        {
            driven.Step(state, state);
            Force(from.Row(start + t), state);
        }
    }

    /// <inheritdoc/>
    public TimeSeries Generate(TimeSeries from, int steps, int start = 0, int? warmUp = null)
        => FreeRun.AfterWarmUp(this, from, steps, start, warmUp);

    /// <inheritdoc cref="FreeRun.Along"/>
    public TimeSeries Generate(TimeSeries from, TimeSeries inputs, int start = 0, int? warmUp = null)
        => FreeRun.Along(this, from, inputs, start, warmUp);

    /// <summary>A new model of the given kind with initial parameters drawn from the seed.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="sizes">A value for each of <see cref="SizesOf"/> the kind.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <exception cref="ArgumentException">The kind is not known, or a size is missing, not one of its own, or not positive.</exception>
    public static RecurrentModel Create(string kind, IReadOnlyDictionary<string, int> sizes, ulong seed = 0)
    {
        RecurrentModel model = CreateBlank(kind, sizes);
        model.Draw(seed);
        return model;
    }

    /// <summary>All kinds that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Kinds => RecurrentKinds.Names;

    /// <summary>The sizes that a kind has: observed (N) and latent (M), and hidden (L) if there are hidden units.</summary>
    /// <exception cref="ArgumentException">The kind is not known.</exception>
    public static IReadOnlyList<string> SizesOf(string kind) => RecurrentKinds.Get(kind).Sizes;

    /// <summary>
    /// Values of the state for each unit with an output: an affine observation of M latent values reads at most M over these.
    /// </summary>
    /// <exception cref="ArgumentException">The kind is not known.</exception>
    public static int StatesOfUnit(string kind) => RecurrentKinds.Get(kind).StatesOfUnit;

    /// <summary>
    /// The tensors whose row i holds all that unit i becomes of, <see cref="RecurrentKind.UnitRows"/> of the kind; empty where it has none.
    /// </summary>
    /// <exception cref="ArgumentException">The kind is not known.</exception>
    public static IReadOnlyList<string> UnitRowsOf(string kind) => RecurrentKinds.Get(kind).UnitRows;

    /// <summary>How many parameters a network would have, without making it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="sizes">A value for each of its <see cref="SizesOf"/>.</param>
    /// <exception cref="ArgumentException">The kind is not known, or a size cannot be, or there would be too many.</exception>
    public static long CountParameters(string kind, IReadOnlyDictionary<string, int> sizes)
        => RecurrentKinds.Get(kind).TensorsOf(sizes).Sum(t => (long)t.Count);

    /// <summary>
    /// Makes a kind of one's own known by its name, to <see cref="Create"/>, to model files and to the
    /// models that have a recurrent network in them.
    /// </summary>
    /// <param name="kind">The kind; to register it again does nothing.</param>
    /// <exception cref="ArgumentException">There is another of that name, or it lacks the sizes observed and latent.</exception>
    public static void Register(RecurrentKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        RecurrentKinds.Register(kind);
    }

    /// <summary>A model whose parameters are all 0, for whoever brings them: drawing them takes O(M^3).</summary>
    internal static RecurrentModel CreateBlank(string kind, IReadOnlyDictionary<string, int> sizes)
    {
        RecurrentKind cell = RecurrentKinds.Get(kind);
        return cell.Create(cell.Checked(sizes));
    }

    /// <summary>
    /// The forward step and its adjoint on blocks of lanes, for a trainer; each call makes a new one, which the caller disposes of.
    /// </summary>
    /// <typeparam name="S">The lanes that the processor has.</typeparam>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public abstract RecurrentKernel<T> CreateKernel<S, T>()
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Sets the parameters that a network of this kind begins with.</summary>
    /// <remarks>The initial-state map L has been drawn and may be left as it is.</remarks>
    /// <param name="seed">Seed of the draw: the same seed, the same parameters.</param>
    protected abstract void Initialize(ulong seed);

    /// <summary>
    /// Makes the map as it is drawn contract, for a network within a larger model: a long sequence then neither explodes nor is forgotten
    /// at once. Leaves it as it is unless a kind says how.
    /// </summary>
    /// <param name="decay">What the weights that keep a unit's own state are multiplied with.</param>
    /// <param name="coupling">What the weights from one unit to another are multiplied with.</param>
    protected internal virtual void Contract(double decay, double coupling)
    {
    }

    /// <summary>Writes F(z) out in elementary operations, for programs without this library; null where a kind does not say how.</summary>
    /// <param name="program">Where the operations go.</param>
    /// <param name="state">z, M values.</param>
    /// <returns>F(z), M values, without what external inputs add.</returns>
    protected internal virtual VectorValue? Trace(VectorProgram program, VectorValue state) => null;

    /// <summary>Draws the initial parameters: Glorot-uniform L and C, then what <see cref="Initialize"/> sets.</summary>
    protected void Draw(ulong seed)
    {
        if (InitialStateMap is { } map)
            Parameters.Set(map.Name, InitialParameters.GlorotUniform(map.Rows, map.Columns, seed, "initial state"));
        if (InputWeights is { } weights)
            Parameters.Set(weights.Name, InitialParameters.GlorotUniform(weights.Rows, weights.Columns, seed, "input weights"));
        if (Readout is { } probabilistic)
            probabilistic.Draw(seed);
        else if (ObservationWeights is { } readout)
            Parameters.Set(readout.Name, InitialParameters.KaimingNormal(readout.Rows, readout.Columns, seed));
        Initialize(seed);
    }

    /// <summary>The spectral norm of a tensor that is a matrix.</summary>
    private protected double NormOf(string tensor)
    {
        ParameterTensor matrix = Parameters.Find(tensor)!;
        return MathNet.Numerics.LinearAlgebra.Matrix<double>.Build
            .DenseOfRowMajor(matrix.Rows, matrix.Columns, Parameters[tensor].ToArray()).L2Norm();
    }

    /// <summary>Multiplies a tensor.</summary>
    protected void Scale(string tensor, double factor) => Parameters.Set(tensor, [.. Parameters[tensor].ToArray().Select(v => factor * v)]);

    /// <summary>The map at the present parameters.</summary>
    private protected virtual RecurrentMap CreateMap() => new KernelMap(this);

    private RecurrentMap Map()
    {
        RecurrentMap? map = _map;
        if (map is null || map.Version != Parameters.Version)
            _map = map = CreateMap();
        return map;
    }
}
