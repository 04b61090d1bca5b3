using Attractor.Models;

namespace Attractor.Tests.Models.Reservoirs;

[Trait("Registers", "Any")]
public sealed class ReadoutFeaturesTests
{
    [Fact]
    public void Every_second_unit_is_squared_from_the_first_on()
        => Assert.Equal([1, 2, 9, 4, 25, 6, 49, 8, 81], Written(new(Squares: true), [1, 2, 3, 4, 5, 6, 7, 8, 9], []));

    [Fact]
    public void The_input_and_the_constant_follow_the_units()
    {
        Assert.Equal([2, 3, 5, 7, 1], Written(new(Input: true, Constant: true), [2, 3], [5, 7]));
        Assert.Equal([2, 3, 5, 7], Written(new(Input: true), [2, 3], [5, 7]));
        Assert.Equal([2, 3, 1], Written(new(Constant: true), [2, 3], [5, 7]));
        Assert.Equal([4, 3, 5, 1], Written(new(true, true, true), [2, 3], [5]));
        Assert.Equal([2, 3], Written(new(), [2, 3], [5, 7]));
    }

    private static double[] Written(ReadoutFeatures features, double[] state, double[] input)
    {
        double[] written = new double[features.Count(state.Length, input.Length)];
        features.Write(state, input, written);
        return written;
    }
}
