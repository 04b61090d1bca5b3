using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Lanes.Functions;

internal abstract class LaneFunctionChecks
{
    public abstract void The_exponential_is_right_to_a_unit_in_the_last_place();

    public abstract void The_logarithm_is_right_to_two_units_in_the_last_place();

    public abstract void The_logarithm_of_one_plus_x_loses_nothing_for_small_x();

    public abstract void The_logistic_function_is_right_in_both_tails();

    public abstract void Softplus_is_right_in_both_tails();

    public abstract void The_hyperbolic_tangent_is_right_to_three_units_in_the_last_place();

    public abstract void Ends_are_exact_and_a_NaN_stays_one();

    public abstract void The_hyperbolic_tangent_does_not_step_down_where_its_two_forms_meet();
}

internal sealed unsafe class LaneFunctionChecks<S, T> : LaneFunctionChecks
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double s_unit = typeof(T) == typeof(float) ? Math.Pow(2, -23) : Math.Pow(2, -52);
    private static readonly double s_highestExponent = typeof(T) == typeof(float) ? 88.7 : 709.7;
    private static readonly double s_lowestExponent = typeof(T) == typeof(float) ? -86.5 : -707.5;
    private static readonly double s_smallest = typeof(T) == typeof(float) ? float.Epsilon : double.Epsilon;
    private static readonly double s_largest = typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue;

    public override void The_exponential_is_right_to_a_unit_in_the_last_place()
        => AssertUnits(Exponential<S, T>.Of, Math.Exp, Between(s_lowestExponent, s_highestExponent).Concat(Small()), 1.1);

    public override void The_logarithm_is_right_to_two_units_in_the_last_place()
        => AssertUnits(Logarithm<S, T>.Of, Math.Log, Small().Where(x => x > 0).Concat(Between(0.4, 3)).Concat(
            Enumerable.Range(0, 1000).Select(i => Math.Exp(i * s_highestExponent / 1000))), 2);

    public override void The_logarithm_of_one_plus_x_loses_nothing_for_small_x()
        => AssertUnits(
            Logarithm<S, T>.OfOnePlus,
            x => MathNet.Numerics.SpecialFunctions.Log1p(x),
            Between(0, 1).Concat(Small().Where(x => x is >= 0 and <= 1)),
            3);

    public override void The_logistic_function_is_right_in_both_tails()
        => AssertUnits(
            Logistic<S, T>.Sigmoid, x => 1 / (1 + Math.Exp(-x)), Between(s_lowestExponent, s_highestExponent).Concat(Small()), 3);

    public override void Softplus_is_right_in_both_tails()
        => AssertUnits(
            Logistic<S, T>.Softplus,
            x => Math.Max(x, 0) + MathNet.Numerics.SpecialFunctions.Log1p(Math.Exp(-Math.Abs(x))),
            Between(s_lowestExponent, s_highestExponent).Concat(Small()),
            3);

    public override void The_hyperbolic_tangent_is_right_to_three_units_in_the_last_place()
        => AssertUnits(HyperbolicTangent<S, T>.Of, Math.Tanh, Between(-25, 25).Concat(Small()), 3);

    public override void Ends_are_exact_and_a_NaN_stays_one()
    {
        Assert.Equal(double.PositiveInfinity, Of(Exponential<S, T>.Of, double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Of(Exponential<S, T>.Of, 1000));
        Assert.Equal(0, Of(Exponential<S, T>.Of, double.NegativeInfinity));
        Assert.Equal(0, Of(Exponential<S, T>.Of, -1000));
        Assert.Equal(1, Of(Exponential<S, T>.Of, 0));
        Assert.Equal(double.NegativeInfinity, Of(Logarithm<S, T>.Of, 0));
        Assert.Equal(double.NegativeInfinity, Of(Logarithm<S, T>.Of, -0.0));
        Assert.Equal(double.PositiveInfinity, Of(Logarithm<S, T>.Of, double.PositiveInfinity));
        Assert.Equal(double.NaN, Of(Logarithm<S, T>.Of, -1));
        Assert.Equal(double.NaN, Of(Logarithm<S, T>.Of, -0.5));
        Assert.Equal(0, Of(Logarithm<S, T>.Of, 1));
        AssertClose(Math.Log(s_smallest), Of(Logarithm<S, T>.Of, s_smallest), 2);
        AssertClose(Math.Log(s_largest), Of(Logarithm<S, T>.Of, s_largest), 2);
        Assert.Equal(1, Of(Logistic<S, T>.Sigmoid, 1000));
        Assert.Equal(0, Of(Logistic<S, T>.Sigmoid, -1000));
        Assert.Equal(1000, Of(Logistic<S, T>.Softplus, 1000));
        Assert.Equal(0, Of(Logistic<S, T>.Softplus, -1000));
        Assert.Equal(1, Of(HyperbolicTangent<S, T>.Of, 1000));
        Assert.Equal(-1, Of(HyperbolicTangent<S, T>.Of, double.NegativeInfinity));
        Assert.Equal(s_smallest, Of(HyperbolicTangent<S, T>.Of, s_smallest));
        Assert.True(double.IsNegative(Of(HyperbolicTangent<S, T>.Of, -0.0)));
        foreach (Func<S, S> f in (Func<S, S>[])[
            Exponential<S, T>.Of, Logarithm<S, T>.Of, Logistic<S, T>.Sigmoid, Logistic<S, T>.Softplus, HyperbolicTangent<S, T>.Of
        ])
            Assert.Equal(double.NaN, Of(f, double.NaN));
    }

    public override void The_hyperbolic_tangent_does_not_step_down_where_its_two_forms_meet()
    {
        double last = 0;
        for (double x = 0.6249; x < 0.6251; x += 1e-6)
        {
            double value = Of(HyperbolicTangent<S, T>.Of, x);
            Assert.True(value >= last);
            last = value;
        }
    }

    private static IEnumerable<double> Between(double low, double high)
        => Enumerable.Range(0, 4001).Select(i => low + ((high - low) * i / 4000));

    private static IEnumerable<double> Small()
        => Enumerable.Range(0, 2000).SelectMany(i => (double[])[Math.Pow(10, -20 + (i / 100.0)), -Math.Pow(10, -20 + (i / 100.0))]);

    private static void AssertUnits(Func<S, S> lanes, Func<double, double> exact, IEnumerable<double> points, double units)
    {
        foreach (double point in points)
        {
            double x = double.CreateTruncating(T.CreateTruncating(point)), expected = exact(x);
            // Float32 has no normal number below.
            if (Math.Abs(expected) > 1e-37)
                AssertClose(expected, Of(lanes, x), units, x);
        }
    }

    private static void AssertClose(double expected, double found, double units, double at = double.NaN)
        => Assert.True(
            Math.Abs(found - expected) <= units * s_unit * Math.Abs(expected), $"at {at:R}: expected {expected:R}, found {found:R}");

    private static double Of(Func<S, S> f, double x)
    {
        T* block = stackalloc T[64 / sizeof(T)];
        f(S.Broadcast(T.CreateTruncating(x))).Store(block);
        return double.CreateTruncating(block[1]);
    }
}
