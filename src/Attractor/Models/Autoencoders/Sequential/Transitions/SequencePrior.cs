using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>p(z_{1:T}): N(0, I) at every step, or a learnt first step and a transition.</summary>
internal sealed class SequencePrior
{
    private readonly ParameterTensor? _mean, _logVariance;

    public SequencePrior(ParameterLayout layout, SequentialAutoencoderOptions options)
    {
        Transition = Transition.Create(layout, options);
        if (Transition is not null)
            (_mean, _logVariance) = (layout.Vector("initial.mean", options.Latent), layout.Vector("initial.log_variance", options.Latent));
    }

    public Transition? Transition { get; }

    /// <summary>The first step's moments: 1 x L each. Null for N(0, I).</summary>
    public DiagonalPosterior<T>? First<T>(TapeParameters<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Transition is null ? null : new(parameters[_mean!], parameters[_logVariance!]);

    /// <summary>The moments of every row given the row of the step before: rows x L each. Null for N(0, I).</summary>
    public DiagonalPosterior<T>? Moments<T>(TapeParameters<T> parameters, Variable<T> z, SequenceLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (First(parameters) is not { } first)
            return null;
        int[] ones = new int[layout.Rows];
        Variable<T> mean = first.Mean.GatherRows(ones.AsSpan(0, layout.Sequences)),
            logVariance = first.LogVariance.GatherRows(ones.AsSpan(0, layout.Sequences));
        if (layout.Steps == 1)
            return new(mean, logVariance);
        DiagonalPosterior<T> next = Transition!.Next(parameters, z.GatherRows(layout.PreviousRows()));
        Variable<T> nextLogVariance = next.LogVariance.Rows == next.Mean.Rows
            ? next.LogVariance
            : next.LogVariance.GatherRows(ones.AsSpan(layout.Sequences));
        return new(Variable<T>.ConcatenateRows(mean, next.Mean), Variable<T>.ConcatenateRows(logVariance, nextLogVariance));
    }

    public void Initialize(Span<double> values, RandomStream random) => Transition?.Initialize(values, random);
}
