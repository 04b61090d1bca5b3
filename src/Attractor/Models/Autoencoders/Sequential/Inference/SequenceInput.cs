using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>Packed sequences on a tape.</summary>
/// <param name="X">rows x D, missing values 0.</param>
/// <param name="Present">rows x D, 1 or 0; null if nothing is missing.</param>
/// <param name="Layout">Which row is what.</param>
internal readonly record struct SequenceInput<T>(Variable<T> X, Variable<T>? Present, SequenceLayout Layout)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts them on a tape.</summary>
    public static SequenceInput<T> Of(Tape<T> tape, PackedSequences sequences)
    {
        Shape shape = new(sequences.Layout.Rows, sequences.Dimension);
        return new(
            Constant(tape, shape, sequences.Values),
            sequences.HasMissing ? Constant(tape, shape, sequences.Present) : null,
            sequences.Layout);
    }

    private static Variable<T> Constant(Tape<T> tape, Shape shape, ReadOnlySpan<double> values)
    {
        T[] converted = new T[values.Length];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = T.CreateTruncating(values[i]);
        return tape.Constant(shape, converted);
    }
}
