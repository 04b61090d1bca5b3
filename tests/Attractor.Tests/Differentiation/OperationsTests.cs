using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Tests.Differentiation;

[Trait("Registers", "Any")]
public sealed class OperationsTests
{
    public static TheoryData<string> Cases => [.. OperationCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_agrees_with_central_differences(string name)
    {
        OperationCase operation = OperationCases.All[name];
        if (name.StartsWith("StopGradient", StringComparison.Ordinal))
            return; // Its whole point is another gradient: see TapeTests.
        double[] at = Inputs(operation);
        int outputs = Output(operation, at).Length;
        double[] cotangent = Random(outputs, "cotangent");
        GradientCheck check = Gradient.Check(x => WeightedSum(operation, x, cotangent), at);
        Assert.InRange(check.RelativeError, 0, outputs == 0 ? 0 : 1e-8);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_and_reverse_mode_are_adjoint(string name)
    {
        // <u, J v> = <J'u, v> whatever u and v.
        OperationCase operation = OperationCases.All[name];
        double[] at = Inputs(operation), direction = Random(at.Length, "direction");
        using Tape<double> tape = new();
        Variable<double>[] inputs = Put(tape, operation, at);
        Variable<double> output = operation.Double(inputs);
        double[] cotangent = Random(output.Shape.Count, "cotangent");
        double forward = 0, reverse = 0;
        tape.Backward(output, cotangent);
        double[][] gradients = [.. inputs.Select(x => x.Gradient.ToArray())];
        int offset = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] v = direction[offset..(offset += inputs[i].Shape.Count)];
            forward += Dot(cotangent, tape.JacobianVectorProduct(output, inputs[i], v));
            reverse += Dot(gradients[i], v);
        }
        Assert.Equal(reverse, forward, 1e-12 * Math.Max(1, Math.Abs(reverse)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float32_agrees_with_float64(string name)
    {
        OperationCase operation = OperationCases.All[name];
        double[] at = Inputs(operation);
        using Tape<double> tape = new();
        using Tape<float> single = new();
        Variable<double>[] inputs = Put(tape, operation, at);
        Variable<float>[] singles = new Variable<float>[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            singles[i] = single.Variable(inputs[i].Shape, [.. inputs[i].Value.ToArray().Select(x => (float)x)]);
        Variable<double> output = operation.Double(inputs);
        Variable<float> singleOutput = operation.Single(singles);
        AssertClose(output.Value, singleOutput.Value);
        double[] cotangent = Random(output.Shape.Count, "cotangent");
        tape.Backward(output, cotangent);
        single.Backward(singleOutput, [.. cotangent.Select(x => (float)x)]);
        for (int i = 0; i < inputs.Length; i++)
            AssertClose(inputs[i].Gradient, singles[i].Gradient);
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        double scale = 1;
        foreach (double x in expected)
            scale = Math.Max(scale, Math.Abs(x));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 3e-6 * scale);
    }

    private static (double Value, double[] Gradient) WeightedSum(OperationCase operation, double[] at, double[] cotangent)
    {
        using Tape<double> tape = new();
        Variable<double>[] inputs = Put(tape, operation, at);
        Variable<double> output = operation.Double(inputs);
        tape.Backward(output, cotangent);
        return (Dot(cotangent, output.Value), [.. inputs.SelectMany(x => x.Gradient.ToArray())]);
    }

    private static double[] Output(OperationCase operation, double[] at)
    {
        using Tape<double> tape = new();
        return operation.Double(Put(tape, operation, at)).Value.ToArray();
    }

    private static Variable<double>[] Put(Tape<double> tape, OperationCase operation, double[] at)
    {
        Variable<double>[] inputs = new Variable<double>[operation.Inputs.Length];
        for (int i = 0, offset = 0; i < inputs.Length; offset += operation.Inputs[i++].Count)
            inputs[i] = tape.Variable(operation.Inputs[i], at.AsSpan(offset, operation.Inputs[i].Count));
        return inputs;
    }

    private static double[] Inputs(OperationCase operation)
        => [.. Random(operation.Inputs.Sum(s => s.Count), "inputs").Select(operation.From)];

    private static double[] Random(int count, string purpose)
    {
        RandomStream random = new(1, purpose);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
