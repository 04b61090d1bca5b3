using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>The tensors of a recurrent network within the parameters of a larger model.</summary>
internal sealed class RecurrentParameters
{
    private readonly string _kind;
    private readonly IReadOnlyDictionary<string, int> _sizes;
    private readonly ParameterTensor[] _own, _tensors;
    private readonly Lazy<RecurrentModel> _form;

    /// <param name="layout">Where they go, under the papers' names behind <paramref name="name"/>.</param>
    /// <param name="name">What the network is within the model.</param>
    /// <param name="kind">One of <see cref="RecurrentModel.Kinds"/>.</param>
    /// <param name="units">M, all of which count as observed.</param>
    /// <param name="hidden">L, of a kind that has hidden units.</param>
    public RecurrentParameters(ParameterLayout layout, string name, string kind, int units, int hidden)
        : this(layout, name, kind, SizesOf(kind, units, hidden))
    {
    }

    /// <param name="layout">Where they go, under the papers' names behind <paramref name="name"/>.</param>
    /// <param name="name">What the network is within the model.</param>
    /// <param name="kind">One of <see cref="RecurrentModel.Kinds"/>.</param>
    /// <param name="sizes">Of that kind.</param>
    public RecurrentParameters(ParameterLayout layout, string name, string kind, IReadOnlyDictionary<string, int> sizes)
    {
        (_kind, _sizes) = (kind, sizes);
        // It has values of its own, which whoever only counts parameters does without.
        _form = new(() => RecurrentModel.CreateBlank(kind, sizes));
        _own = [.. RecurrentKinds.Get(kind).TensorsOf(sizes)];
        _tensors = [.. _own.Select(
            t => t.Columns == 0 ? layout.Vector($"{name}.{t.Name}", t.Rows) : layout.Matrix($"{name}.{t.Name}", t.Rows, t.Columns))];
    }

    /// <summary>A network of the kind and sizes; its parameters are 0.</summary>
    public RecurrentModel Form => _form.Value;

    /// <summary>All of them as one row, as the kernels want them.</summary>
    public Variable<T> Row<T>(TapeParameters<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Variable<T>[] parts = [.. _tensors.Select(t => parameters[t].Reshape(1, t.Count))];
        return Variable<T>.ConcatenateColumns(parts);
    }

    /// <summary>
    /// The published initial parameters, with couplings weakened so that the map contracts at first: a long sequence neither explodes nor
    /// is it forgotten at once.
    /// </summary>
    public void Initialize(Span<double> values, ulong seed)
    {
        const double coupling = 0.1, decay = 0.95;
        RecurrentModel drawn = RecurrentModel.Create(_kind, _sizes, seed);
        drawn.Contract(decay, coupling);
        for (int i = 0; i < _tensors.Length; i++)
            drawn.Parameters[_own[i].Name].CopyTo(values[_tensors[i].Offset..]);
    }

    /// <summary>The network by itself, at these values of the larger model's parameters.</summary>
    public RecurrentModel ToModel(ReadOnlySpan<double> values)
    {
        RecurrentModel model = RecurrentModel.CreateBlank(_kind, _sizes);
        for (int i = 0; i < _tensors.Length; i++)
            model.Parameters.Set(_own[i].Name, values.Slice(_tensors[i].Offset, _tensors[i].Count));
        return model;
    }

    /// <summary>The sizes of a cell that has no others than units and hidden units.</summary>
    public static Dictionary<string, int> SizesOf(string kind, int units, int hidden)
        => RecurrentModel.SizesOf(kind).ToDictionary(s => s, s => s switch
        {
            RecurrentKind.Observed or RecurrentKind.Latent => units,
            "hidden" => hidden,
            _ => throw new ArgumentException($"The cell {kind} has the size '{s}'; give all its sizes.", nameof(kind)),
        });
}
