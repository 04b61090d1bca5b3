using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models;

public sealed class AffineStackTests
{
    private const int Rows = 5, Inputs = 7;

    public static TheoryData<LayerActivation, int> Cases()
    {
        TheoryData<LayerActivation, int> cases = [];
        foreach (LayerActivation activation in Enum.GetValues<LayerActivation>())
            foreach (int layers in (int[])[0, 1, 3])
                cases.Add(activation, layers);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public unsafe void A_stack_is_a_loop_over_its_layers(LayerActivation activation, int count)
    {
        int[] sizes = [.. Enumerable.Range(0, count).Select(l => 6 - l)];
        ParameterLayout layout = new();
        AffineStack stack = new(layout, "body", Inputs, sizes, activation);
        Assert.Equal(count == 0 ? Inputs : sizes[^1], stack.Outputs);
        Assert.Equal(2 * count, layout.Tensors.Count);
        double[] values = new double[layout.Tensors.Sum(t => t.Count)];
        RandomStream random = new(3, "layers");
        stack.Initialize(values, random);
        double[] x = [.. Enumerable.Range(0, Rows * Inputs).Select(_ => 3 * random.NextNormal())];
        using Tape<double> tape = new(threads: 1);
        TapeParameters<double> parameters = new(tape, layout.Tensors);
        double[] found;
        fixed (double* pointer = values)
        {
            parameters.Put(pointer, null);
            found = stack.Apply(parameters, tape.Constant(new(Rows, Inputs), x)).Value.ToArray();
        }
        Assert.Equal(Plain(x, values, layout.Tensors, activation), found, (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void Parameters_begin_uniform_within_one_over_the_root_of_the_inputs()
    {
        ParameterLayout layout = new();
        AffineLayer layer = new(layout, "layer", 100, 200);
        double[] values = new double[layout.Tensors.Sum(t => t.Count)];
        layer.Initialize(values, new(1, "layers"));
        Assert.All(values, v => Assert.InRange(v, -0.1, 0.1));
        // The variance of 20,200 uniform values is known to about one in a hundred.
        Assert.Equal(0.01 / 3, values.Average(v => v * v), 1e-4);
        Assert.Equal(["layer.weight", "layer.bias"], layout.Tensors.Select(t => t.Name));
        Assert.Equal([200, 100], layer.Weight.Shape);
        Assert.Equal([200], layer.Bias.Shape);
    }

    [Fact]
    public void A_tensor_of_another_model_is_refused()
    {
        ParameterLayout one = new(), two = new();
        AffineLayer layer = new(one, "layer", 2, 3), other = new(two, "layer", 2, 3);
        using Tape<double> tape = new();
        TapeParameters<double> parameters = new(tape, one.Tensors);
        Assert.Contains(
            "layer.weight is not of this model",
            Assert.Throws<ArgumentException>(() => parameters[other.Weight]).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "two tensors 'layer.weight'",
            Assert.Throws<ArgumentException>(() => new AffineLayer(one, "layer", 2, 3)).Message,
            StringComparison.Ordinal);
        Assert.Equal(0, layer.Weight.Index);
    }

    private static double[] Plain(double[] x, double[] values, IReadOnlyList<ParameterTensor> tensors, LayerActivation activation)
    {
        int inputs = Inputs;
        for (int l = 0; l < tensors.Count; l += 2)
        {
            int outputs = tensors[l].Rows;
            double[] y = new double[Rows * outputs];
            for (int n = 0; n < Rows; n++)
                for (int o = 0; o < outputs; o++)
                {
                    double sum = values[tensors[l + 1].Offset + o];
                    for (int i = 0; i < inputs; i++)
                        sum += values[tensors[l].Offset + (o * inputs) + i] * x[(n * inputs) + i];
                    y[(n * outputs) + o] = activation switch
                    {
                        LayerActivation.Relu => Math.Max(0, sum),
                        LayerActivation.LeakyRelu => sum > 0 ? sum : 0.2 * sum,
                        LayerActivation.Tanh => Math.Tanh(sum),
                        LayerActivation.Sigmoid => 1 / (1 + Math.Exp(-sum)),
                        _ => Math.Log(1 + Math.Exp(sum)),
                    };
                }
            (x, inputs) = (y, outputs);
        }
        return x;
    }
}
