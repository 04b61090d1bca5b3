using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Models.Autoencoders.Sequential;

public sealed class LinearChainTests
{
    [Fact]
    public void The_filter_of_this_test_finds_the_known_likelihood()
        => Assert.Equal(-8.375516318561, LinearChain.Kalman(LinearChain.Published).LogLikelihood, 1e-11);

    [Fact]
    public void The_bound_of_the_best_product_is_the_known_one()
        => Assert.Equal(-8.668181276773, ExactBound(LinearChain.Kalman(LinearChain.Published).SmootherMeans), 1e-11);

    [Fact]
    public void The_bound_of_the_best_product_about_filter_means_is_the_known_one()
        => Assert.Equal(-8.968527823443, ExactBound(LinearChain.Kalman(LinearChain.Published).FilterMeans), 1e-11);

    [Fact]
    public void The_mean_log_weight_is_the_bound_with_the_divergence_in_closed_form()
        => Assert.Equal(-8.968527823443, ExactBound(LinearChain.Kalman(LinearChain.Published).FilterMeans, logWeights: true), 1e-11);

    [Fact]
    public void The_importance_weighted_bound_tends_to_the_likelihood()
    {
        SequentialVariationalAutoencoder model = LinearChain.Model(new() { Observed = 1, EncoderUnits = 4, Seed = 1 });
        SequenceSet set = new([LinearChain.Published]);
        SequenceLikelihood few = SequentialAutoencoderEvaluation.Evaluate(model, set, draws: 10),
            many = SequentialAutoencoderEvaluation.Evaluate(model, set, draws: 100_000);
        Assert.Equal(5, many.Steps);
        Assert.Equal(-8.375516318561 / 5, many.ImportanceWeighted, 0.01);
        Assert.True(many.Bound < few.ImportanceWeighted, $"{many.Bound} is not below {few.ImportanceWeighted}");
        Assert.Equal(many.LogLikelihood - many.Divergence, many.Bound, 1e-12);
    }

    // The integrand is quadratic in the noise: its mean over the points +- sqrt(n) e_i is exact.
    private static double ExactBound(double[] means, bool logWeights = false)
    {
        const int steps = 5;
        SequentialVariationalAutoencoder model = LinearChain.Model(new() { Observed = 1 });
        TimeSeries[] copies = [.. Enumerable.Repeat(LinearChain.Published, 2 * steps)];
        PackedSequences packed = new(copies);
        // The diagonal of the posterior's precision: neighbours in time and the observation.
        double a = LinearChain.A, inside = 1 + (a * a) + 1;
        double[] precision = [(1 / LinearChain.StationaryVariance) + (a * a) + 1, inside, inside, inside, 2];
        double[] noise = new double[packed.Layout.Rows], m = new double[packed.Layout.Rows], logVariance = new double[packed.Layout.Rows];
        for (int copy = 0; copy < copies.Length; copy++)
            for (int t = 0; t < steps; t++)
            {
                int row = packed.Layout.Offsets[t] + copy;
                noise[row] = t == copy / 2 ? (copy % 2 == 0 ? 1 : -1) * Math.Sqrt(steps) : 0;
                (m[row], logVariance[row]) = (means[t], -Math.Log(precision[t]));
            }
        return BoundOnTape.Rows(model, packed, noise, (m, logVariance), logWeights).Sum() / copies.Length;
    }
}
