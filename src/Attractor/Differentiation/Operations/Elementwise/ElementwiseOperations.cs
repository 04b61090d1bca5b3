using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>The elementwise operations, each one object, for the widest registers that this processor has.</summary>
internal static class ElementwiseOperations<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Operation<T> Unary<F>()
        where F : struct, IUnaryFunction
        => OfUnary<F>.Operation;

    public static Operation<T> Binary<F>()
        where F : struct, IBinaryFunction
        => OfBinary<F>.Operation;

    public static Operation<T> Scalar<F>()
        where F : struct, IScalarFunction
        => OfScalar<F>.Operation;

    private static class OfUnary<F>
        where F : struct, IUnaryFunction
    {
        public static readonly Operation<T> Operation = WidestLanes.Invoke<T, Construction, Operation<T>>(default);

        private readonly struct Construction : ILaneFunction<T, Operation<T>>
        {
            public Operation<T> Invoke<S>()
                where S : unmanaged, ILanes<S, T>
                => new UnaryOperation<S, T, F>();
        }
    }

    private static class OfBinary<F>
        where F : struct, IBinaryFunction
    {
        public static readonly Operation<T> Operation = WidestLanes.Invoke<T, Construction, Operation<T>>(default);

        private readonly struct Construction : ILaneFunction<T, Operation<T>>
        {
            public Operation<T> Invoke<S>()
                where S : unmanaged, ILanes<S, T>
                => new BinaryOperation<S, T, F>();
        }
    }

    private static class OfScalar<F>
        where F : struct, IScalarFunction
    {
        public static readonly Operation<T> Operation = new ScalarOperation<T, F>();
    }
}
