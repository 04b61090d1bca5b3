using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;
using Attractor.Tests.Models.Guests;

namespace Attractor.Tests.Models.Mixtures;

/// <summary>What every kind of block is held to, the library's and one from outside.</summary>
public sealed class BlockConformanceTests : IDisposable
{
    private static readonly Dictionary<string, ConjugateBlock[]> s_examples = new()
    {
        [GaussianMeanBlock.KindName] =
        [
            new GaussianMeanBlock(["x"], 2, [0.5], 0.1),
            new GaussianMeanBlock(["x", "y"], 2, 1.5, [0.5, 1], 0.1)
        ],
        [NormalGammaBlock.KindName] =
        [
            new NormalGammaBlock(["x"], [0.5], 0.2, 2, 1.5),
            new NormalGammaBlock(["x", "y"], [0.5, 1], 0.2, 2, 1.5)
        ],
        [NormalWishartBlock.KindName] =
        [
            new NormalWishartBlock(["x"], [1.5], [0.5], 0.2, 3),
            new NormalWishartBlock(["x", "y"], [1.5, 0.2, 0.2, 1], [0.5, 1], 0.2, 3.5)
        ],
        [PoissonBlock.KindName] = [new PoissonBlock("s", 2, 0.5)],
        [BernoulliBlock.KindName] = [new BernoulliBlock("b", 1.5, 0.7)],
        [CategoricalBlock.KindName] = [new CategoricalBlock("c", ["red", "green", "blue"], 0.8)],
        [ExponentialBlock.KindName] = [new ExponentialBlock("w", 2.5, 3)],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("block-conformance").FullName;

    static BlockConformanceTests() => BlockKind.Register(ExponentialBlock.Registration);

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string kind in BlockKind.All.Select(k => k.Name).Union([ExponentialBlock.KindName]))
                for (int i = 0; i < s_examples[kind].Length; i++)
                    cases.Add(kind, i);
            return cases;
        }
    }

    public static TheoryData<string, int> ExactCases
        => [.. Cases.Where(c => s_examples[c.Data.Item1][c.Data.Item2].Prior(1).Factors.Count == 1)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_block_is_made_again_of_what_it_says(string kind, int example)
    {
        ConjugateBlock block = s_examples[kind][example], again = BlockKind.Read(new(block.Kind, block.Columns, block.Hyperparameters));
        Assert.Equal(kind, block.Kind);
        Assert.IsType(block.GetType(), again);
        Assert.Equal(block.Columns, again.Columns);
        Assert.Equal(Text(block), Text(again));
        Assert.Equal(block.Columns, block.Requests.Select(r => r.Name));

        static string[] Text(ConjugateBlock b)
            => [.. b.Hyperparameters.Select(
                v =>
                    $"{v.Name} {v.IsSingle} {string.Join(' ', v.Numbers.Select(BitConverter.DoubleToInt64Bits))} "
                    + $"{string.Join(' ', v.Words ?? [])}")];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_fit_never_lowers_the_bound_and_resumes_to_the_same_bits(string kind, int example)
    {
        (ConjugateBlock block, TimeSeries rows) = Data(kind, example);
        CoordinateAscentOptions options = new() { Restarts = 2, MaxSweeps = 20, Seed = 3 };
        MixtureState? kept = null;
        // A bound that falls throws.
        MixtureFit whole = CoordinateAscent.Fit(new(2, [block]), rows, options);
        Assert.All(whole.Traces, t => Assert.All(t.Zip(t.Skip(1)), p => Assert.True(p.Second >= p.First - (1e-9 * Math.Abs(p.First)))));
        using CancellationTokenSource stop = new();
        int sweeps = 0;
        CoordinateAscent.Fit(
            new(2, [block]), rows, options, null,
            new() { Checkpoint = (s, _) => kept = s, Sweep = _ => { if (++sweeps == 2) stop.Cancel(); } }, stop.Token);
        Assert.Equal(Bits(whole.Mixture), Bits(CoordinateAscent.Fit(new(2, [block]), rows, options, kept).Mixture));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stochastic_inference_comes_near_to_coordinate_ascent(string kind, int example)
    {
        (ConjugateBlock block, TimeSeries rows) = Data(kind, example);
        double exact = CoordinateAscent.Fit(new(1, [block]), rows, new() { Restarts = 1 }).Elbo;
        MixtureFit fit = StochasticVariationalInference.Fit(
            new(1, [block]), new SeriesRows(rows), new() { BatchSize = 100, Epochs = 10, Restarts = 1, Seed = 2 });
        Assert.InRange(fit.Elbo, exact - (0.01 * Math.Abs(exact)), exact + (0.01 * Math.Abs(exact)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mixture_is_written_and_read_to_the_bit(string kind, int example)
    {
        (ConjugateBlock block, TimeSeries rows) = Data(kind, example);
        Mixture model =
            CoordinateAscent.Fit(new(2, [block], MixtureWeights.Dirichlet(0.7)), rows, new() { Restarts = 1, MaxSweeps = 5 }).Mixture;
        string file = Path.Combine(_folder, "model.safetensors");
        ModelFile.Save(file, model);
        Mixture read = ModelFile.Load<Mixture>(file);
        Assert.Equal(Bits(model), Bits(read));
        Assert.Equal(model.LogPredictive(rows), read.LogPredictive(rows));
        foreach (BlockPosterior posterior in model.Posteriors)
            Assert.NotEmpty(posterior.Describe(1));
    }

    // With one component and an exact posterior the bound is the evidence, log p(x_1) + log p(x_2 | x_1) + ..: prior, entropy, weights and
    // log h(x) on one side, the predictive density on the other.
    [Theory]
    [MemberData(nameof(ExactCases))]
    public void A_row_more_raises_the_bound_by_its_predictive_density(string kind, int example)
    {
        (ConjugateBlock block, TimeSeries rows) = Data(kind, example);
        CoordinateAscentOptions options = new() { Restarts = 1, Tolerance = 1e-14 };
        MixtureFit before = CoordinateAscent.Fit(new(1, [block]), rows.Slice(0, 20), options),
            after = CoordinateAscent.Fit(new(1, [block]), rows.Slice(0, 21), options);
        Assert.Equal(before.Mixture.LogPredictive(rows.Slice(20, 1))[0], after.Elbo - before.Elbo, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Draws_have_the_density_that_is_predicted(string kind, int example)
    {
        (ConjugateBlock block, TimeSeries rows) = Data(kind, example);
        Mixture model = CoordinateAscent.Fit(new(2, [block]), rows, new() { Restarts = 1, MaxSweeps = 5 }).Mixture;
        Mixture other = CoordinateAscent.Fit(new(1, [block]), rows, new() { Restarts = 1 }).Mixture;
        // E_p[q / (p + q)] = E_q[p / (p + q)] of two densities, and of nothing that is not one or is drawn otherwise.
        Assert.Equal(Share(model, other), Share(other, model), 0.02);

        static double Share(Mixture drawn, Mixture other)
        {
            TimeSeries draws = drawn.Sample(20_000, seed: 5);
            return drawn.LogPredictive(draws).Zip(other.LogPredictive(draws), (p, q) => 1 / (1 + Math.Exp(p - q))).Average();
        }
    }

    private static double[] Bits(Mixture mixture) => mixture.Snapshot();

    // Drawn from the block's own family, from two components that its prior made different.
    private static (ConjugateBlock Block, TimeSeries Rows) Data(string kind, int example)
    {
        ConjugateBlock block = s_examples[kind][example];
        RandomStream random = new(7, "conformance");
        int width = block.Columns.Count;
        double[] values = new double[400 * width];
        for (int n = 0; n < 400; n++)
            for (int d = 0; d < width; d++)
            {
                bool second = n % 3 == 0;
                values[(n * width) + d] = block.Columns[d] switch
                {
                    "s" => Math.Floor((second ? 12 : 4) * random.NextDouble()),
                    "b" => random.NextDouble() < (second ? 0.9 : 0.2) ? 1 : 0,
                    "c" => random.NextDouble() < 0.7 ? (second ? 2 : 0) : random.NextInt64(3),
                    "w" => -(second ? 9 : 1) * Math.Log(1 - random.NextDouble()),
                    _ => (second ? 4 : 0) + random.NextNormal(),
                };
            }
        return (block, new(values, width, 1, block.Columns));
    }
}
