using Attractor.Models;
using Attractor.Tests.Learning;

namespace Attractor.Tests.Models.Recurrent;

[Trait("Registers", "Any")]
public sealed class ShallowPlrnnTests
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
        double[] z = RecurrentModelTests.State(latent), next = new double[latent];
        model.Step(z, next);

        ReadOnlySpan<double> a = model.Parameters["A"], w1 = model.Parameters["W1"],
            w2 = model.Parameters["W2"], h1 = model.Parameters["h1"], h2 = model.Parameters["h2"];
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
    public void Sizes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShallowPlrnn(3, 2, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShallowPlrnn(0, 2, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClippedShallowPlrnn(2, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClippedShallowPlrnn(2, 100_000, 100_000));
    }
}
