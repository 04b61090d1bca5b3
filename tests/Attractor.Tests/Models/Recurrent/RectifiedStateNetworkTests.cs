using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;
using Attractor.Tests.Learning;

namespace Attractor.Tests.Models.Recurrent;

/// <summary>The networks that rectify their own state, against the shallow network that each of them is.</summary>
[Trait("Registers", "Any")]
public sealed class RectifiedStateNetworkTests
{
    public static TheoryData<string> Kinds() => ["plrnn", "alrnn", "dendplrnn", "clipped-dendplrnn", "mcplrnn"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_a_shallow_network_step_by_step_and_Jacobian_by_Jacobian(string kind)
    {
        foreach (int latent in (int[])[3, 9, 20])
        {
            RecurrentModel model = BpttGradientTests.Model(kind, 3, latent, 0, 3);
            ShallowPlrnn shallow = ShallowEquivalent.Of(model).Network;
            double[] z = RecurrentModelTests.State(latent), next = new double[latent], expectedNext = new double[latent],
                jacobian = new double[latent * latent], expected = new double[latent * latent];
            for (int t = 0; t < 20; t++)
            {
                model.Jacobian(z, jacobian);
                shallow.Jacobian(z, expected);
                Assert.All(expected.Zip(jacobian), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
                shallow.Step(z, expectedNext);
                model.Step(z, next);
                Assert.All(expectedNext.Zip(next), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
                next.CopyTo(z, 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradient_descent_leads_to_the_weights_that_the_shallow_network_leads_to(string kind)
    {
        const int steps = 12;
        const double rate = 1e-2;
        RecurrentModel model = BpttGradientTests.Model(kind, 2, 6, 0, 4), slow = BpttGradientTests.Model(kind, 2, 6, 0, 4);
        // With one window there is nothing to draw.
        TimeSeries window = BpttGradientTests.Windows(2, count: 1, steps + 1, seed: 8)[0];
        TrainingOptions options = new()
        {
            Forcing = TeacherForcing.Generalized(0.3),
            SequenceLength = steps,
            BatchSize = 1,
            Updates = 25,
            Optimizer = Optimizer.Sgd(0),
            LearningRate = LearningRateSchedule.Constant(rate),
            GradientClip = 0,
            Precision = Precision.Float64,
        };
        double[] before = model.Parameters.Values.ToArray();
        Training.Fit(model, window, options, cancellationToken: TestContext.Current.CancellationToken);
        for (int update = 0; update < options.Updates; update++)
        {
            ShallowEquivalent same = ShallowEquivalent.Of(slow);
            double[] gradient = same.GradientOfModel(Training.LossAndGradient(same.Network, [window], options).Gradient);
            slow.Parameters.Set([.. slow.Parameters.Values.ToArray().Zip(gradient, (p, g) => p - (rate * g))]);
        }
        Assert.All(
            slow.Parameters.Values.ToArray().Zip(model.Parameters.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.True(before.Zip(model.Parameters.Values.ToArray(), (b, a) => Math.Abs(b - a)).Max() > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void On_its_region_the_map_is_affine_with_the_Jacobian_as_its_matrix(string kind)
    {
        foreach (int latent in (int[])[3, 70])
        {
            RecurrentModel model = BpttGradientTests.Model(kind, 2, latent, 0, 5);
            IPiecewiseLinearMap map = (IPiecewiseLinearMap)model;
            double[] z = RecurrentModelTests.State(latent), values = new double[map.Boundaries], next = new double[latent],
                jacobian = new double[latent * latent], matrix = [.. Enumerable.Repeat(double.NaN, latent * latent)],
                offset = [.. Enumerable.Repeat(double.NaN, latent)];
            map.BoundaryValues(z, values);
            ulong[] region = new ulong[(values.Length + 63) / 64];
            for (int i = 0; i < values.Length; i++)
                if (values[i] > 0)
                    region[i / 64] |= 1UL << (i % 64);
            map.AffineMap(region, matrix, offset);
            map.Jacobian(z, jacobian);
            map.Step(z, next);
            Assert.All(jacobian.Zip(matrix), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
            for (int i = 0; i < latent; i++)
                Assert.Equal(next[i], offset[i] + Enumerable.Range(0, latent).Sum(j => matrix[(i * latent) + j] * z[j]), 1e-12);
        }
    }

    [Fact]
    public void Boundaries_are_as_many_as_the_kinks_of_the_units()
    {
        Assert.Equal(2, new AlmostLinearRnn(3, 20, rectified: 2).Boundaries);
        Assert.Equal(20, new Plrnn(3, 20).Boundaries);
        Assert.Equal(20, new MeanCentredPlrnn(3, 20).Boundaries);
        Assert.Equal(80, new DendriticPlrnn(3, 20, bases: 4).Boundaries);
        Assert.Equal(100, new ClippedDendriticPlrnn(3, 20, bases: 4).Boundaries);
    }

    [Fact]
    public void An_almost_linear_network_begins_with_small_weights_and_the_decay_of_a_PLRNN()
    {
        AlmostLinearRnn model = new(3, 30, rectified: 4, seed: 2);
        Assert.Equal((2 * 30) + 900 + (27 * 3), model.ParameterCount);
        Assert.Equal(new Plrnn(3, 30, seed: 2).Parameters["A"].ToArray(), model.Parameters["A"].ToArray());
        double[] w = model.Parameters["W"].ToArray();
        Assert.InRange(Math.Sqrt(w.Average(x => x * x)), 0.0095, 0.0105);
        Assert.All(Enumerable.Range(0, 30), i => Assert.NotEqual(0, w[i * 31]));
        Assert.All(model.Parameters["h"].ToArray(), h => Assert.Equal(0, h));
    }

    [Fact]
    public void Thresholds_of_a_dendritic_network_are_placed_within_the_data_and_no_penalty_draws_them()
    {
        DendriticPlrnn model = new(2, 20, bases: 30, seed: 2);
        double[] alpha = model.Parameters["alpha"].ToArray();
        Assert.All(alpha, a => Assert.InRange(Math.Abs(a), 0, 1 / Math.Sqrt(30)));
        Assert.InRange(model.Parameters["H"].ToArray().Average(h => h * h), 0.85, 1.15);
        model.PlaceWithin(-3, 5, seed: 4);
        double[] placed = model.Parameters["H"].ToArray();
        Assert.All(placed, h => Assert.InRange(h, -3, 5));
        Assert.InRange(placed.Average(), 0.6, 1.4);
        Assert.True(placed.Min() < -2.9 && placed.Max() > 4.9);

        // All but the thresholds shrink where there is nothing to learn: alpha at 0 leaves them without a gradient.
        model.Parameters.Set("alpha", new double[30]);
        double[] h = [.. Enumerable.Repeat(1.0, 20)];
        model.Parameters.Set("h", h);
        model.Parameters.Set("W", new double[400]);
        Training.Fit(
            model,
            TrainingTests.Data(),
            new()
            {
                Updates = 30,
                SequenceLength = 10,
                L2 = 10,
                GradientClip = 0,
                Precision = Precision.Float64,
                Optimizer = Optimizer.Sgd(0)
            },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(placed, model.Parameters["H"].ToArray());
        Assert.All(model.Parameters["h"].ToArray(), x => Assert.True(x < 0.9));
    }

    [Fact]
    public void A_clipped_dendritic_network_stays_bounded()
    {
        ClippedDendriticPlrnn model = new(2, 6, bases: 5, seed: 3);
        model.Parameters.Set("W", [.. model.Parameters["W"].ToArray().Select(w => 40 * w)]);
        double[] a = model.Parameters["A"].ToArray(), w = model.Parameters["W"].ToArray(), alpha = model.Parameters["alpha"].ToArray(),
            thresholds = model.Parameters["H"].ToArray();
        double[] z = [.. RecurrentModelTests.State(6).Select(x => 100 * x)];
        double most = Enumerable.Range(0, 6).Max(i => Enumerable.Range(0, 6).Sum(
            j => Math.Abs(w[(i * 6) + j]) * Enumerable.Range(0, 5).Sum(b => Math.Abs(alpha[b] * thresholds[(j * 5) + b])))) / (1 - a.Max());
        for (int t = 0; t < 5_000; t++)
            model.Step(z, z);
        Assert.InRange(z.Max(Math.Abs), 0, most);
        double[] jacobian = new double[36];
        double[] far = [.. Enumerable.Repeat(1e6, 6)];
        model.Jacobian(far, jacobian);
        Assert.All(jacobian.Select((v, i) => (v, i)), p => Assert.Equal(p.i % 7 == 0 ? a[p.i / 7] : 0, p.v, 1e-12));
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlmostLinearRnn(2, 5, rectified: 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlmostLinearRnn(2, 5, rectified: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DendriticPlrnn(2, 5, bases: 0));
        Assert.Contains(
            "too many thresholds",
            Assert.Throws<ArgumentOutOfRangeException>(() => new DendriticPlrnn(2, 1000, bases: 100_000_000)).Message,
            StringComparison.Ordinal);
    }
}
