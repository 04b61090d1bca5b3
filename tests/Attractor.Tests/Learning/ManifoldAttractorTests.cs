using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning;

/// <summary>lambda times the sum of (A_ii - 1)^2 + sum_j W_ij^2 + h_i^2 over the last latent units.</summary>
public sealed class ManifoldAttractorTests
{
    private static readonly TrainingOptions s_one = new()
    {
        Updates = 1,
        SequenceLength = 12,
        BatchSize = 4,
        Optimizer = Optimizer.Sgd(0),
        LearningRate = LearningRateSchedule.Constant(0.01),
        GradientClip = 0,
        Precision = Precision.Float64,
    };

    [Theory]
    [InlineData("plrnn", "W", "h")]
    [InlineData("mcplrnn", "W", "h")]
    [InlineData("alrnn", "W", "h")]
    [InlineData("dendplrnn", "W", "h")]
    [InlineData("clipped-dendplrnn", "W", "h")]
    [InlineData("shplrnn", "W1", "h1")]
    [InlineData("clipped-shplrnn", "W1", "h1")]
    public void The_penalty_of_every_cell_is_the_published_one_and_its_gradient_that_of_differences(string kind, string w, string h)
    {
        RecurrentModel model = New(kind, latent: 5);
        ManifoldAttractorPenalty penalty = new(model, share: 0.5);
        double expected = 0;
        // The last floor(5 / 2) of five.
        for (int i = 3; i < 5; i++)
        {
            ReadOnlySpan<double> row = model.Parameters[w];
            int columns = row.Length / 5;
            expected += Math.Pow(model.Parameters["A"][i] - 1, 2) + Math.Pow(model.Parameters[h][i], 2);
            foreach (double weight in row.Slice(i * columns, columns))
                expected += weight * weight;
        }
        Assert.Equal(expected, penalty.Value(model.Parameters.Values), 1e-12);
        GradientCheck check = Gradient.Check(
            theta =>
            {
                double[] gradient = new double[theta.Length];
                penalty.AddGradient(theta, gradient, 0.3);
                return (0.3 * penalty.Value(theta), gradient);
            },
            model.Parameters.Values.ToArray(),
            step: 1e-5);
        Assert.True(check.RelativeError <= 1e-8, $"{check.RelativeError}");
    }

    /// <summary>What is drawn to it is a unit that keeps whatever value it has.</summary>
    [Theory]
    [InlineData("plrnn")]
    [InlineData("alrnn")]
    [InlineData("clipped-dendplrnn")]
    [InlineData("shplrnn")]
    public void Units_without_a_penalty_keep_their_values(string kind)
    {
        RecurrentModel model = New(kind, latent: 5);
        foreach (string name in RecurrentModel.UnitRowsOf(kind))
        {
            double[] values = model.Parameters[name].ToArray();
            int width = values.Length / 5;
            values.AsSpan(3 * width).Fill(name == "A" ? 1 : 0);
            model.Parameters.Set(name, values);
        }
        Assert.Equal(0, new ManifoldAttractorPenalty(model, share: 0.5).Value(model.Parameters.Values));
        double[] state = [0.3, -1.2, 0.7, 2.5, -0.4], next = new double[5];
        model.Step(state, next);
        Assert.Equal(state[3..], next[3..]);
        Assert.NotEqual(state[..3], next[..3]);
    }

    [Fact]
    public void An_update_adds_its_gradient_to_that_of_the_loss()
    {
        RecurrentModel plain = New("plrnn", 4), drawn = New("plrnn", 4);
        double[] before = plain.Parameters.Values.ToArray(), pull = new double[before.Length];
        new ManifoldAttractorPenalty(plain, 0.75).AddGradient(before, pull, 0.2);
        Training.Fit(plain, TrainingTests.Data(), s_one);
        Training.Fit(drawn, TrainingTests.Data(), s_one with { ManifoldAttractor = 0.2, ManifoldAttractorShare = 0.75 });
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(plain.Parameters.Values[i] - (0.01 * pull[i]), drawn.Parameters.Values[i], 1e-13);
        Assert.Equal(3 + (3 * 4) + 3, pull.Count(p => p != 0) + ZerosOfDiagonal(3));
    }

    [Fact]
    public void A_resumed_training_has_the_bits_of_one_in_one_go()
    {
        TrainingOptions options = s_one with
        {
            Updates = 300,
            Optimizer = Optimizer.RAdam(),
            ManifoldAttractor = 1e-2,
            CheckpointInterval = 100,
        };
        List<TrainingState> states = [];
        RecurrentModel whole = New("alrnn", 4), resumed = New("alrnn", 4);
        Training.Fit(whole, [TrainingTests.Data()], options, null, (state, _) => states.Add(state));
        Training.Fit(resumed, [TrainingTests.Data()], options, states.First(s => s.Update == 100), checkpoint: null);
        Assert.Equal(whole.Parameters.Values, resumed.Parameters.Values);
    }

    [Theory]
    [InlineData("gru", 4, 0.5, "a gru has not")]
    [InlineData("plrnn", 4, 0.2, "of 4 latent units is none")]
    [InlineData("plrnn", 4, 1.5, "at most 1, not 1.5")]
    public void What_has_no_such_units_is_refused(string kind, int latent, double share, string why)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Training.Fit(
            New(kind, latent), TrainingTests.Data(), s_one with { ManifoldAttractor = 1e-2, ManifoldAttractorShare = share }));
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 0.3, 3)]
    [InlineData(3, 0.5, 1)]
    [InlineData(7, 1, 7)]
    public void The_share_is_of_whole_units(int latent, double share, int units)
        => Assert.Equal(units, ManifoldAttractorPenalty.UnitsOf(latent, share));

    // Weights of a PLRNN from a unit to itself are 0, and so is what draws them.
    private static int ZerosOfDiagonal(int units) => 2 * units;

    private static RecurrentModel New(string kind, int latent)
    {
        Dictionary<string, int> sizes = RecurrentModel.SizesOf(kind).ToDictionary(
            s => s, s => s switch { "observed" => 2, "latent" => latent, "rectified" => 2, _ => 6 });
        return RecurrentModel.Create(kind, sizes, seed: 3);
    }
}
