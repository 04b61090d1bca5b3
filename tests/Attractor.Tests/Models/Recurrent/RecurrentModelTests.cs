using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;
using Attractor.Tests.Learning;

namespace Attractor.Tests.Models.Recurrent;

/// <summary>What every kind of recurrent model must do.</summary>
[Trait("Registers", "Any")]
public sealed unsafe class RecurrentModelTests
{
    public static TheoryData<string> Kinds() => [.. LibraryCells.Kinds];

    public static TheoryData<string> PiecewiseLinear() => [.. LibraryCells.PiecewiseLinear];

    /// <summary>M below, at and beyond the tiles and the lanes; L likewise where there are hidden units.</summary>
    public static TheoryData<string, int, int> Models()
    {
        TheoryData<string, int, int> models = [];
        foreach (string kind in LibraryCells.Kinds)
            foreach ((int latent, int hidden) in RecurrentModel.SizesOf(kind).Contains("hidden")
                ? new[] { (3, 5), (7, 33), (2, 1100) }
                : [(2, 0), (3, 0), (8, 0), (20, 0), (33, 0), (130, 0)])
                models.Add(kind, latent, hidden);
        return models;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_kernel_and_the_map_take_the_same_step(string kind, int latent, int hidden)
    {
        RecurrentModel model = BpttGradientTests.Model(kind, 2, latent, hidden, 4);
        AssertLanesStepAsTheModelDoes<Lanes512<double>, double>(model, 1e-12);
        AssertLanesStepAsTheModelDoes<Lanes256<double>, double>(model, 1e-12);
        AssertLanesStepAsTheModelDoes<Lanes128<double>, double>(model, 1e-12);
        AssertLanesStepAsTheModelDoes<Lanes512<float>, float>(model, 1e-3);
        AssertLanesStepAsTheModelDoes<Lanes256<float>, float>(model, 1e-3);
        AssertLanesStepAsTheModelDoes<Lanes128<float>, float>(model, 1e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Driven_by_data_it_holds_the_last_observation_and_its_own_hidden_units(string kind)
    {
        RecurrentModel model = BpttGradientTests.Model(kind, 2, 5, 7, 9);
        TimeSeries data = new([.. Enumerable.Range(0, 40).Select(i => Math.Sin(i))], 2);
        double[] state = new double[5], expected = new double[5];
        model.Drive(data, start: 3, warmUp: 6, state);
        model.InitialState(data.Row(3), expected);
        for (int t = 4; t <= 9; t++)
        {
            model.Step(expected, expected);
            data.Row(t).CopyTo(expected);
        }
        Assert.Equal(expected, state);
        TimeSeries orbit = model.Generate(data, 4, start: 3, warmUp: 6);
        Assert.Equal(data.Row(9).ToArray(), orbit.Row(0).ToArray());
        model.Step(state, state);
        Assert.Equal(state[..2], orbit.Row(1).ToArray());
        Assert.Contains("needs 24 rows, found 20", Assert.Throws<ArgumentException>(() => model.Drive(data, 3, 20, state)).Message);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_Jacobian_agrees_with_central_differences(string kind, int latent, int hidden)
    {
        RecurrentModel model = BpttGradientTests.Model(kind, 2, latent, hidden, 5);
        double[] z = State(latent), jacobian = new double[latent * latent], high = new double[latent], low = new double[latent];
        model.Jacobian(z, jacobian);
        for (int j = 0; j < latent; j++)
        {
            double x = z[j];
            z[j] = x + 1e-8;
            model.Step(z, high);
            z[j] = x - 1e-8;
            model.Step(z, low);
            z[j] = x;
            for (int i = 0; i < latent; i++)
                Assert.Equal((high[i] - low[i]) / 2e-8, jacobian[(i * latent) + j], 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(24)]
    public void Tangent_vectors_are_carried_by_the_Jacobian(int count)
    {
        foreach (string kind in LibraryCells.Kinds)
        {
            IMap model = BpttGradientTests.Model(kind, 2, 7, 33, 6);
            double[] z = State(7), next = new double[7], expectedNext = new double[7], jacobian = new double[49];
            double[] vectors = State(7 * count), result = new double[7 * count];
            model.StepTangent(z, next, vectors, result);
            model.Step(z, expectedNext);
            model.Jacobian(z, jacobian);
            Assert.Equal(expectedNext, next);
            double[] inPlace = [.. z];
            model.StepTangent(inPlace, inPlace, vectors, result);
            Assert.Equal(expectedNext, inPlace);
            for (int i = 0; i < 7; i++)
                for (int c = 0; c < count; c++)
                    Assert.Equal(
                        Enumerable.Range(0, 7).Sum(j => jacobian[(i * 7) + j] * vectors[(j * count) + c]), result[(i * count) + c], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(PiecewiseLinear))]
    public void Setting_parameters_changes_the_next_step(string kind)
    {
        RecurrentModel model = RecurrentModel.Create(kind, Sizes(kind, 2, 2, 4));
        double[] z = [1, 2], before = new double[2], after = new double[2];
        model.Step(z, before);
        string threshold = model is RectifiedStateNetwork ? "h" : "h1";
        double[] h = model.Parameters[threshold].ToArray();
        model.Parameters.Set(threshold, [h[0] + 10, h[1] + 20]);
        model.Step(z, after);
        Assert.Equal(before[0] + 10, after[0], 1e-14);
        Assert.Equal(before[1] + 20, after[1], 1e-14);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sizes_rebuild_the_model_and_none_may_be_missing_or_foreign(string kind)
    {
        Dictionary<string, int> sizes = Sizes(kind, 2, 5, 7);
        RecurrentModel model = RecurrentModel.Create(kind, sizes, seed: 4);
        Assert.Equal(kind, model.Kind);
        Assert.Equal(sizes.OrderBy(s => s.Key), model.Sizes.OrderBy(s => s.Key));
        Assert.Equal(model.Parameters.Values.ToArray(), RecurrentModel.Create(kind, model.Sizes, seed: 4).Parameters.Values.ToArray());
        Assert.NotEqual(model.Parameters.Values.ToArray(), RecurrentModel.Create(kind, model.Sizes, seed: 5).Parameters.Values.ToArray());
        foreach (string name in sizes.Keys)
            Assert.Contains(
                name,
                Assert.Throws<ArgumentException>(() => RecurrentModel.Create(kind, sizes.Where(s => s.Key != name).ToDictionary())).Message,
                StringComparison.Ordinal);
        Assert.Contains(
            "'width'",
            Assert.Throws<ArgumentException>(
                () => RecurrentModel.Create(kind, new Dictionary<string, int>(sizes) { ["width"] = 3 })).Message,
            StringComparison.Ordinal);
        foreach ((int observed, int latent) in new[] { (0, 2), (3, 2), (2, 1_000_000) })
            Assert.Throws<ArgumentOutOfRangeException>(() => RecurrentModel.Create(kind, Sizes(kind, observed, latent, 100_000)));
    }

    [Fact]
    public void A_kind_that_is_not_known_is_refused()
        => Assert.Contains(
            "there are shplrnn",
            Assert.Throws<ArgumentException>(
                () => RecurrentModel.Create("lstm9", new Dictionary<string, int> { ["observed"] = 1, ["latent"] = 1 })).Message,
            StringComparison.Ordinal);

    internal static Dictionary<string, int> Sizes(string kind, int observed, int latent, int hidden)
    {
        Dictionary<string, int> sizes = new()
        {
            ["observed"] = observed,
            ["latent"] = latent,
            ["hidden"] = hidden,
            ["rectified"] = Math.Max(1, latent / 2),
            ["bases"] = 3
        };
        return RecurrentModel.SizesOf(kind).ToDictionary(s => s, s => sizes[s]);
    }

    internal static double[] State(int count)
    {
        RandomStream random = new(17, "state");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }

    /// <summary>That each lane of a kernel steps as the model does.</summary>
    internal static unsafe void AssertLanesStepAsTheModelDoes<S, T>(RecurrentModel model, double tolerance)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int lanes = sizeof(S) / sizeof(T), m = model.Latent;
        using RecurrentKernel<T> kernel = model.CreateKernel<S, T>();
        using AlignedBuffer<T> parameters = new(model.Parameters.Count),
            z = new(m * lanes), next = new(m * lanes), tape = new(kernel.TapeRows * lanes);
        for (int i = 0; i < model.Parameters.Count; i++)
            parameters.Pointer[i] = T.CreateTruncating(model.Parameters.Values[i]);
        RandomStream random = new(1, "lanes");
        foreach (ref T value in z.Span)
            value = T.CreateTruncating(random.NextNormal());
        kernel.Load(parameters.Pointer);
        kernel.Forward(z.Pointer, tape.Pointer, next.Pointer);
        double[] state = new double[m], expected = new double[m];
        for (int lane = 0; lane < lanes; lane++)
        {
            for (int i = 0; i < m; i++)
                state[i] = double.CreateTruncating(z.Pointer[(i * lanes) + lane]);
            model.Step(state, expected);
            for (int i = 0; i < m; i++)
                Assert.Equal(expected[i], double.CreateTruncating(next.Pointer[(i * lanes) + lane]), tolerance);
        }
    }
}
