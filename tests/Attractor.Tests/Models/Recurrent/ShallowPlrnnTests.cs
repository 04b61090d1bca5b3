using Attractor.Data;
using Attractor.Models.Recurrent;
using Attractor.Numerics.Lanes;
using Attractor.Numerics.Randomness;
using Attractor.Systems;
using Attractor.Tests.Learning;

namespace Attractor.Tests.Models.Recurrent;

public sealed unsafe class ShallowPlrnnTests
{
    public static TheoryData<string, int, int> Models() => new()
    {
        { "shplrnn", 3, 5 }, { "shplrnn", 7, 33 }, { "shplrnn", 2, 1100 },
        { "clipped-shplrnn", 3, 5 }, { "clipped-shplrnn", 7, 33 }, { "clipped-shplrnn", 2, 1100 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_step_is_the_published_equation(string kind, int latent, int hidden)
    {
        RecurrentModel model = BpttGradientTests.Model(kind, 2, latent, hidden, 3);
        double[] z = State(latent), next = new double[latent];
        model.Step(z, next);

        ReadOnlySpan<double> a = model.Parameters["A"], w1 = model.Parameters["W1"], w2 = model.Parameters["W2"], h1 = model.Parameters["h1"], h2 = model.Parameters["h2"];
        for (int i = 0; i < latent; i++)
        {
            double expected = (a[i] * z[i]) + h1[i];
            for (int j = 0; j < hidden; j++)
            {
                double v = 0;
                for (int k = 0; k < latent; k++)
                    v += w2[(j * latent) + k] * z[k];
                expected += w1[(i * hidden) + j] * (Math.Max(0, v + h2[j]) - (kind == "shplrnn" ? 0 : Math.Max(0, v)));
            }
            Assert.Equal(expected, next[i], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_kernel_and_the_map_take_the_same_step(string kind, int latent, int hidden)
    {
        RecurrentModel model = BpttGradientTests.Model(kind, 2, latent, hidden, 4);
        Check<Lanes512<double>, double>(model, 1e-12);
        Check<Lanes256<double>, double>(model, 1e-12);
        Check<Lanes128<double>, double>(model, 1e-12);
        Check<Lanes512<float>, float>(model, 1e-3);
        Check<Lanes256<float>, float>(model, 1e-3);
        Check<Lanes128<float>, float>(model, 1e-3);

        static void Check<S, T>(RecurrentModel model, double tolerance)
            where S : unmanaged, ILanes<S, T>
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            int lanes = sizeof(S) / sizeof(T), m = model.Latent;
            using RecurrentKernel<T> kernel = model.CreateKernel<S, T>();
            using AlignedBuffer<T> parameters = new(model.Parameters.Count), z = new(m * lanes), next = new(m * lanes), tape = new(kernel.TapeRows * lanes);
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
    public void Tangent_vectors_are_carried_by_the_Jacobian(int count)
    {
        foreach (string kind in RecurrentModel.Kinds)
        {
            IMap model = BpttGradientTests.Model(kind, 2, 7, 33, 6);
            double[] z = State(7), next = new double[7], expectedNext = new double[7], jacobian = new double[49];
            double[] vectors = State(7 * count), result = new double[7 * count];
            model.StepTangent(z, next, vectors, result);
            model.Step(z, expectedNext);
            model.Jacobian(z, jacobian);
            Assert.Equal(expectedNext, next);
            for (int i = 0; i < 7; i++)
                for (int c = 0; c < count; c++)
                    Assert.Equal(Enumerable.Range(0, 7).Sum(j => jacobian[(i * 7) + j] * vectors[(j * count) + c]), result[(i * count) + c], 1e-12);
        }
    }

    [Fact]
    public void Orbits_of_a_clipped_network_stay_bounded()
    {
        RecurrentModel model = BpttGradientTests.Model("clipped-shplrnn", 3, 3, 40, 9);
        model.Parameters.Set("A", [0.9, -0.8, 0.5]);
        double bound = 0;
        for (int j = 0; j < 40; j++)
            bound += Math.Abs(model.Parameters["h2"][j]) * Enumerable.Range(0, 3).Max(i => Math.Abs(model.Parameters["W1"][(i * 40) + j]));
        bound = (bound + 3) / (1 - 0.9);
        TimeSeries orbit = model.Generate(new TimeSeries([5, 5, 5], 3), 10_000);
        Assert.All(orbit.Values.ToArray(), x => Assert.InRange(x, -bound, bound));
    }

    [Fact]
    public void Initial_parameters_are_those_published()
    {
        ShallowPlrnn plain = new(3, 6, 50, seed: 1);
        ClippedShallowPlrnn clipped = new(3, 6, 50, seed: 1);
        Assert.All(plain.Parameters["h2"].ToArray(), h => Assert.Equal(0, h));
        Assert.All(plain.Parameters["h1"].ToArray(), h => Assert.Equal(0, h));
        Assert.All(clipped.Parameters["h2"].ToArray(), h => Assert.InRange(Math.Abs(h), 1e-9, 1 / Math.Sqrt(50)));
        Assert.All(plain.Parameters["W1"].ToArray(), w => Assert.InRange(Math.Abs(w), 0, 1 / Math.Sqrt(50)));
        Assert.All(plain.Parameters["W2"].ToArray(), w => Assert.InRange(Math.Abs(w), 0, 1 / Math.Sqrt(6)));
        Assert.All(plain.Parameters["A"].ToArray(), a => Assert.InRange(a, 0, 1));
        Assert.Equal(18 / 2, plain.Parameters["L"].Length);
        Assert.Equal((2 * 6) + (50 * 13) + 9, plain.Parameters.Count);
        Assert.NotEqual(plain.Parameters["W1"].ToArray(), new ShallowPlrnn(3, 6, 50, seed: 2).Parameters["W1"].ToArray());
    }

    [Fact]
    public void Setting_parameters_changes_the_next_step()
    {
        ShallowPlrnn model = new(2, 2, 4);
        double[] z = [1, 2], before = new double[2], after = new double[2];
        model.Step(z, before);
        model.Parameters.Set("h1", [10, 20]);
        model.Step(z, after);
        Assert.Equal([before[0] + 10, before[1] + 20], after);
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShallowPlrnn(3, 2, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShallowPlrnn(0, 2, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClippedShallowPlrnn(2, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClippedShallowPlrnn(2, 100_000, 100_000));
        Assert.Throws<ArgumentException>(() => RecurrentModel.Create("lstm", new Dictionary<string, int> { ["observed"] = 1, ["latent"] = 1 }));
    }

    private static double[] State(int count)
    {
        RandomStream random = new(17, "state");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }
}
