using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>A recurrence over the data whose state at t stands for x_{1:t}, or going backward for x_{t:T}.</summary>
internal abstract class SequenceEncoder
{
    /// <summary>h of all rows: rows x D to rows x H.</summary>
    public abstract Variable<T> Encode<T>(TapeParameters<T> parameters, Variable<T> x, SequenceLayout layout, TimeDirection direction)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    public abstract void Initialize(Span<double> values, RandomStream random);

    public static SequenceEncoder Create(ParameterLayout layout, SequentialAutoencoderOptions options) => options.Encoder switch
    {
        EncoderCell.Gru => new GatedEncoder(layout, options),
        EncoderCell.Plrnn => new DrivenEncoder(layout, "plrnn", options),
        EncoderCell.ShallowPlrnn => new DrivenEncoder(layout, "shplrnn", options),
        _ => new DrivenEncoder(layout, "clipped-shplrnn", options),
    };
}
