using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>p(x | z): what the last layer of a decoder means.</summary>
internal sealed class ObservationModel
{
    private readonly ParameterTensor? _logVariance;

    public ObservationModel(ParameterLayout layout, Observation kind, int variables)
    {
        (Kind, Variables) = (kind, variables);
        _logVariance = kind switch
        {
            Observation.Gaussian => layout.Vector("decoder.log_variance", variables),
            Observation.IsotropicGaussian => layout.Vector("decoder.log_variance", 1),
            _ => null,
        };
    }

    public Observation Kind { get; }

    public int Variables { get; }

    /// <summary>The variance's parameter: log sigma^2 of each variable, or of all.</summary>
    public ParameterTensor? LogVariance => _logVariance;

    /// <summary>log p(x | z) of every variable: n x D. Either argument may be of one row, which then goes with every row of the other.</summary>
    /// <param name="parameters">The model's.</param>
    /// <param name="output">The decoder's output, n x D.</param>
    /// <param name="x">n x D.</param>
    public Variable<T> LogLikelihood<T>(TapeParameters<T> parameters, Variable<T> output, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (Kind)
        {
            case Observation.Bernoulli:
                return output.BernoulliLogLikelihood(x);
            case Observation.Poisson:
                return (output * x) - output.Exp() - LogFactorials(x);
            default:
                Variable<T> logVariance = parameters[_logVariance!];
                return ((x - output).Square() * (-logVariance).Exp() + logVariance + Math.Log(2 * Math.PI)) * -0.5;
        }
    }

    /// <summary>E[x | z] of one output of the decoder.</summary>
    public double Mean(double output) => Kind switch
    {
        Observation.Bernoulli => Logistic.Sigmoid(output),
        Observation.Poisson => Math.Exp(output),
        _ => output,
    };

    /// <summary>x drawn from p(x | z), for one output of the decoder and one of the variables.</summary>
    public double Sample(double output, int variable, ReadOnlySpan<double> parameters, RandomStream random) => Kind switch
    {
        Observation.Bernoulli => random.NextDouble() < Logistic.Sigmoid(output) ? 1 : 0,
        Observation.Poisson => new Poisson(Math.Exp(output)).Sample(random),
        _ => output + (Math.Exp(0.5 * parameters[_logVariance!.Offset + (_logVariance.Rows == 1 ? 0 : variable)]) * random.NextNormal()),
    };

    /// <summary>Why a value cannot be observed; null if it can.</summary>
    public string? Refusal(double x) => Kind switch
    {
        Observation.Bernoulli when !(x is >= 0 and <= 1) => "a Bernoulli decoder observes 0 to 1",
        Observation.Poisson when !(x >= 0 && x == Math.Floor(x) && x < double.PositiveInfinity) => "a Poisson decoder observes counts: 0, 1, 2, ..",
        _ when !double.IsFinite(x) => "a value is missing or not finite",
        _ => null,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Variable<T> LogFactorials<T>(Variable<T> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[counts.Shape.Count];
        ReadOnlySpan<T> x = counts.Value;
        for (int i = 0; i < values.Length; i++)
            values[i] = x[i] <= T.One ? T.Zero : T.CreateTruncating(LogGamma.Of(double.CreateTruncating(x[i]) + 1));
        return counts.Tape.Constant(counts.Shape, values);
    }
}
