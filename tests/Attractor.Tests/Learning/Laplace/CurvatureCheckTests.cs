using Attractor.Learning;

namespace Attractor.Tests.Learning.Laplace;

public sealed class CurvatureCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The direction is one unconstrained number, in units of 1 / sqrt |H_ii|.
    [Theory]
    [InlineData(-3, TrainingEnding.Saddle)]
    [InlineData(0, TrainingEnding.FlatDirection)]
    public void What_is_wrong_is_told_with_the_direction_in_units_of_its_scale(double curvature, TrainingEnding ending)
    {
        (TrainingEnding found, double[] direction, double[] scales) = At(
            (x, y) => -0.5 * ((x * x) + (curvature * y * y)), (x, y) => (-x, -curvature * y));
        Assert.Equal(ending, found);
        Assert.Equal([0, scales[1]], direction);
    }

    [Fact]
    public void A_mode_has_no_direction()
    {
        (TrainingEnding found, double[] direction, _) = At((x, y) => -0.5 * ((x * x) + (4 * y * y)), (x, y) => (-x, -4 * y));
        Assert.Equal(TrainingEnding.Converged, found);
        Assert.Empty(direction);
    }

    private static (TrainingEnding Ending, double[] Direction, double[] Scales) At(
        Func<double, double, double> value, Func<double, double, (double, double)> slope)
    {
        TargetFunction target = TargetFunction.Of(2, (point, gradient) =>
        {
            if (gradient.Length > 0)
                (gradient[0], gradient[1]) = slope(point[0], point[1]);
            return value(point[0], point[1]);
        });
        ObservedInformation information = ObservedInformation.At(target, [0, 0], [1, 1], Token);
        (TrainingEnding ending, double[] direction) = CurvatureCheck.Of(target, [0, 0], information);
        return (ending, direction, information.Scales);
    }
}
