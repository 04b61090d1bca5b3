using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures;

[Trait("Registers", "Narrow")]
public sealed class EarthquakeModelTests
{
    // Computed apart from this code, in double precision, with the updates and the bound written out.
    private static readonly double[] s_trace = [-62.1135044860744, -49.2864716443969, -49.2738671289084];

    // Until the counts stand still: they go on to move in the eighth digit after the bound has all of its own.
    private static MixtureFit Fit(Mixture model) => CoordinateAscent.Fit(
        model, EarthquakeExample.Rows, new() { Responsibilities = EarthquakeExample.Start, Tolerance = 1e-14, CountTolerance = 1e-13 });

    [Fact]
    public void The_bound_over_the_sweeps_is_the_one_computed_elsewhere()
    {
        MixtureFit fit = Fit(EarthquakeExample.Model());
        Assert.True(fit.Converged);
        for (int sweep = 0; sweep < s_trace.Length; sweep++)
            Assert.Equal(s_trace[sweep], fit.Trace[sweep], 1e-10);
        Assert.Equal(-49.2732396861735, fit.Elbo, 1e-10);
    }

    [Fact]
    public void Each_term_of_the_bound_is_the_one_computed_elsewhere()
    {
        Dictionary<string, double> terms = Fit(EarthquakeExample.Model()).Terms.ToDictionary(t => t.Name, t => t.Value);
        Dictionary<string, double> expected = new()
        {
            ["likelihood of x, y"] = -20.467545815172382,
            ["likelihood of s"] = -14.240305070100185,
            ["assignments"] = -5.720513640287868,
            ["prior of mean (x, y)"] = -8.887150323008555,
            ["prior of rate (s)"] = -4.4626099334591425,
            ["entropy of assignments"] = 0.13374936529117382,
            ["entropy of mean (x, y)"] = 2.0592299820780915,
            ["entropy of rate (s)"] = 2.311905748485364,
        };
        Assert.Equal(expected.Keys.Order(), terms.Keys.Order());
        foreach ((string name, double value) in expected)
            Assert.Equal(value, terms[name], 1e-11);
    }

    [Fact]
    public void The_posterior_is_the_one_computed_elsewhere()
    {
        Mixture model = Fit(EarthquakeExample.Model()).Mixture;
        GaussianMeanPosterior means = (GaussianMeanPosterior)model.Posteriors[0];
        PoissonPosterior rates = (PoissonPosterior)model.Posteriors[1];
        Close([0.4132336398717545, 0.4168605655304382], means.Mean(0));
        Close([3.7339814165285974, 3.854156914560355], means.Mean(1));
        Close([6.144571841644401, 6.144571841644401], means.PrecisionOfMean(0));
        Close([6.055428158355599, 6.055428158355599], means.PrecisionOfMean(1));
        Close([6.11885832591508, 26.881141674084922], [.. rates.Shape]);
        Close([4.5297145610962675, 4.470285438903733], [.. rates.Rate]);
        double[,] r = model.Responsibilities(EarthquakeExample.Rows);
        Close([0.029714597839369795, 0.9702854021606301], [r[7, 0], r[7, 1]]);
    }

    private static void Close(double[] expected, ReadOnlySpan<double> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-11);
    }
}
