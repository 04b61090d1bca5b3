using System.Text.Json;
using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Functions;

/// <summary>Against mpmath's values to 50 digits, made by special_functions.py.</summary>
public sealed class SpecialFunctionsGoldenTests
{
    private static readonly JsonElement Values = Golden.Read("special-functions.golden.json");

    private static readonly Dictionary<string, (Func<double, double> Function, double Tolerance)> OfOneNumber = new()
    {
        ["log_gamma"] = (LogGamma.Of, 1e-15),
        ["digamma"] = (Digamma.Of, 4e-15),
        ["trigamma"] = (Trigamma.Of, 1e-15),
        ["log1p"] = (Exponentials.Log1p, 4e-16),
        ["expm1"] = (Exponentials.Expm1, 4e-16),
        ["log1m_exp"] = (Exponentials.Log1mExp, 1e-15),
        ["softplus"] = (Logistic.Softplus, 1e-15),
        ["log_sigmoid"] = (Logistic.LogSigmoid, 1e-15),
        ["sigmoid"] = (Logistic.Sigmoid, 1e-15),
    };

    public static TheoryData<string> Names => [.. OfOneNumber.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_of_one_number_is_right_to_the_last_digits_at_its_extremes_zeros_and_seams(string name)
    {
        (Func<double, double> function, double tolerance) = OfOneNumber[name];
        foreach (double[] row in Rows(name)) AssertRelative(row[1], function(row[0]), tolerance, name, row);
    }

    [Fact]
    public void The_logarithm_of_the_beta_function_is_right_but_for_rounding_where_it_passes_zero()
    {
        foreach (double[] row in Rows("log_beta"))
        {
            // Where B is near 1 its logarithm is a difference of logarithms of gamma of order 10, whose rounding stays.
            double error = Math.Abs(LogBeta.Of(row[0], row[1]) - row[2]);
            Assert.True(error <= (1e-15 * Math.Abs(row[2])) + 4e-15, $"log B({row[0]}, {row[1]}): error {error}");
        }
    }

    [Fact]
    public void A_difference_of_digammas_keeps_its_digits_however_small_it_is()
    {
        foreach (double[] row in Rows("digamma_difference"))
        {
            AssertRelative(row[2], Digamma.Difference(row[0], row[1]), 4e-15, "digamma difference", row);
        }
    }

    [Fact]
    public void The_incomplete_gamma_functions_are_right_in_both_tails()
    {
        foreach (double[] row in Rows("gamma"))
        {
            // The exponent a log(x / a) - (x - a) of the density is rounded: in the farthest tail here it is -240.
            AssertRelative(row[2], IncompleteGamma.P(row[0], row[1]), 1e-13, "P", row);
            AssertRelative(row[3], IncompleteGamma.Q(row[0], row[1]), 1e-13, "Q", row);
        }
    }

    [Fact]
    public void The_gradient_of_a_gamma_sample_is_right_to_fourteen_digits_for_every_shape_and_in_both_tails()
    {
        foreach (double[] row in Rows("gamma"))
        {
            AssertRelative(row[4], GammaSample.Gradient(row[0], row[1]), 1e-14, "dz/da", row);
            // log z is rounded, which a z of 1e-200 or of shape 1e5 feels.
            double conditioning = 1 + Math.Max(Math.Abs(Math.Log(row[1])), Math.Sqrt(row[0]));
            AssertRelative(row[4] / row[1], GammaSample.LogGradient(row[0], Math.Log(row[1])), 1e-14 * conditioning, "dlog z/da", row);
        }
    }

    [Fact]
    public void The_gradient_of_the_logarithm_of_a_gamma_sample_is_right_where_the_sample_underflows()
    {
        foreach (double[] row in Rows("gamma_log_gradient"))
        {
            AssertRelative(row[2], GammaSample.LogGradient(row[0], row[1]), 1e-14, "dlog z/da", row);
        }
    }

    [Fact]
    public void The_incomplete_beta_function_is_right_in_its_lower_tail_and_in_all_of_its_upper()
    {
        foreach (double[] row in Rows("beta")) AssertRelative(row[3], IncompleteBeta.Of(row[0], row[1], row[2]), 1e-13, "I", row);
    }

    [Fact]
    public void The_gradients_of_a_beta_sample_are_right_to_thirteen_digits()
    {
        foreach (double[] row in Rows("beta"))
        {
            (double a, double b) = BetaSample.Gradient(row[0], row[1], row[2]);
            AssertRelative(row[4], a, 1e-13, "dx/da", row);
            AssertRelative(row[5], b, 1e-13, "dx/db", row);

            // The same sample seen from the other end, where the subtraction from 1 would lose a small x.
            (double mirroredB, double mirroredA) = BetaSample.Gradient(row[1], row[0], 1 - row[2], row[2]);
            AssertRelative(row[4], -mirroredA, 1e-13, "mirrored dx/da", row);
            AssertRelative(row[5], -mirroredB, 1e-13, "mirrored dx/db", row);
        }
    }

    private static IEnumerable<double[]> Rows(string name) => Values.GetProperty(name).EnumerateArray().Select(row => row.Doubles());

    private static void AssertRelative(double expected, double actual, double tolerance, string what, double[] row) =>
        Assert.True(
            Math.Abs(actual - expected) <= tolerance * Math.Abs(expected),
            $"{what} at {string.Join(", ", row)}: {actual:R}, expected {expected:R}");
}
