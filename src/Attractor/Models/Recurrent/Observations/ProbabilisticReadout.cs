using System.Numerics;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// p(x | z) = p(x | B z + b) of an <see cref="ObservationModel"/>, or of several of which each is of some of the variables, and the encoder
/// that tells the units that are read of x.
/// </summary>
/// <remarks>
/// B is (outputs of all variables) x R, modality by modality. What an observation model has besides is of each variable or of all. Real
/// variables are observed standardised, by the mean and the scale that the encoder has of them. sigma (R) is the standard deviation of the
/// signals about the states that the network predicts for them, which only training needs.
/// </remarks>
internal sealed class ProbabilisticReadout
{
    /// <summary>What the names of all its tensors but B begin with.</summary>
    public const string Prefix = "observation.";

    public const string Offset = Prefix + "b";

    private const string LogDeviation = Prefix + "log_sigma";
    private const double InitialDeviation = 0.3;

    // Nothing is counted beyond e to this; distributions want parameters that are neither 0 nor infinite.
    private const double MostDrawn = 200;

    private readonly ParameterBuffer _parameters;
    private readonly ParameterTensor _weights, _offset, _logDeviation;
    private readonly ParameterTensor[][] _own;
    private readonly int _mostOutputs, _mostOwn;

    public ProbabilisticReadout(ObservedModalities modalities, ParameterBuffer parameters)
    {
        (Modalities, _parameters) = (modalities, parameters);
        _weights = parameters.Find(RecurrentKind.ObservationWeights);
        (_offset, _logDeviation) = (parameters.Find(Offset), parameters.Find(LogDeviation));
        _own = [.. modalities.All.Select((m, i) => m.Model.Parameters.Select(p => parameters.Find(Own(modalities, i, p))).ToArray())];
        (_mostOutputs, _mostOwn) = (modalities.All.Max(m => m.Model.Outputs), _own.Max(o => o.Length));
        Encoder = new(modalities, parameters);
    }

    /// <summary>What the outputs mean.</summary>
    public ObservedModalities Modalities { get; }

    /// <summary>N.</summary>
    public int Observed => Modalities.Observed;

    /// <summary>R.</summary>
    public int Read => _weights.Columns;

    /// <summary>The other way round.</summary>
    public SignalEncoder Encoder { get; }

    /// <summary>The tensors of N variables and R units, B apart: names, rows and columns.</summary>
    public static IEnumerable<(string Name, long Rows, long Columns)> Tensors(ObservedModalities modalities, long read)
        => ((IEnumerable<(string, long, long)>)[(Offset, modalities.Outputs, 0), (LogDeviation, read, 0)])
            .Concat(modalities.All.SelectMany((m, i) => m.Model.Parameters.Select(
                p => (Own(modalities, i, p), p.PerVariable ? (long)m.Columns.Count : 1, 0L))))
            .Concat(SignalEncoder.Tensors(modalities.Features, read));

    /// <summary>Sets what the readout begins with: B normal of standard deviation 0.001, as published.</summary>
    public void Draw(ulong seed)
    {
        const double deviation = 1e-3;
        RandomStream random = new(seed, "observation");
        double[] b = new double[_weights.Count];
        foreach (ref double weight in b.AsSpan())
            weight = deviation * random.NextNormal();
        _parameters.Set(_weights.Name, b);
        _parameters.Set(LogDeviation, [.. Enumerable.Repeat(Math.Log(InitialDeviation), Read)]);
        for (int m = 0; m < _own.Length; m++)
            for (int i = 0; i < _own[m].Length; i++)
                _parameters.Set(
                    _own[m][i].Name, [.. Enumerable.Repeat(Modalities.All[m].Model.Parameters[i].Initial, _own[m][i].Count)]);
        Encoder.Draw(seed);
    }

    /// <summary>One row as <see cref="LogLikelihood"/> takes it: modality by modality, real variables standardised, 0 where one is
    /// missing.</summary>
    /// <param name="row">N values in the order of the columns; a missing one is NaN.</param>
    /// <param name="parameters">All parameters of the network.</param>
    /// <param name="arranged">N values are written.</param>
    public void Arrange<T>(ReadOnlySpan<double> row, ReadOnlySpan<T> parameters, Span<T> arranged)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int n = 0; n < Observed; n++)
        {
            ref readonly ObservedColumn column = ref Modalities[n];
            arranged[column.Place] = double.IsNaN(row[n]) ? T.Zero
                : ObservedModalities.IsStandardized(column.Model)
                    ? Encoder.Standardized(T.CreateTruncating(row[n]), parameters, column.Feature)
                    : T.CreateTruncating(row[n]);
        }
    }

    /// <summary>log p(x | z) of every value, nats, of real variables in their standardised units: n x N.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="units">Of the units that are read, n x R.</param>
    /// <param name="x">n x N, each row as of <see cref="Arrange"/>; so is the result.</param>
    public Variable<T> LogLikelihood<T>(TapeParameters<T> parameters, Variable<T> units, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Variable<T> outputs = units.Affine(parameters[_weights], parameters[_offset]);
        if (_own.Length == 1)
            return Modalities.All[0].Model.LogLikelihood(Array.ConvertAll(_own[0], p => parameters[p]), outputs, x);
        Variable<T>[] each = new Variable<T>[_own.Length];
        for (int m = 0, place = 0, output = 0; m < each.Length; m++)
        {
            Modality modality = Modalities.All[m];
            int variables = modality.Columns.Count, width = variables * modality.Model.Outputs;
            each[m] = modality.Model.LogLikelihood(
                Array.ConvertAll(_own[m], p => parameters[p]), outputs.SliceColumns(output, width), x.SliceColumns(place, variables));
            (place, output) = (place + variables, output + width);
        }
        return Variable<T>.ConcatenateColumns(each);
    }

    /// <summary>
    /// -log N(signal; state, sigma^2) of every unit, n x R, up to a constant: how far the signals are from what the network predicts.
    /// </summary>
    public Variable<T> Inconsistency<T>(TapeParameters<T> parameters, Variable<T> signals, Variable<T> states)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Variable<T> log = parameters[_logDeviation];
        return (((signals - states) * (-log).Exp()).Square() * 0.5) + log;
    }

    /// <summary>E[x | z] of all variables.</summary>
    public void Mean(ReadOnlySpan<double> units, Span<double> x) => Each(units, x, null);

    /// <summary>x drawn from p(x | z).</summary>
    public void Sample(ReadOnlySpan<double> units, Span<double> x, RandomStream random) => Each(units, x, random);

    private void Each(ReadOnlySpan<double> units, Span<double> x, RandomStream? random)
    {
        ReadOnlySpan<double> values = _parameters.Values;
        int read = Read;
        Span<double> allOutputs = stackalloc double[_mostOutputs], allOwn = stackalloc double[_mostOwn];
        for (int n = 0; n < Observed; n++)
        {
            ref readonly ObservedColumn column = ref Modalities[n];
            ParameterTensor[] tensors = _own[column.Modality];
            Span<double> outputs = allOutputs[..column.Model.Outputs], own = allOwn[..tensors.Length];
            for (int i = 0, row = column.Output; i < outputs.Length; i++, row++)
            {
                double sum = values[_offset.Offset + row];
                for (int r = 0; r < read; r++)
                    sum += values[_weights.Offset + (row * read) + r] * units[r];
                outputs[i] = sum;
            }
            for (int i = 0; i < own.Length; i++)
                own[i] = values[tensors[i].Offset + (column.Model.Parameters[i].PerVariable ? column.Index : 0)];
            x[n] = One(column, outputs, own, random);
        }
    }

    private double One(in ObservedColumn column, Span<double> outputs, ReadOnlySpan<double> own, RandomStream? random)
    {
        // A state that has left all bounds has none.
        if (!VectorOperations.AreFinite(outputs))
            return double.NaN;
        if (ObservedModalities.IsStandardized(column.Model))
            return Encoder.InUnits(
                random is null ? column.Model.Mean(outputs, own) : column.Model.Sample(outputs, own, random), column.Feature);
        if (random is null)
            return column.Model.Mean(outputs, own);
        foreach (ref double output in outputs)
            output = Math.Clamp(output, -MostDrawn, MostDrawn);
        return column.Model.Sample(outputs, own, random);
    }

    // Of several modalities each has its number, from 1.
    private static string Own(ObservedModalities modalities, int modality, ObservationParameter parameter)
        => modalities.All.Count == 1
            ? Prefix + parameter.Name
            : FormattableString.Invariant($"{Prefix}{modality + 1}.{parameter.Name}");
}
