using Attractor.Evaluation;

namespace Attractor.Tests.Evaluation.LatentVariables;

public sealed class ActiveUnitsTests
{
    [Fact]
    public void Variances_are_those_of_each_latent_variable_over_the_rows()
    {
        float[] means = [1, 5, -0.1f, 3, 5, 0.1f, 5, 5, 0];
        double[] variances = ActiveUnits.Variances(means, 3);
        Assert.Equal(8 / 3.0, variances[0], 1e-12);
        Assert.Equal(0, variances[1]);
        Assert.Equal(0.02 / 3, variances[2], 1e-7);
        // A mean far from 0 is no activity, and 0.0067 is less than the threshold.
        Assert.Equal(1, ActiveUnits.Count(means, 3));
        Assert.Equal(2, ActiveUnits.Count([1, 5, -0.11f, 3, 5, 0.11f], 3));
    }

    [Fact]
    public void What_is_not_whole_rows_is_refused()
    {
        Assert.Contains(
            "rows of 2 means, found 3",
            Assert.Throws<ArgumentException>(() => ActiveUnits.Variances([1, 2, 3], 2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ActiveUnits.Count([], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ActiveUnits.Count([1], 0));
    }
}
