using System.Numerics;
using System.Runtime.Intrinsics;
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
        public static readonly Operation<T> Operation = Vector512.IsHardwareAccelerated ? new UnaryOperation<Lanes512<T>, T, F>()
            : Vector256.IsHardwareAccelerated ? new UnaryOperation<Lanes256<T>, T, F>()
            : new UnaryOperation<Lanes128<T>, T, F>();
    }

    private static class OfBinary<F>
        where F : struct, IBinaryFunction
    {
        public static readonly Operation<T> Operation = Vector512.IsHardwareAccelerated ? new BinaryOperation<Lanes512<T>, T, F>()
            : Vector256.IsHardwareAccelerated ? new BinaryOperation<Lanes256<T>, T, F>()
            : new BinaryOperation<Lanes128<T>, T, F>();
    }

    private static class OfScalar<F>
        where F : struct, IScalarFunction
    {
        public static readonly Operation<T> Operation = new ScalarOperation<T, F>();
    }
}
