using System.Text.Json;
using Attractor.Learning;

namespace Attractor.Tests.Learning.Mixtures.Bound;

/// <summary>
/// The bound of three rows and two components against integrals of log p - log q over every factor of q, done numerically by SciPy.
/// </summary>
[Trait("Registers", "Any")]
public sealed class FactorIntegralsTests
{
    private static readonly JsonElement s_golden = Golden.Read("factor_integrals.golden.json");

    public static TheoryData<string> Cases
        => [.. s_golden.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bound_is_the_integral_of_log_p_less_log_q_over_every_factor(string name)
    {
        MixtureCase example = new(s_golden.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name));
        int sweeps = s_golden.GetProperty("sweeps").GetInt32();
        MixtureFit fit = CoordinateAscent.Fit(example.Model(), example.Rows, example.Options with { MaxSweeps = sweeps });
        Assert.Equal(sweeps + 1, fit.Trace.Count);
        Assert.Equal(example.Json.GetProperty("bound").GetDouble(), fit.Elbo, 1e-10);
    }
}
