using System.Numerics;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// p(x | z) = p(x | B z + b) of an <see cref="ObservationModel"/>, and the encoder that tells the units that are read of x.
/// </summary>
/// <remarks>
/// B is (N outputs) x R. What the observation model has besides is of each variable or of all. sigma (R) is the standard deviation of the
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
    private readonly ParameterTensor[] _own;

    public ProbabilisticReadout(ObservationModel model, ParameterBuffer parameters, int observed)
    {
        (Model, _parameters, Observed) = (model, parameters, observed);
        _weights = parameters.Find(RecurrentKind.ObservationWeights);
        (_offset, _logDeviation) = (parameters.Find(Offset), parameters.Find(LogDeviation));
        _own = [.. model.Parameters.Select(p => parameters.Find(Own(p)))];
        Encoder = new(model, parameters);
    }

    /// <summary>What the outputs mean.</summary>
    public ObservationModel Model { get; }

    /// <summary>N.</summary>
    public int Observed { get; }

    /// <summary>R.</summary>
    public int Read => _weights.Columns;

    /// <summary>The other way round.</summary>
    public SignalEncoder Encoder { get; }

    /// <summary>The tensors of N variables and R units, B apart: names, rows and columns.</summary>
    public static IEnumerable<(string Name, long Rows, long Columns)> Tensors(ObservationModel model, long observed, long read)
        => ((IEnumerable<(string, long, long)>)[(Offset, observed * model.Outputs, 0), (LogDeviation, read, 0)])
            .Concat(model.Parameters.Select(p => (Own(p), p.PerVariable ? observed : 1, 0L)))
            .Concat(SignalEncoder.Tensors(observed * model.Features, read));

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
        for (int i = 0; i < _own.Length; i++)
            _parameters.Set(_own[i].Name, [.. Enumerable.Repeat(Model.Parameters[i].Initial, _own[i].Count)]);
        Encoder.Draw(seed);
    }

    /// <summary>log p(x | z) of every value, nats: n x N.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="units">Of the units that are read, n x R.</param>
    /// <param name="x">n x N.</param>
    public Variable<T> LogLikelihood<T>(TapeParameters<T> parameters, Variable<T> units, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Model.LogLikelihood(
            Array.ConvertAll(_own, p => parameters[p]), units.Affine(parameters[_weights], parameters[_offset]), x);

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
        int each = Model.Outputs, read = Read;
        Span<double> outputs = stackalloc double[each], own = stackalloc double[_own.Length];
        for (int n = 0, row = 0; n < Observed; n++)
        {
            for (int i = 0; i < each; i++, row++)
            {
                double sum = values[_offset.Offset + row];
                for (int r = 0; r < read; r++)
                    sum += values[_weights.Offset + (row * read) + r] * units[r];
                outputs[i] = sum;
            }
            for (int i = 0; i < own.Length; i++)
                own[i] = values[_own[i].Offset + (_own[i].Rows == 1 ? 0 : n)];
            // A state that has left all bounds has none.
            if (!VectorOperations.AreFinite(outputs))
            {
                x[n] = double.NaN;
                continue;
            }
            if (random is null)
            {
                x[n] = Model.Mean(outputs, own);
                continue;
            }
            foreach (ref double output in outputs)
                output = Math.Clamp(output, -MostDrawn, MostDrawn);
            x[n] = Model.Sample(outputs, own, random);
        }
    }

    private static string Own(ObservationParameter parameter) => Prefix + parameter.Name;
}
