using System.Text.Json;
using Attractor.Probability;

namespace Attractor.Tests.Probability;

/// <summary>Densities, moments, entropies and divergences against 50 digits.</summary>
public sealed class DistributionGoldenTests
{
    private const double Relative = 1e-12, Ulp = 2.3e-16;

    private static readonly JsonElement File = Golden.Read("distributions.golden.json");

    /// <summary>
    /// Beside 1e-12 of the value: 8 units of rounding of each argument, as far as the value depends on it, and 16 of the number 1 where
    /// logarithms of that size cancel.
    /// </summary>
    [Fact]
    public void Log_densities_are_those_of_fifty_digits()
    {
        foreach (JsonElement row in File.GetProperty("densities").EnumerateArray())
        {
            double found = Make(row).LogDensity(row.GetProperty("value").GetDouble()),
                expected = row.GetProperty("log_density").GetDouble();
            double allowed = (Relative * Math.Abs(expected)) + (Ulp * ((8 * row.GetProperty("slack").GetDouble()) + 16));
            Agree(expected, found, allowed, row);
            if (row.GetProperty("scipy").ValueKind == JsonValueKind.Number)
                Agree(row.GetProperty("scipy").GetDouble(), found, allowed + (Relative * Math.Abs(expected)), row);
        }
    }

    /// <summary>
    /// Beside 1e-12 of the value: of entropies, 16 units of rounding of the number 1, since logarithms of that size may cancel.
    /// </summary>
    [Theory]
    [InlineData("mean")]
    [InlineData("variance")]
    [InlineData("entropy")]
    public void Moments_and_entropies_are_those_of_fifty_digits(string of)
    {
        foreach (JsonElement row in File.GetProperty("moments").EnumerateArray())
        {
            if (row.GetProperty(of).ValueKind != JsonValueKind.Number)
                continue;
            AnyDistribution distribution = Make(row);
            double found = of switch { "mean" => distribution.Mean, "variance" => distribution.Variance, _ => distribution.Entropy };
            double expected = row.GetProperty(of).GetDouble(),
                cancelled = of == "entropy" && distribution.Name is not ("Bernoulli" or "Poisson" or "NegativeBinomial") ? 16 * Ulp : 0;
            if (distribution.Name == "Uniform" && of == "mean")
                cancelled = Ulp;
            // exp of the variance and of the mean of the logarithm: their rounding is relative to the result.
            double steep = distribution.Name == "LogNormal"
                ? 4 * Ulp * (Math.Abs(distribution.Parameters[0]) + Math.Pow(distribution.Parameters[1], 2))
                : 0;
            Agree(expected, found, ((Relative + steep) * Math.Abs(expected)) + cancelled, row);
            if (row.GetProperty(of + "_scipy").ValueKind == JsonValueKind.Number)
                Agree(row.GetProperty(of + "_scipy").GetDouble(), found, (((2 * Relative) + steep) * Math.Abs(expected)) + cancelled, row);
        }
    }

    /// <summary>Beside 1e-12 of the value: 16 units of rounding of the number 1, since logarithms of that size may cancel.</summary>
    [Fact]
    public void Divergences_are_those_of_quadrature_in_fifty_digits()
    {
        foreach (JsonElement row in File.GetProperty("divergences").EnumerateArray())
        {
            double expected = row.GetProperty("divergence").GetDouble();
            Agree(
                expected, Make(row).KullbackLeibler(row.GetProperty("other").Doubles()), (Relative * Math.Abs(expected)) + (16 * Ulp), row);
        }
    }

    [Fact]
    public void Three_divergences_have_their_known_values()
    {
        Assert.Equal(0.16814355131421, AnyDistribution.Make("Normal", 0.5, 0.8).KullbackLeibler([0, 1]), 1e-14);
        Assert.Equal(0.75222587677830, AnyDistribution.Make("Gamma", 3, 2).KullbackLeibler([2, 0.5]), 1e-14);
        Assert.Equal(0.76803484416919, new Dirichlet([2, 3, 5]).KullbackLeibler(new([1, 1, 1])), 1e-14);
    }

    [Fact]
    public void Dirichlet_distributions_are_those_of_fifty_digits()
    {
        foreach (JsonElement row in File.GetProperty("dirichlet").EnumerateArray())
        {
            Dirichlet it = new(row.GetProperty("concentration").Doubles()), other = new(row.GetProperty("other").Doubles());
            Compare(row, "log_density", it.LogDensity(row.GetProperty("value").Doubles()));
            Compare(row, "entropy", it.Entropy);
            Compare(row, "divergence", it.KullbackLeibler(other));
            CompareAll(row, "mean", it.Mean);
            CompareAll(row, "variance", it.Variance);
        }
    }

    [Fact]
    public void Gaussian_distributions_are_those_of_matrices_in_fifty_digits()
    {
        foreach (JsonElement row in File.GetProperty("gaussian").EnumerateArray())
        {
            Gaussian it = new(row.GetProperty("mean").Doubles(), row.GetProperty("factor").Doubles());
            Gaussian other = new(row.GetProperty("other_mean").Doubles(), row.GetProperty("other_factor").Doubles());
            Compare(row, "log_density", it.LogDensity(row.GetProperty("value").Doubles()));
            Compare(row, "entropy", it.Entropy);
            Compare(row, "divergence", it.KullbackLeibler(other));
            CompareAll(row, "variance", it.Variance);
        }
    }

    [Fact]
    public void Relaxed_densities_are_those_of_fifty_digits()
    {
        foreach (JsonElement row in File.GetProperty("relaxed").EnumerateArray())
            Compare(row, "log_density", new RelaxedOneHot(row.GetProperty("logits").Doubles(), row.GetProperty("temperature").GetDouble())
                .LogDensity(row.GetProperty("value").Doubles()));
    }

    /// <summary>Nine digits: the expansion in 1 / nu that serves large degrees of freedom is cut there.</summary>
    [Fact]
    public void Students_quantiles_move_with_the_degrees_of_freedom_as_in_fifty_digits()
    {
        foreach (JsonElement row in File.GetProperty("student_gradients").EnumerateArray())
        {
            double expected = row.GetProperty("gradient").GetDouble();
            double found = AnyDistribution.Make("StudentT", row.GetProperty("degrees").GetDouble(), 0, 1).SampleGradient(
                row.GetProperty("value").GetDouble())[0];
            Agree(expected, found, 1e-9 * Math.Abs(expected), row);
        }
    }

    private static AnyDistribution Make(JsonElement row)
        => AnyDistribution.Make(row.GetProperty("name").GetString()!, row.GetProperty("parameters").Doubles());

    private static void Compare(JsonElement row, string of, double found)
    {
        double expected = row.GetProperty(of).GetDouble();
        Agree(expected, found, (Relative * Math.Abs(expected)) + (16 * Ulp), row);
    }

    private static void CompareAll(JsonElement row, string of, IReadOnlyList<double> found)
    {
        double[] expected = row.GetProperty(of).Doubles();
        for (int i = 0; i < expected.Length; i++)
            Agree(expected[i], found[i], Relative * Math.Abs(expected[i]), row);
    }

    private static void Agree(double expected, double found, double allowed, JsonElement row)
        => Assert.True(
            Math.Abs(found - expected) <= allowed, $"Expected {expected}, found {found} (allowed {allowed}) of {row.GetRawText()}");
}
