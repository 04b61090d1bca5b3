using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures.Stochastic;

/// <summary>One step of stochastic variational inference against a sweep of coordinate ascent.</summary>
public sealed class StochasticStepTests
{
    private const int Rows = 1200, Batches = 8;

    public static TheoryData<string> Gaussians => SimulatedRows.Gaussians;

    public static TheoryData<string, double> Rates
    {
        get
        {
            TheoryData<string, double> rates = [];
            foreach (string gaussian in (string[])["known", "spherical", "diagonal", "full"])
                foreach (double rate in (double[])[1, 0.3])
                    rates.Add(gaussian, rate);
            return rates;
        }
    }

    [Theory]
    [MemberData(nameof(Gaussians))]
    public void With_all_rows_and_rate_1_it_is_a_sweep_of_coordinate_ascent_to_the_bit(string gaussian)
    {
        foreach (double missing in (double[])[0, 0.1])
        {
            IRowSource rows = SimulatedRows.Draw(Rows, missing);
            Mixture swept = SimulatedRows.Model(gaussian), stepped = SimulatedRows.Model(gaussian);
            using Steps one = new(swept, rows, 0, Rows), other = new(stepped, rows, 0, Rows);
            Begin(swept, rows);
            stepped.Restore(swept.Snapshot());
            Ascent ascent = new(swept, one.Step);
            ascent.Resume();
            for (int sweep = 1; sweep <= 3; sweep++)
            {
                ascent.Sweep(sweep);
                StochasticVariationalInference.Step(stepped, other.Step, 1, 1);
                Assert.Equal(swept.Snapshot(), stepped.Snapshot());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Natural_parameters_averaged_over_all_batches_are_those_of_all_rows(string gaussian, double rate)
    {
        IRowSource rows = SimulatedRows.Draw(Rows, missing: 0.05);
        Mixture mixture = SimulatedRows.Model(gaussian);
        Begin(mixture, rows);
        double[] before = mixture.Snapshot(), mean = new double[NaturalParameters(mixture).Length];
        for (int batch = 0; batch < Batches; batch++)
        {
            mixture.Restore(before);
            using Steps steps = new(mixture, rows, batch * Rows / Batches, Rows / Batches);
            StochasticVariationalInference.Step(mixture, steps.Step, Batches, rate);
            double[] noisy = NaturalParameters(mixture);
            for (int i = 0; i < mean.Length; i++)
                mean[i] += noisy[i] / Batches;
        }
        mixture.Restore(before);
        using Steps all = new(mixture, rows, 0, Rows);
        StochasticVariationalInference.Step(mixture, all.Step, 1, rate);
        double[] full = NaturalParameters(mixture);
        for (int i = 0; i < mean.Length; i++)
            Assert.Equal(full[i], mean[i], 1e-12 * (1 + Math.Abs(full[i])));
        mixture.Restore(before);
        Assert.NotEqual(full, NaturalParameters(mixture));
    }

    [Fact]
    public void A_step_goes_from_the_natural_parameters_that_part_of_the_way_to_the_target()
    {
        IRowSource rows = SimulatedRows.Draw(Rows);
        foreach (string gaussian in (string[])["known", "spherical", "diagonal", "full"])
        {
            Mixture mixture = SimulatedRows.Model(gaussian);
            Begin(mixture, rows);
            double[] snapshot = mixture.Snapshot(), before = NaturalParameters(mixture);
            double[] After(double rate)
            {
                mixture.Restore(snapshot);
                using Steps steps = new(mixture, rows, 300, 500);
                StochasticVariationalInference.Step(mixture, steps.Step, Rows / 500.0, rate);
                return NaturalParameters(mixture);
            }
            double[] target = After(1), part = After(0.25);
            for (int i = 0; i < before.Length; i++)
                Assert.Equal((0.75 * before[i]) + (0.25 * target[i]), part[i], 1e-11 * (1 + Math.Abs(part[i])));
        }
    }

    private static void Begin(Mixture mixture, IRowSource rows)
    {
        using Steps steps = new(mixture, rows, 0, (int)rows.Count);
        new Ascent(mixture, steps.Step).Begin(new Starts(mixture, rows).Draw(MixtureStart.KMeansPlusPlus, 3, 0));
    }

    // In which a step is a weighted mean: worked out anew from the posteriors' usual parameters.
    private static double[] NaturalParameters(Mixture mixture)
    {
        List<double> natural = [.. mixture.Weights.Concentration];
        for (int k = 0; k < mixture.Components; k++)
            foreach (BlockPosterior posterior in mixture.Posteriors)
                natural.AddRange(Of(posterior, k));
        return [.. natural];
    }

    private static List<double> Of(BlockPosterior posterior, int k)
    {
        switch (posterior)
        {
            case GaussianMeanPosterior p:
                return [.. p.PrecisionOfMean(k), .. p.PrecisionOfMean(k).ToArray().Zip(p.Mean(k).ToArray(), (r, m) => r * m)];
            case NormalGammaPosterior p:
                double[] kappa = p.Kappa(k).ToArray(), mean = p.Mean(k).ToArray();
                return [.. kappa, .. kappa.Zip(mean, (c, m) => c * m), p.Shape[k], p.Rate[k]
                    + (0.5 * kappa.Zip(mean, (c, m) => c * m * m).Sum())];
            case NormalWishartPosterior p:
                double[] center = p.Mean(k).ToArray(), inverse = p.InverseScale(k).ToArray();
                return
                [
                    p.Kappa[k], p.DegreesOfFreedom[k], .. center.Select(m => p.Kappa[k] * m),
                    .. inverse.Select((w, i) => w + (p.Kappa[k] * center[i / center.Length] * center[i % center.Length])),
                ];
            case PoissonPosterior p:
                return [p.Shape[k], p.Rate[k]];
            case BernoulliPosterior p:
                return [p.Ones[k], p.Zeros[k]];
            default:
                return [.. ((CategoricalPosterior)posterior).Concentration(k)];
        }
    }

    private sealed class Steps : IDisposable
    {
        private readonly MixtureDesign _design;

        public Steps(Mixture mixture, IRowSource rows, int first, int count)
        {
            _design = new(mixture.Blocks, rows, count);
            _design.Fill(rows, first, count, 1);
            Step = new(mixture, _design, 1);
        }

        public ExpectationStep Step { get; }

        public void Dispose()
        {
            Step.Dispose();
            _design.Dispose();
        }
    }
}
