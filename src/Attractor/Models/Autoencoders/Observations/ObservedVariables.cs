using System.Numerics;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The D observed variables of one model: its <see cref="ObservationModel"/>, with where the parameters of that are among its own.
/// </summary>
internal sealed class ObservedVariables
{
    private readonly ParameterTensor[] _parameters;

    public ObservedVariables(ParameterLayout layout, ObservationModel model, int variables)
    {
        Model = model;
        _parameters = [.. model.Parameters.Select(p => layout.Vector("decoder." + p.Name, p.PerVariable ? variables : 1))];
    }

    public ObservationModel Model { get; }

    /// <summary>How many parameters there are of so many variables, before they are laid out.</summary>
    public static long ParameterCount(ObservationModel model, int variables)
        => model.Parameters.Sum(p => p.PerVariable ? (long)variables : 1);

    /// <summary>
    /// log p(x | z) of every variable: n x D. Either argument may be of one row, which then goes with every row of the other.
    /// </summary>
    /// <param name="parameters">The model's.</param>
    /// <param name="output">The decoder's output, n x D.</param>
    /// <param name="x">n x D.</param>
    public Variable<T> LogLikelihood<T>(TapeParameters<T> parameters, Variable<T> output, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Model.LogLikelihood(Array.ConvertAll(_parameters, p => parameters[p]), output, x);

    /// <summary>E[x | z] of one output of the decoder.</summary>
    public double Mean(double output, int variable, ReadOnlySpan<double> values)
        => Model.Mean(output, Of(variable, values, stackalloc double[_parameters.Length]));

    /// <summary>x drawn from p(x | z), for one output of the decoder and one of the variables.</summary>
    public double Sample(double output, int variable, ReadOnlySpan<double> values, RandomStream random)
        => Model.Sample(output, Of(variable, values, stackalloc double[_parameters.Length]), random);

    /// <inheritdoc cref="ObservationModel.Refusal"/>
    public string? Refusal(double x) => Model.Refusal(x);

    public void Initialize(Span<double> values)
    {
        for (int i = 0; i < _parameters.Length; i++)
            values.Slice(_parameters[i].Offset, _parameters[i].Count).Fill(Model.Parameters[i].Initial);
    }

    private ReadOnlySpan<double> Of(int variable, ReadOnlySpan<double> values, Span<double> own)
    {
        for (int i = 0; i < own.Length; i++)
            own[i] = values[_parameters[i].Offset + (_parameters[i].Rows == 1 ? 0 : variable)];
        return own;
    }
}
