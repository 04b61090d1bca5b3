using Attractor.Learning.Mixtures;
using Attractor.Models.Mixtures;
using Attractor.Models.Mixtures.Posteriors;

namespace Attractor.Tests.Learning.Mixtures;

public sealed class EarthquakeModelTests
{
    // Computed apart from this code, in double precision, with the updates and the bound written out.
    private static readonly double[] s_trace = [-62.1135044860744, -49.2864716443969, -49.2738671289084];

    // Nine sweeps: the parameters go on to move in the eighth digit after the bound has all of its own.
    private static MixtureFit Fit(Mixture model) => CoordinateAscent.Fit(
        model, EarthquakeExample.Rows, new() { Responsibilities = EarthquakeExample.Start, Tolerance = 1e-30, MaxSweeps = 9 });

    [Fact]
    public void The_bound_over_the_sweeps_is_the_one_computed_elsewhere()
    {
        MixtureFit fit = Fit(EarthquakeExample.Model());
        Assert.Equal(10, fit.Trace.Count);
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
            ["likelihood of x, y"] = -20.46754586,
            ["likelihood of s"] = -14.24030513,
            ["assignments"] = -5.72051365,
            ["prior of mean (x, y)"] = -8.88715032,
            ["prior of rate (s)"] = -4.46260993,
            ["entropy of assignments"] = 0.13374947,
            ["entropy of mean (x, y)"] = 2.05922998,
            ["entropy of rate (s)"] = 2.31190576,
        };
        Assert.Equal(expected.Keys.Order(), terms.Keys.Order());
        foreach ((string name, double value) in expected)
            Assert.Equal(value, terms[name], 1e-8);
    }

    [Fact]
    public void The_posterior_is_the_one_computed_elsewhere()
    {
        Mixture model = Fit(EarthquakeExample.Model()).Mixture;
        GaussianMeanPosterior means = (GaussianMeanPosterior)model.Posteriors[0];
        PoissonPosterior rates = (PoissonPosterior)model.Posteriors[1];
        Close([0.41323365, 0.41686058], means.Mean(0));
        Close([3.73398143, 3.85415693], means.Mean(1));
        Close([6.14457189, 6.14457189], means.PrecisionOfMean(0));
        Close([6.05542811, 6.05542811], means.PrecisionOfMean(1));
        Close([6.11885845, 26.88114155], [.. rates.Shape]);
        Close([4.52971459, 4.47028541], [.. rates.Rate]);
        double[,] r = model.Responsibilities(EarthquakeExample.Rows);
        Close([0.02971463, 0.97028537], [r[7, 0], r[7, 1]]);
    }

    private static void Close(double[] expected, ReadOnlySpan<double> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-8);
    }
}
