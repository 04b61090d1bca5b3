using Attractor.Differentiation;

namespace Attractor.Tests.Differentiation;

/// <summary>Every operation of the tape, at shapes with edges: one value, less than a block of lanes, more, broadcast both ways.</summary>
internal static class OperationCases
{
    private static readonly Shape[] s_shapes = [new(1, 1), new(1, 7), new(5, 1), new(3, 4), new(2, 16), new(3, 37)];

    private static readonly (Shape, Shape)[] s_pairs =
    [
        (new(1, 1), new(1, 1)), (new(3, 4), new(3, 4)), (new(3, 21), new(3, 21)), (new(3, 21), new(1, 21)), (new(1, 21), new(3, 21)),
        (new(3, 21), new(3, 1)),
        (new(3, 1), new(3, 21)), (new(3, 21), new(1, 1)), (new(1, 1), new(3, 21)), (new(3, 1), new(1, 5)), (new(1, 5), new(3, 1)),
        (new(17, 1), new(1, 1)), (new(1, 1), new(17, 1)),
        (new(17, 1), new(17, 1)), (new(1, 33), new(1, 33)), (new(2, 1), new(1, 40)),
    ];

    public static IReadOnlyDictionary<string, OperationCase> All { get; } = Unary().Concat(Binary()).Concat(Matrices()).Concat(Selections())
        .Concat(Compositions()).ToDictionary(c => c.ToString());

    private static double Positive(double x) => Math.Exp(x / 2);

    // At least 0.2 from 0.
    private static double Kinked(double x) => x + (0.2 * Math.Sign(x));

    private static IEnumerable<OperationCase> Unary()
    {
        foreach (Shape shape in s_shapes)
        {
            yield return new("Exp", [shape], x => x[0].Exp(), x => x[0].Exp());
            yield return new("Log", [shape], x => x[0].Log(), x => x[0].Log()) { From = Positive };
            yield return new("Sqrt", [shape], x => x[0].Sqrt(), x => x[0].Sqrt()) { From = Positive };
            yield return new("Square", [shape], x => x[0].Square(), x => x[0].Square());
            yield return new("Reciprocal", [shape], x => x[0].Reciprocal(), x => x[0].Reciprocal()) { From = Positive };
            yield return new("Abs", [shape], x => x[0].Abs(), x => x[0].Abs()) { From = Kinked };
            yield return new("Tanh", [shape], x => x[0].Tanh(), x => x[0].Tanh());
            yield return new("Sigmoid", [shape], x => x[0].Sigmoid(), x => x[0].Sigmoid());
            yield return new("Softplus", [shape], x => x[0].Softplus(), x => x[0].Softplus());
            yield return new("LogSigmoid", [shape], x => x[0].LogSigmoid(), x => x[0].LogSigmoid());
            yield return new("Relu", [shape], x => x[0].Relu(), x => x[0].Relu()) { From = Kinked };
            yield return new("LeakyRelu", [shape], x => x[0].LeakyRelu(0.2), x => x[0].LeakyRelu(0.2)) { From = Kinked };
            yield return new("Power", [shape], x => x[0].Power(2.5), x => x[0].Power(2.5)) { From = Positive };
            yield return new("Sin", [shape], x => x[0].Sin(), x => x[0].Sin());
            yield return new("Cos", [shape], x => x[0].Cos(), x => x[0].Cos());
            yield return new(
                "Scale and offset", [shape], x => 3 - (2 * ((-x[0] + 1.5) / 4) * 0.5) - 1, x => 3 - (2 * ((-x[0] + 1.5) / 4) * 0.5) - 1);
            yield return new("Inverse", [shape], x => 2 / x[0], x => 2 / x[0]) { From = Positive };
            yield return new("Sum", [shape], x => x[0].Sum(), x => x[0].Sum());
            yield return new("Mean", [shape], x => x[0].Mean(), x => x[0].Mean());
            yield return new("SumOverRows", [shape], x => x[0].SumOverRows(), x => x[0].SumOverRows());
            yield return new("SumOverColumns", [shape], x => x[0].SumOverColumns(), x => x[0].SumOverColumns());
            yield return new("LogSumExp", [shape], x => x[0].LogSumExp(), x => x[0].LogSumExp());
            yield return new("Softmax", [shape], x => x[0].Softmax(), x => x[0].Softmax());
            yield return new("LogSoftmax", [shape], x => x[0].LogSoftmax(), x => x[0].LogSoftmax());
            yield return new("Transpose", [shape], x => x[0].Transpose(), x => x[0].Transpose());
            yield return new("Reshape", [shape], x => x[0].Reshape(x[0].Columns, x[0].Rows), x => x[0].Reshape(x[0].Columns, x[0].Rows));
        }
    }

    private static IEnumerable<OperationCase> Binary()
    {
        foreach ((Shape a, Shape b) in s_pairs)
        {
            yield return new("Sum of two", [a, b], x => x[0] + x[1], x => x[0] + x[1]);
            yield return new("Difference", [a, b], x => x[0] - x[1], x => x[0] - x[1]);
            yield return new("Elementwise product", [a, b], x => x[0] * x[1], x => x[0] * x[1]);
            yield return new("Quotient", [a, b], x => x[0] / x[1], x => x[0] / x[1]) { From = Positive };
            yield return new("Maximum", [a, b], x => Variable<double>.Maximum(x[0], x[1]), x => Variable<float>.Maximum(x[0], x[1]));
            yield return new("Minimum", [a, b], x => Variable<double>.Minimum(x[0], x[1]), x => Variable<float>.Minimum(x[0], x[1]));
            yield return new(
                "BernoulliLogLikelihood", [a, b], x => x[0].BernoulliLogLikelihood(x[1]), x => x[0].BernoulliLogLikelihood(x[1]));
        }
    }

    private static IEnumerable<OperationCase> Matrices()
    {
        foreach ((int m, int n, int k) in ((int, int, int)[])[(1, 1, 1), (3, 2, 4), (5, 17, 1), (1, 33, 7), (13, 34, 9)])
        {
            yield return new(
                "Product", [new(m, k), new(k, n)], x => Variable<double>.Product(x[0], x[1]), x => Variable<float>.Product(x[0], x[1]));
            yield return new(
                "Product of the transpose with",
                [new(k, m), new(k, n)],
                x => Variable<double>.Product(x[0], x[1], transposeA: true),
                x => Variable<float>.Product(x[0], x[1], transposeA: true));
            yield return new(
                "Product with the transpose",
                [new(m, k), new(n, k)],
                x => Variable<double>.Product(x[0], x[1], transposeB: true),
                x => Variable<float>.Product(x[0], x[1], transposeB: true));
            yield return new(
                "Product of transposes",
                [new(k, m), new(n, k)],
                x => Variable<double>.Product(x[0], x[1], true, true),
                x => Variable<float>.Product(x[0], x[1], true, true));
            yield return new("Affine", [new(m, k), new(n, k), new(1, n)], x => x[0].Affine(x[1], x[2]), x => x[0].Affine(x[1], x[2]));
        }
    }

    private static IEnumerable<OperationCase> Selections()
    {
        yield return new("SliceRows", [new(5, 3)], x => x[0].SliceRows(1, 3), x => x[0].SliceRows(1, 3));
        yield return new("SliceRows of none", [new(5, 3)], x => x[0].SliceRows(5, 0), x => x[0].SliceRows(5, 0));
        yield return new("SliceColumns", [new(3, 40)], x => x[0].SliceColumns(2, 35), x => x[0].SliceColumns(2, 35));
        yield return new("GatherRows", [new(4, 19)], x => x[0].GatherRows([3, 0, 3, 3, 1]), x => x[0].GatherRows([3, 0, 3, 3, 1]));
        yield return new("Pick", [new(4, 3)], x => x[0].Pick([2, 0, 0, 1]), x => x[0].Pick([2, 0, 0, 1]));
        yield return new(
            "ConcatenateRows",
            [new(2, 3), new(1, 3), new(4, 3)],
            x => Variable<double>.ConcatenateRows(x),
            x => Variable<float>.ConcatenateRows(x));
        yield return new(
            "ConcatenateColumns",
            [new(2, 3), new(2, 1), new(2, 20)],
            x => Variable<double>.ConcatenateColumns(x),
            x => Variable<float>.ConcatenateColumns(x));
        yield return new(
            "StopGradient beside x", [new(3, 4)], x => x[0] * x[0].StopGradient() + x[0], x => x[0] * x[0].StopGradient() + x[0]);
    }

    private static IEnumerable<OperationCase> Compositions()
    {
        yield return new("x used twice", [new(3, 5)], x => (x[0] * x[0]) + x[0].Exp() - x[0], x => (x[0] * x[0]) + x[0].Exp() - x[0]);
        yield return new("x with itself broadcast", [new(1, 5)], x => x[0].Transpose() * x[0], x => x[0].Transpose() * x[0]);
        yield return new(
            "A network of two layers", [new(6, 4), new(9, 4), new(1, 9), new(2, 9), new(1, 2)],
            x => x[0].Affine(x[1], x[2]).Tanh().Affine(x[3], x[4]).LogSoftmax().Pick([0, 1, 1, 0, 1, 0]).Mean(),
            x => x[0].Affine(x[1], x[2]).Tanh().Affine(x[3], x[4]).LogSoftmax().Pick([0, 1, 1, 0, 1, 0]).Mean());
    }
}
