using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>
/// y_ij = f(a_ij, b_ij, ..), element by element in float64, where a matrix of one row stands for all rows, one of one column for all
/// columns. The derivatives are computed with the value and kept.
/// </summary>
internal sealed class PointwiseOperation<T, F> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IPointwise
{
    private static readonly PointwiseOperation<T, F> s_instance = new();

    /// <summary>Records the operation on the common shape of its inputs.</summary>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static Variable<T> Apply(params ReadOnlySpan<Variable<T>> inputs)
    {
        Shape shape = inputs[0].Shape;
        foreach (Variable<T> input in inputs)
            shape = Shape.Broadcast(shape, input.Shape);
        return inputs[0].Tape.Apply(s_instance, shape, checked(shape.Count * inputs.Length), inputs);
    }

    public override void Forward(OperationContext<T> context)
    {
        int count = context.InputCount;
        Span<double> inputs = stackalloc double[count], derivatives = stackalloc double[count];
        MatrixView<T> output = context.Output;
        for (int i = 0, next = 0; i < output.Rows; i++)
            for (int j = 0; j < output.Columns; j++)
            {
                for (int k = 0; k < count; k++)
                    inputs[k] = double.CreateTruncating(At(context.Input(k), i, j));
                output[i, j] = T.CreateTruncating(F.Evaluate(inputs, derivatives));
                for (int k = 0; k < count; k++)
                    context.Saved[next++] = T.CreateTruncating(derivatives[k]);
            }
    }

    public override void Backward(OperationContext<T> context)
    {
        int count = context.InputCount;
        for (int k = 0; k < count; k++)
        {
            if (!context.NeedsGradient(k))
                continue;
            MatrixView<T> target = context.InputGradient(k), source = context.OutputGradient;
            for (int i = 0, next = k; i < source.Rows; i++)
                for (int j = 0; j < source.Columns; j++, next += count)
                    At(target, i, j) += context.Saved[next] * source[i, j];
        }
    }

    public override void Tangent(OperationContext<T> context)
    {
        int count = context.InputCount;
        for (int k = 0; k < count; k++)
        {
            if (!context.HasTangent(k))
                continue;
            MatrixView<T> target = context.OutputTangent, source = context.InputTangent(k);
            for (int i = 0, next = k; i < target.Rows; i++)
                for (int j = 0; j < target.Columns; j++, next += count)
                    target[i, j] += context.Saved[next] * At(source, i, j);
        }
    }

    private static ref T At(MatrixView<T> matrix, int row, int column)
        => ref matrix[matrix.Rows == 1 ? 0 : row, matrix.Columns == 1 ? 0 : column];
}
