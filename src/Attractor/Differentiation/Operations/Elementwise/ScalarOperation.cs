using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>y_ij = f(x_ij), one by one in float64.</summary>
internal sealed class ScalarOperation<T, F> : Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where F : struct, IScalarFunction
{
    public override void Forward(OperationContext<T> context)
    {
        Span<T> x = context.Input(0).Values, y = context.Output.Values;
        for (int i = 0; i < x.Length; i++)
            y[i] = T.CreateTruncating(F.Value(double.CreateTruncating(x[i]), context.Argument));
    }

    public override void Backward(OperationContext<T> context)
        => AddProducts(context.Input(0).Values, context.OutputGradient.Values, context.InputGradient(0).Values, context.Argument);

    public override void Tangent(OperationContext<T> context)
        => AddProducts(context.Input(0).Values, context.InputTangent(0).Values, context.OutputTangent.Values, context.Argument);

    private static void AddProducts(Span<T> x, Span<T> source, Span<T> target, double a)
    {
        for (int i = 0; i < x.Length; i++)
            target[i] += T.CreateTruncating(F.Derivative(double.CreateTruncating(x[i]), a)) * source[i];
    }
}
