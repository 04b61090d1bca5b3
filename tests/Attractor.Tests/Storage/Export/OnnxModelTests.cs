using Attractor.Models;
using Attractor.Storage;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Attractor.Tests.Storage;

/// <summary>A runtime of ONNX reads what is written, and computes what the programs do, several states at once.</summary>
public sealed class OnnxModelTests
{
    private const int Rows = 3;

    public static TheoryData<string> Names => [.. ExportedModels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_runtime_computes_what_the_programs_say(string name)
    {
        IGenerativeModel model = ExportedModels.Of(name);
        foreach (VectorProgram program in ModelPrograms.Of(model))
            Compare<double>(program, model, ExportPrecision.Double, 1e-11);
    }

    [Theory]
    [InlineData("shplrnn")]
    [InlineData("gru")]
    [InlineData("esn")]
    public void So_it_does_with_32_bits(string name)
    {
        IGenerativeModel model = ExportedModels.Of(name);
        foreach (VectorProgram program in ModelPrograms.Of(model))
            Compare<float>(program, model, ExportPrecision.Single, 1e-4);
    }

    [Fact]
    public void So_do_encoder_and_decoder()
    {
        VariationalAutoencoder model = new(
            new() { Observed = 3, Latent = 2, Layers = [5, 4], Activation = LayerActivation.LeakyRelu, Seed = 4 });
        foreach (VectorProgram program in ModelPrograms.Of(model))
            Compare<double>(program, model, ExportPrecision.Double, 1e-12);
    }

    private static void Compare<T>(VectorProgram program, ILearntModel model, ExportPrecision precision, double tolerance)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        using MemoryStream file = new();
        OnnxModel.Write(file, program, model, precision);
        using InferenceSession session = new(file.ToArray());
        (string Name, VectorValue Value)[] inputs = [.. program.Inputs];
        double[][][] rows = [.. Enumerable.Range(0, Rows).Select(row => inputs
            .Select(input => (double[])[.. Enumerable.Range(0, input.Value.Length).Select(i => 3 * Math.Sin(i + row))]).ToArray())];
        NamedOnnxValue[] given = [.. inputs.Select((input, at) => NamedOnnxValue.CreateFromTensor(
            input.Name,
            new DenseTensor<T>(
                rows.SelectMany(row => row[at]).Select(T.CreateTruncating).ToArray(), [Rows, input.Value.Length])))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(given);
        for (int row = 0; row < Rows; row++)
        {
            double[][] expected = program.Run(rows[row]);
            foreach ((int at, (string output, VectorValue value)) in program.Outputs.Index())
            {
                Tensor<T> found = results.Single(r => r.Name == output).AsTensor<T>();
                Assert.Equal([Rows, value.Length], found.Dimensions.ToArray());
                for (int i = 0; i < value.Length; i++)
                    Assert.Equal(expected[at][i], double.CreateTruncating(found[row, i]), tolerance * (100 + Math.Abs(expected[at][i])));
            }
        }
    }
}
