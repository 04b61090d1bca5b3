using System.Text.Json;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>
/// Every kind of block, alone and with others, in 1 to 10 dimensions, with and without missing values: against an implementation that
/// shares nothing with ours.
/// </summary>
[Trait("Registers", "Narrow")]
public sealed class MixtureSweepsTests
{
    private const double Relative = 1e-9;

    public static TheoryData<string> Cases => [.. MixtureCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_term_of_the_bound_is_the_reference_s_after_every_sweep(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        JsonElement[] sweeps = [.. example.Json.GetProperty("sweeps").EnumerateArray()];
        for (int last = 0; last <= MixtureCase.Sweeps; last++)
        {
            MixtureFit fit = CoordinateAscent.Fit(example.Model(), example.Rows, example.Options with { MaxSweeps = last });
            Dictionary<string, double> expected = sweeps[last].EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetDouble());
            Assert.Equal(expected.Keys.Order(), fit.Terms.Select(t => t.Name).Order());
            foreach (ElboTerm term in fit.Terms)
                AssertClose(expected[term.Name], term.Value, $"{term.Name} after sweep {last}");
            Assert.Equal(last + 1, fit.Trace.Count);
            for (int sweep = 0; sweep <= last; sweep++)
                AssertClose(
                    sweeps[sweep].EnumerateObject().Sum(t => t.Value.GetDouble()), fit.Trace[sweep], $"the bound after sweep {sweep}");
            Assert.Equal(fit.Trace[^1], fit.Elbo);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_posterior_is_the_reference_s(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        Mixture model = CoordinateAscent.Fit(example.Model(), example.Rows, example.Options).Mixture;
        Dictionary<string, double[]> expected = example.Json.GetProperty("posterior").EnumerateObject().ToDictionary(
            t => t.Name, t => t.Value.Doubles());
        Assert.Equal(expected.Keys.Order(), model.Tensors.Select(t => t.Name).Order());
        foreach ((string tensor, _, double[] values) in model.Tensors)
        {
            Assert.Equal(expected[tensor].Length, values.Length);
            // An entry of a matrix near 0 is a difference of numbers of the size of the others.
            double size = tensor.EndsWith("inverse_scale", StringComparison.Ordinal) ? values.Max(Math.Abs) : 0;
            for (int i = 0; i < values.Length; i++)
                AssertClose(expected[tensor][i], values[i], $"{tensor}[{i}]", size);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_responsibilities_are_the_reference_s(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        double[,] expected = MixtureCase.Matrix(example.Json.GetProperty("responsibilities"));
        double[,] found = CoordinateAscent.Fit(example.Model(), example.Rows, example.Options).Mixture.Responsibilities(example.Rows);
        Assert.Equal(expected.GetLength(0), found.GetLength(0));
        for (int n = 0; n < expected.GetLength(0); n++)
            for (int k = 0; k < expected.GetLength(1); k++)
                Assert.True(
                    Math.Abs(expected[n, k] - found[n, k]) <= Relative * (1e-3 + expected[n, k]),
                    $"row {n}, component {k}: expected {expected[n, k]:R}, found {found[n, k]:R}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_predictive_density_is_SciPy_s(string name)
    {
        MixtureCase example = MixtureCase.Of(name);
        double[] expected = example.Json.GetProperty("predictive").Doubles();
        double[] found = CoordinateAscent.Fit(example.Model(), example.Rows, example.Options).Mixture.LogPredictive(example.Query);
        Assert.Equal(expected.Length, found.Length);
        for (int n = 0; n < expected.Length; n++)
            AssertClose(expected[n], found[n], $"row {n}");
    }

    private static void AssertClose(double expected, double found, string what, double size = 0)
        => Assert.True(
            Math.Abs(expected - found) <= Relative * Math.Max(Math.Abs(expected), Math.Max(size, 1e-3)),
            $"{what}: expected {expected:R}, found {found:R}");
}
