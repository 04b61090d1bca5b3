using System.Numerics;
using System.Numerics.Tensors;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A recurrent network that reads a sequence and answers at its end: z_t = F(z_{t-1}) + C x_t from
/// z_0 = 0, and y is the first N units of z_T.
/// </summary>
/// <remarks>
/// F is any of <see cref="RecurrentModel.Kinds"/>. Its tensors go by the papers' names behind <c>cell.</c> (<c>cell.A</c>), C is M x K.
/// With one unit, one input and <c>cell.W</c> = <c>cell.h</c> = 0 a PLRNN is the linear network s_k = w_rec s_{k-1} + w_x x_k. Reading is
/// thread-safe, setting parameters is not.
/// </remarks>
public sealed class DrivenNetwork : ILearntModel
{
    internal const string KindName = "driven";

    private const string InputName = "C";

    private readonly RecurrentParameters _cell;
    private readonly ParameterTensor _input;
    private readonly Lazy<DrivenRecurrence<float>> _single;
    private readonly Lazy<DrivenRecurrence<double>> _double;

    /// <summary>
    /// A network with initial parameters drawn from the seed: the published ones of the cell, contracted, and C uniform within 1 / sqrt(K).
    /// </summary>
    /// <param name="kind">The form of F, one of <see cref="RecurrentModel.Kinds"/>.</param>
    /// <param name="inputs">K, the variables of a sequence.</param>
    /// <param name="outputs">N.</param>
    /// <param name="units">M, at least N.</param>
    /// <param name="hidden">L, of a kind that has hidden units.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <exception cref="ArgumentException">The kind is not known, a size is not positive, or there are fewer units than
    /// outputs.</exception>
    public DrivenNetwork(string kind, int inputs, int outputs, int units, int hidden = 64, ulong seed = 0)
        : this(kind, RecurrentParameters.SizesOf(kind, units, hidden), inputs, outputs, seed)
    {
    }

    /// <summary>A network of a cell that may have other sizes than hidden units; initial parameters as above.</summary>
    /// <param name="kind">The form of F, one of <see cref="RecurrentModel.Kinds"/>.</param>
    /// <param name="cell">The sizes of F; all its units count as observed.</param>
    /// <param name="inputs">K, the variables of a sequence.</param>
    /// <param name="outputs">N.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <exception cref="ArgumentException">The kind is not known, a size is not one of its own or not positive, or there are fewer units
    /// than outputs.</exception>
    public DrivenNetwork(string kind, IReadOnlyDictionary<string, int> cell, int inputs, int outputs, ulong seed = 0)
        : this(inputs, outputs, kind, cell)
    {
        double[] values = new double[Parameters.Count];
        _cell.Initialize(values, seed);
        RandomStream random = new(seed, "input weights");
        double bound = 1 / Math.Sqrt(inputs);
        foreach (ref double value in values.AsSpan(_input.Offset, _input.Count))
            value = random.NextUniform(-bound, bound);
        Parameters.Set(values);
    }

    private DrivenNetwork(int inputs, int outputs, string kind, IReadOnlyDictionary<string, int> cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        ParameterLayout layout = new();
        _cell = new(layout, "cell", kind, cell);
        (Inputs, Outputs, Units) = (inputs, outputs, _cell.Form.Latent);
        ArgumentOutOfRangeException.ThrowIfLessThan(Units, outputs);
        if (_cell.Form.Observed != Units)
            throw new ArgumentException(
                $"All units of a driven network count as observed, found {_cell.Form.Observed} of {Units}.", nameof(cell));
        _input = layout.Matrix(InputName, Units, inputs);
        Parameters = new(layout.Tensors);
        (_single, _double) = (new(() => new(_cell.Form)), new(() => new(_cell.Form)));
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int ParameterCount => Parameters.Count;

    /// <inheritdoc/>
    public string Description
        => FormattableString.Invariant($"{CellKind} of {_cell.Form.Description}, {Inputs} inputs and {Outputs} outputs");

    /// <summary>The kind of F.</summary>
    public string CellKind => _cell.Form.Kind;

    /// <summary>The sizes of F.</summary>
    public IReadOnlyDictionary<string, int> CellSizes => _cell.Form.Sizes;

    /// <summary>K, the variables of a sequence.</summary>
    public int Inputs { get; }

    /// <summary>N, the values of an answer.</summary>
    public int Outputs { get; }

    /// <summary>M, the units.</summary>
    public int Units { get; }

    /// <summary>All parameters: those of the cell, then C.</summary>
    public ParameterBuffer Parameters { get; }

    /// <summary>The map F at the present parameters.</summary>
    public RecurrentModel Cell() => _cell.ToModel(Parameters.Values);

    /// <summary>The states along a sequence.</summary>
    /// <param name="x">T x K.</param>
    /// <returns>z_1 .. z_T: T x M. The answer is the first N values of the last row.</returns>
    /// <exception cref="ArgumentException">The series has another number of variables.</exception>
    public TimeSeries States(TimeSeries x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Dimension != Inputs)
            throw new ArgumentException($"The network reads {Inputs} variables, the series has {x.Dimension}.", nameof(x));
        RecurrentModel cell = Cell();
        ReadOnlySpan<double> c = Parameters[InputName];
        double[] states = new double[checked(x.Length * Units)], state = new double[Units];
        for (int t = 0; t < x.Length; t++)
        {
            cell.Step(state, state);
            for (int i = 0; i < Units; i++)
                state[i] += TensorPrimitives.Dot(c.Slice(i * Inputs, Inputs), x.Row(t));
            state.CopyTo(states, t * Units);
        }
        return new(states, Units, x.Dt);
    }

    /// <summary>A network whose parameters are all 0, for whoever brings them.</summary>
    internal static DrivenNetwork CreateBlank(string kind, IReadOnlyDictionary<string, int> cell, int inputs, int outputs)
        => new(inputs, outputs, kind, cell);

    /// <summary>
    /// C x of the inputs of all steps, rows x M: as it is added to the states, the gradient with
    /// respect to it is that with respect to them.
    /// </summary>
    internal Variable<T> Drive<T>(TapeParameters<T> parameters, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Variable<T>.Product(x, parameters[_input], transposeB: true);

    /// <summary>The states of all sequences at all their steps under a drive, rows x M.</summary>
    internal Variable<T> States<T>(TapeParameters<T> parameters, Variable<T> drive, SequenceLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        object recurrence = typeof(T) == typeof(float) ? _single.Value : _double.Value;
        return ((DrivenRecurrence<T>)recurrence).Apply(_cell.Row(parameters), drive, layout);
    }
}
