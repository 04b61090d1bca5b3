using System.Text.Json;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;
using Attractor.Tests.Learning;

namespace Attractor.Tests.Models.Recurrent.Gated;

[Trait("Registers", "Any")]
public sealed unsafe class SaturatingNetworkTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    public static TheoryData<int> Networks() => [0, 1, 2, 3];

    public static TheoryData<string, int, int> Models() => new()
    {
        { "rnn", 2, 7 },
        { "gru", 2, 7 },
        { "lstm", 2, 6 },
        { "lstm", 3, 6 },
        { "lstm", 3, 34 },
        { "gru", 3, 70 },
    };

    // Differences take two passes for each parameter.
    public static TheoryData<string, int, int> Small() => new(Models().Where(m => m.Data.Item3 < 10));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_path);

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_runs_freely_as_in_PyTorch(int index)
    {
        (JsonElement golden, RecurrentModel model, _, double[] state) = Read(index);
        foreach (JsonElement expected in golden.GetProperty("run").EnumerateArray())
        {
            model.Step(state, state);
            Assert.All(expected.Doubles().Zip(state), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Loss_and_gradient_are_those_of_PyTorch_autograd(int index)
    {
        (JsonElement golden, RecurrentModel model, TimeSeries[] windows, _) = Read(index);
        foreach (JsonElement expected in golden.GetProperty("gradients").EnumerateArray())
        {
            int tau = expected.GetProperty("tau").GetInt32();
            TeacherForcing forcing = tau > 0
                ? TeacherForcing.Sparse(tau)
                : TeacherForcing.Generalized(expected.GetProperty("alpha").GetDouble());
            (double loss, double[] gradient) = Training.LossAndGradient(model, windows, new() { Forcing = forcing, SequenceLength = 31 });
            Assert.Equal(expected.GetProperty("loss").GetDouble(), loss, 1e-12 * loss);
            double[] values = expected.GetProperty("gradient").Doubles();
            double scale = values.Max(Math.Abs);
            Assert.Equal(values.Length, gradient.Length);
            for (int i = 0; i < values.Length; i++)
                Assert.Equal(values[i], gradient[i], 1e-10 * scale);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Ten_updates_lead_where_PyTorch_is_led(int index)
    {
        (JsonElement golden, RecurrentModel model, TimeSeries[] windows, _) = Read(index);
        Training.Fit(
            model,
            windows[0],
            new()
            {
                Forcing = TeacherForcing.Generalized(0.3),
                SequenceLength = 31,
                BatchSize = 1,
                Updates = 10,
                Optimizer = Optimizer.Adam(),
                LearningRate = LearningRateSchedule.Constant(1e-2),
                GradientClip = 0,
                Precision = Precision.Float64,
            },
            cancellationToken: Token);
        Assert.All(
            golden.GetProperty("trained").Doubles().Zip(model.Parameters.Values.ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    [Theory]
    [Trait("Registers", "Slow without")]
    [MemberData(nameof(Small))]
    public void Gradients_are_those_of_central_differences_under_every_forcing(string kind, int observed, int latent)
    {
        RecurrentModel model = Model(kind, observed, latent);
        TimeSeries[] windows = BpttGradientTests.Windows(observed, count: 9, 24, seed: 3);
        windows[1] = MissingValues(windows[1]);
        foreach (TeacherForcing forcing in (TeacherForcing[])
            [TeacherForcing.Generalized(0), TeacherForcing.Generalized(0.2), TeacherForcing.Generalized(1), TeacherForcing.Sparse(5)])
            foreach (int warmUp in (int[])[0, 3])
            {
                TrainingOptions options = new()
                {
                    Forcing = forcing,
                    SequenceLength = 23,
                    WarmUp = warmUp,
                    Missing = Attractor.Learning.MissingValues.Model
                };
                GradientCheck check = Gradient.Check(
                    parameters =>
                    {
                        model.Parameters.Set(parameters);
                        return Training.LossAndGradient(model, windows, options);
                    },
                    model.Parameters.Values,
                    step: 1e-6);
                Assert.True(
                    check.RelativeError <= 1e-6,
                    $"{forcing}: component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
            }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_kernel_takes_the_steps_of_the_map_on_registers_of_every_width(string kind, int observed, int latent)
    {
        RecurrentModel model = Model(kind, observed, latent);
        RecurrentModelTests.AssertLanesStepAsTheModelDoes<Lanes512<double>, double>(model, 1e-13);
        RecurrentModelTests.AssertLanesStepAsTheModelDoes<Lanes256<double>, double>(model, 1e-13);
        RecurrentModelTests.AssertLanesStepAsTheModelDoes<Lanes128<double>, double>(model, 1e-13);
        RecurrentModelTests.AssertLanesStepAsTheModelDoes<Lanes512<float>, float>(model, 1e-4);
        RecurrentModelTests.AssertLanesStepAsTheModelDoes<Lanes256<float>, float>(model, 1e-4);
        RecurrentModelTests.AssertLanesStepAsTheModelDoes<Lanes128<float>, float>(model, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_Jacobian_is_that_of_differences(string kind, int observed, int latent)
    {
        RecurrentModel model = Model(kind, observed, latent);
        double[] state = RecurrentModelTests.State(latent), jacobian = new double[latent * latent], low = new double[latent],
            high = new double[latent];
        model.Jacobian(state, jacobian);
        for (int j = 0; j < latent; j++)
        {
            double[] moved = [.. state];
            moved[j] = state[j] + 1e-6;
            model.Step(moved, high);
            moved[j] = state[j] - 1e-6;
            model.Step(moved, low);
            for (int i = 0; i < latent; i++)
                Assert.Equal((high[i] - low[i]) / 2e-6, jacobian[(i * latent) + j], 1e-8);
        }
        if (model.JacobianUpperBound() is { } bound)
            Assert.InRange(
                MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(latent, latent, jacobian).L2Norm(), 0, bound);
    }

    [Theory]
    [Trait("Registers", "Slow without")]
    [MemberData(nameof(Models))]
    public void Saved_loaded_and_resumed_it_goes_on_to_the_same_bits(string kind, int observed, int latent)
    {
        TimeSeries data = new([.. Enumerable.Range(0, 500 * observed).Select(i => Math.Sin(0.1 * i * (1 + (i % observed))))], observed);
        TrainingOptions options
            = new() { Updates = 60, SequenceLength = 12, BatchSize = 5, LearningRate = LearningRateSchedule.Constant(1e-3) };
        RecurrentModel whole = Model(kind, observed, latent), half = Model(kind, observed, latent);
        Training.Fit(whole, data, options, cancellationToken: Token);
        TrainingResult first = Training.Fit(half, data, options with { Updates = 30 }, cancellationToken: Token);
        ModelFile.Save(_path, half);
        RecurrentModel loaded = ModelFile.Load<RecurrentModel>(_path);
        Assert.Equal(half.GetType(), loaded.GetType());
        Assert.Equal(half.Parameters.Values.ToArray(), loaded.Parameters.Values.ToArray());
        Training.Fit(loaded, [data], options, first.State, cancellationToken: Token);
        Assert.Equal(whole.Parameters.Values.ToArray(), loaded.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Scaled_to_the_data_its_outputs_reach_them_and_the_other_units_see_what_they_saw(string kind)
    {
        RecurrentModel model = RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, 2, 8, 0), 3),
            placed = RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, 2, 8, 0), 3);
        placed.PlaceWithin(-4, 2, seed: 0);
        double[] z = [.. RecurrentModelTests.State(8).Select(x => 0.5 * x)], scaled = [5 * z[0], 5 * z[1], .. z[2..]],
            next = new double[8], nextScaled = new double[8];
        model.Step(z, next);
        placed.Step(scaled, nextScaled);
        for (int i = 0; i < 8; i++)
            Assert.Equal((i < 2 ? 5 : 1) * next[i], nextScaled[i], 1e-13);
    }

    [Fact]
    public void States_that_are_no_pairs_of_output_and_memory_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LstmNetwork(2, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LstmNetwork(4, 6));
        Assert.Equal(3, new LstmNetwork(3, 6).Units);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GruNetwork(3, 2));
    }

    private static TimeSeries MissingValues(TimeSeries window)
    {
        double[] values = window.Values.ToArray();
        values[7 * window.Dimension] = values[(11 * window.Dimension) + 1] = double.NaN;
        return new(values, window.Dimension);
    }

    private static RecurrentModel Model(string kind, int observed, int latent)
    {
        RecurrentModel model = RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, observed, latent, 0), 5);
        // Away from what all units have in common at the start.
        model.Parameters.Set("S", [.. model.Parameters["S"].ToArray().Select((s, i) => s + (0.1 * (i % 4)))]);
        return model;
    }

    private static (JsonElement Golden, RecurrentModel Model, TimeSeries[] Windows, double[] State) Read(int index)
    {
        JsonElement golden = Golden.Read("saturating_networks.golden.json").GetProperty("networks")[index];
        string kind = golden.GetProperty("model").GetString()!;
        (int n, int m) = (golden.GetProperty("observed").GetInt32(), golden.GetProperty("latent").GetInt32());
        RecurrentModel model = RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, n, m, 0));
        LinearStream stream = new(11);
        foreach (ParameterTensor tensor in model.Parameters.Tensors)
        {
            double[] values = stream.Take(tensor.Count);
            model.Parameters.Set(tensor.Name, [.. values.Select(v => tensor.Name switch { "S" => 1.5 + (v / 2), "L" => v / 2, _ => v })]);
        }
        TimeSeries[] windows = [.. Enumerable.Range(0, 9).Select(_ => new TimeSeries(stream.Take(32 * n), n))];
        return (golden, model, windows, stream.Take(m));
    }
}
