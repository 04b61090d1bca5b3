using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Tests.Models.Recurrent;

/// <summary>What every cell must do, the library's and a guest's on the tape and with a kernel.</summary>
public sealed class CellConformanceTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    static CellConformanceTests()
    {
        RecurrentModel.Register(ShallowTanhNetwork.Cell);
        RecurrentModel.Register(FusedShallowTanhNetwork.Cell);
    }

    public static TheoryData<string> Kinds() => [.. LibraryCells.Kinds, ShallowTanhNetwork.Cell.Name, FusedShallowTanhNetwork.Cell.Name];

    private static TimeSeries Data { get; } = new([.. Enumerable.Range(0, 1000).Select(i => Math.Sin(0.1 * i * (1 + (i % 2))))], 2);

    public void Dispose() => File.Delete(_path);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_draws_the_same_network(string kind)
    {
        double[] first = [.. Model(kind, 3).Parameters.Values],
            again = [.. Model(kind, 3).Parameters.Values], other = [.. Model(kind, 4).Parameters.Values];
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Contains(first[^1..], v => v != 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_kernel_takes_the_steps_of_the_map_on_all_lanes(string kind)
    {
        RecurrentModel model = Model(kind, 5);
        double[] states = new LinearStream(3).Take(5 * 8);
        double[][] all =
        [
            Forward<Lanes512<double>>(model, states),
            Forward<Lanes256<double>>(model, states),
            Forward<Lanes128<double>>(model, states)
        ];
        double[] state = new double[5], next = new double[5];
        for (int lane = 0; lane < 8; lane++)
        {
            for (int i = 0; i < 5; i++)
                state[i] = states[(i * 8) + lane];
            model.Step(state, next);
            foreach (double[] images in all)
                for (int i = 0; i < 5; i++)
                    Assert.Equal(next[i], images[(i * 8) + lane], 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_Jacobian_is_that_of_differences_and_pushes_tangent_vectors(string kind)
    {
        RecurrentModel model = Model(kind, 6);
        double[] state = new LinearStream(8).Take(5), jacobian = new double[25],
            low = new double[5], high = new double[5], next = new double[5];
        model.Jacobian(state, jacobian);
        for (int j = 0; j < 5; j++)
        {
            double[] moved = [.. state];
            moved[j] = state[j] + 1e-6;
            model.Step(moved, high);
            moved[j] = state[j] - 1e-6;
            model.Step(moved, low);
            for (int i = 0; i < 5; i++)
                Assert.Equal((high[i] - low[i]) / 2e-6, jacobian[(i * 5) + j], 1e-8);
        }
        foreach (int k in (int[])[1, 3, 8])
        {
            double[] vectors = new LinearStream(k).Take(5 * k), result = new double[5 * k];
            model.StepTangent(state, next, vectors, result);
            for (int i = 0; i < 5; i++)
                for (int c = 0; c < k; c++)
                    Assert.Equal(Enumerable.Range(0, 5).Sum(j => jacobian[(i * 5) + j] * vectors[(j * k) + c]), result[(i * k) + c], 1e-13);
        }
        model.Step(state, state);
        Assert.Equal(state, next);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_under_forcing_are_those_of_central_differences(string kind)
    {
        RecurrentModel model = Model(kind, 7);
        TimeSeries[] windows = [.. Enumerable.Range(0, 9).Select(i => Data.Slice(40 * i, 31))];
        foreach (TeacherForcing forcing
            in (TeacherForcing[])
            [TeacherForcing.Generalized(0.2), TeacherForcing.Sparse(7), TeacherForcing.Generalized(0), TeacherForcing.Generalized(1)])
        {
            TrainingOptions options = new() { Forcing = forcing, SequenceLength = 30, WarmUp = 2 };
            GradientCheck check = Gradient.Check(
                parameters =>
                {
                    model.Parameters.Set(Free(kind, parameters));
                    return Training.LossAndGradient(model, windows, options);
                },
                Free(kind, [.. model.Parameters.Values]), step: 1e-6);
            Assert.True(
                check.RelativeError <= 1e-6,
                $"component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void On_the_tape_it_runs_freely_with_the_gradients_of_central_differences(string kind)
    {
        RecurrentModel model = Model(kind, 8);
        using Recurrence<double> recurrence = new(model, 23);
        double[] states = new LinearStream(2).Take(3 * 5);
        GradientCheck check = Gradient.Check(
            (tape, x) => recurrence.Apply(tape.Constant(new(1, model.ParameterCount), model.Parameters.Values), x).Square().Sum(),
            new(3, 5),
            states,
            step: 1e-7);
        Assert.True(
            check.RelativeError <= 1e-6, $"component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saved_loaded_and_resumed_it_goes_on_to_the_same_bits(string kind)
    {
        TrainingOptions options = new()
        {
            Updates = 200,
            SequenceLength = 25,
            BatchSize = 19,
            LearningRate = LearningRateSchedule.Constant(1e-3)
        };
        RecurrentModel whole = Model(kind, 9), half = Model(kind, 9);
        Training.Fit(whole, Data, options, cancellationToken: TestContext.Current.CancellationToken);
        TrainingResult first = Training.Fit(
            half, Data, options with { Updates = 100 }, cancellationToken: TestContext.Current.CancellationToken);
        ModelFile.Save(_path, half);
        RecurrentModel loaded = ModelFile.Load<RecurrentModel>(_path);
        Assert.Equal((half.Kind, half.Description), (loaded.Kind, loaded.Description));
        Assert.Equal(half.Sizes, loaded.Sizes);
        Assert.Equal(half.Parameters.Values.ToArray(), loaded.Parameters.Values.ToArray());
        Checkpoint.Save(_path, first.State);
        Training.Fit(loaded, [Data], options, Checkpoint.Load(_path), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(whole.Parameters.Values.ToArray(), loaded.Parameters.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Trained_on_several_threads_at_once_it_has_the_bits_of_one(string kind)
    {
        TrainingOptions options = new() { Updates = 60, SequenceLength = 20 };
        double[][] trained = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            RecurrentModel model = Model(kind, 2);
            Training.Fit(model, Data, options);
            return model.Parameters.Values.ToArray();
        })));
        Assert.Equal(trained[0], trained[1]);
        Assert.Equal(trained[0], trained[2]);

        RecurrentModel shared = Model(kind, 2);
        double[] state = new LinearStream(4).Take(5), expected = new double[25];
        shared.Jacobian(state, expected);
        Parallel.For(0, 64, _ =>
        {
            double[] jacobian = new double[25];
            shared.Jacobian(state, jacobian);
            Assert.Equal(expected, jacobian);
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_network_driven_through_it_is_saved_and_loaded(string kind)
    {
        DrivenNetwork network = new(kind, Sizes(kind, 5), inputs: 2, outputs: 3, seed: 4);
        ModelFile.Save(_path, network);
        DrivenNetwork loaded = ModelFile.Load<DrivenNetwork>(_path);
        Assert.Equal((kind, 2, 3, 5), (loaded.CellKind, loaded.Inputs, loaded.Outputs, loaded.Units));
        Assert.Equal(network.States(Data).Values.ToArray(), loaded.States(Data).Values.ToArray());
        RecurrentModel drawn = RecurrentModel.Create(kind, Sizes(kind, 5), 4);
        Assert.NotEqual(drawn.Parameters.Values.ToArray(), network.Cell().Parameters.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sizes_and_states_that_do_not_fit_are_refused(string kind)
    {
        Assert.Contains(
            "needs the size 'latent'",
            Assert.Throws<ArgumentException>(() => RecurrentModel.Create(kind, new Dictionary<string, int> { ["observed"] = 2 })).Message,
            StringComparison.Ordinal);
        Dictionary<string, int> sizes = Sizes(kind, 2);
        Assert.Contains(
            "has no size 'width'",
            Assert.Throws<ArgumentException>(
                () => RecurrentModel.Create(kind, new Dictionary<string, int>(sizes) { ["width"] = 1 })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => RecurrentModel.Create(kind, new Dictionary<string, int>(sizes) { ["latent"] = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => RecurrentModel.Create(kind, new Dictionary<string, int>(sizes) { ["latent"] = 1 }));
        RecurrentModel model = Model(kind, 1);
        Assert.Throws<ArgumentException>(() => model.Step(new double[4], new double[5]));
        Assert.Throws<ArgumentException>(() => model.Step(new double[5], new double[4]));
        Assert.Throws<ArgumentException>(() => Training.Fit(model, new TimeSeries(new double[300], 3)));
    }

    [Fact]
    public void A_kernel_of_its_own_agrees_with_the_tape()
    {
        RecurrentModel tape = Model(ShallowTanhNetwork.Cell.Name, 3), fused = Model(FusedShallowTanhNetwork.Cell.Name, 3);
        fused.Parameters.Set(tape.Parameters.Values);
        TimeSeries[] windows = [.. Enumerable.Range(0, 11).Select(i => Data.Slice(30 * i, 61))];
        TrainingOptions options = new() { SequenceLength = 60 };
        (double expectedLoss, double[] expected) = Training.LossAndGradient(tape, windows, options);
        (double loss, double[] gradient) = Training.LossAndGradient(fused, windows, options);
        Assert.Equal(expectedLoss, loss, 1e-13 * expectedLoss);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], gradient[i], 1e-12 * scale);
    }

    [Fact]
    public void A_kind_has_a_name_of_its_own()
    {
        RecurrentModel.Register(ShallowTanhNetwork.Cell);
        Assert.Contains(
            "There is a kind 'plrnn' already",
            Assert.Throws<ArgumentException>(() => RecurrentModel.Register(ShallowTanhNetwork.Cell with { Name = "plrnn" })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "observed and latent must be among them",
            Assert.Throws<ArgumentException>(
                () => RecurrentModel.Register(ShallowTanhNetwork.Cell with { Name = "other", Sizes = ["latent"] })).Message,
            StringComparison.Ordinal);
    }

    private static Dictionary<string, int> Sizes(string kind, int observed)
        => RecurrentModel.SizesOf(kind).ToDictionary(
            s => s, s => s switch { "observed" => observed, "latent" => 5, "rectified" => 2, "bases" => 4, _ => 11 });

    // Away from the kinks that published initial values of 0 would put the first states on.
    private static RecurrentModel Model(string kind, ulong seed)
    {
        RecurrentModel model = RecurrentModel.Create(kind, Sizes(kind, 2), seed);
        if (model is SaturatingNetwork)
            return model;
        string thresholds = model is RectifiedStateNetwork ? "h" : "h2";
        model.Parameters.Set(thresholds, new LinearStream(5).Take(model.Parameters[thresholds].Length, 0.4));
        return model;
    }

    // The diagonal of W is no parameter but of an almost-linear network.
    private static double[] Free(string kind, double[] parameters)
        => kind is "plrnn" or "mcplrnn" or "dendplrnn" or "clipped-dendplrnn"
            ? [.. parameters.Select((p, i) => i >= 5 && i < 30 && (i - 5) % 6 == 0 ? 0 : p)]
            : parameters;

    private static unsafe double[] Forward<S>(RecurrentModel model, double[] states)
        where S : unmanaged, ILanes<S, double>
    {
        using RecurrentKernel<double> kernel = model.CreateKernel<S, double>();
        using AlignedBuffer<double> z = new(states.Length),
            next = new(states.Length), tape = new(kernel.TapeRows * RecurrentKernel<double>.Lanes);
        states.CopyTo(z.Span);
        fixed (double* parameters = model.Parameters.Values)
            kernel.Load(parameters);
        kernel.Forward(z.Pointer, tape.Pointer, next.Pointer);
        return next.Span.ToArray();
    }
}
