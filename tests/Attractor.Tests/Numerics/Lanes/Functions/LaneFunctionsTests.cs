using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Lanes.Functions;

/// <summary>The functions of a block of lanes at every width and in both precisions, against those of the platform in float64.</summary>
[Trait("Registers", "Any")]
public sealed class LaneFunctionsTests
{
    private static readonly Dictionary<string, LaneFunctionChecks> s_widths = new()
    {
        ["512 bits, float32"] = new LaneFunctionChecks<Lanes512<float>, float>(),
        ["512 bits, float64"] = new LaneFunctionChecks<Lanes512<double>, double>(),
        ["256 bits, float32"] = new LaneFunctionChecks<Lanes256<float>, float>(),
        ["256 bits, float64"] = new LaneFunctionChecks<Lanes256<double>, double>(),
        ["128 bits, float32"] = new LaneFunctionChecks<Lanes128<float>, float>(),
        ["128 bits, float64"] = new LaneFunctionChecks<Lanes128<double>, double>(),
    };

    public static TheoryData<string> Widths => [.. s_widths.Keys];

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_exponential_is_right_to_a_unit_in_the_last_place(string width)
        => s_widths[width].The_exponential_is_right_to_a_unit_in_the_last_place();

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_logarithm_is_right_to_two_units_in_the_last_place(string width)
        => s_widths[width].The_logarithm_is_right_to_two_units_in_the_last_place();

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_logarithm_of_one_plus_x_loses_nothing_for_small_x(string width)
        => s_widths[width].The_logarithm_of_one_plus_x_loses_nothing_for_small_x();

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_logistic_function_is_right_in_both_tails(string width)
        => s_widths[width].The_logistic_function_is_right_in_both_tails();

    [Theory]
    [MemberData(nameof(Widths))]
    public void Softplus_is_right_in_both_tails(string width) => s_widths[width].Softplus_is_right_in_both_tails();

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_hyperbolic_tangent_is_right_to_three_units_in_the_last_place(string width)
        => s_widths[width].The_hyperbolic_tangent_is_right_to_three_units_in_the_last_place();

    [Theory]
    [MemberData(nameof(Widths))]
    public void Ends_are_exact_and_a_NaN_stays_one(string width) => s_widths[width].Ends_are_exact_and_a_NaN_stays_one();

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_hyperbolic_tangent_does_not_step_down_where_its_two_forms_meet(string width)
        => s_widths[width].The_hyperbolic_tangent_does_not_step_down_where_its_two_forms_meet();
}
