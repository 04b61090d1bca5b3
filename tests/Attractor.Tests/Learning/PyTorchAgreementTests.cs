using System.Text.Json;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning;

[Trait("Registers", "Narrow")]
public sealed unsafe class PyTorchAgreementTests
{
    [Theory]
    [InlineData("adam")]
    [InlineData("radam")]
    [InlineData("sgd")]
    public void Optimisers_take_the_steps_of_PyTorch(string name)
    {
        Optimizer optimizer = name switch { "adam" => Optimizer.Adam(), "radam" => Optimizer.RAdam(), _ => Optimizer.Sgd(0.9) };
        JsonElement golden = Golden.Read("pytorch.golden.json").GetProperty("optimisers").EnumerateArray().Single(
            o => o.GetProperty("name").GetString() == name);
        LinearStream stream = new(7);
        using AlignedBuffer<double> theta = new(8), gradient = new(8), moments = new(16);
        stream.Take(5).CopyTo(theta.Span);
        double** pointers = stackalloc double*[optimizer.MomentCount];
        for (int i = 0; i < optimizer.MomentCount; i++)
            pointers[i] = moments.Pointer + (8 * i);
        long step = 0;
        foreach (JsonElement expected in golden.GetProperty("path").EnumerateArray())
        {
            stream.Take(5).CopyTo(gradient.Span);
            optimizer.Apply<Lanes256<double>, double>(new(theta.Pointer, gradient.Pointer, 5), pointers, 8, 0.01, ++step);
            double[] values = expected.Doubles();
            for (int i = 0; i < values.Length; i++)
                Assert.Equal(values[i], theta.Span[i], 1e-14);
        }
    }

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string kind in LibraryCells.PiecewiseLinear)
            foreach (string forcing in (string[])["stf", "gtf", "warm-up"])
                cases.Add(kind, forcing);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_gradient_are_those_of_PyTorch_autograd(string kind, string forcing)
    {
        JsonElement golden = Golden.Read("pytorch.golden.json").GetProperty("gradients").EnumerateArray()
            .Single(g => g.GetProperty("model").GetString() == kind && g.GetProperty("forcing").GetString() == forcing);
        (int batch, int steps, int n, int m, int l) = (9, 40, 3, 6, 21);
        RecurrentModel model = BpttGradientTests.Model(kind, n, m, l, seed: 0);
        LinearStream stream = new(11);
        foreach (ParameterTensor tensor in model.Parameters.Tensors)
            model.Parameters.Set(tensor.Name, stream.Take(tensor.Count, tensor.Name switch { "W1" or "W" => 0.25, "W2" => 0.5, _ => 1 }));
        BpttGradientTests.ClearDiagonal(model);
        TimeSeries[] windows = [.. Enumerable.Range(0, batch).Select(_ => new TimeSeries(stream.Take((steps + 1) * n), n))];
        TrainingOptions options = forcing switch
        {
            "stf" => new() { Forcing = TeacherForcing.Sparse(7), SequenceLength = steps },
            "gtf" => new() { Forcing = TeacherForcing.Generalized(0.2), SequenceLength = steps },
            _ => new() { Forcing = TeacherForcing.Sparse(10), WarmUp = 6, SequenceLength = steps },
        };

        (double loss, double[] gradient) = Training.LossAndGradient(model, windows, options);

        double expectedLoss = golden.GetProperty("loss").GetDouble();
        Assert.Equal(expectedLoss, loss, 1e-12 * expectedLoss);
        double[] expected = golden.GetProperty("gradient").Doubles();
        double scale = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, gradient.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], gradient[i], 1e-11 * scale);
    }
}
