using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.Learning.Readouts;

/// <summary>Air pressure: 1013 + 8 x, of which the products of monomials keep no digit.</summary>
public sealed class OffsetDataTests
{
    private const double Ridge = 2.5e-6;

    // The least squares of 28 features in decimal arithmetic of 60 digits (beside W = 0: 36187.98).
    private const double Loss = 9.115449879287618e-7, SquaredNorm = 0.3646179937226855;

    private static TimeSeries Pressure
    {
        get
        {
            double[] values = new double[800];
            double x = 0.1, y = 0.1;
            for (int t = 0; t < 400; t++)
            {
                (x, y) = (1 - (1.4 * x * x) + y, 0.3 * x);
                (values[2 * t], values[(2 * t) + 1]) = (1013 + (8 * x), 1013 + (8 * y));
            }
            return new(values, 2);
        }
    }

    [Fact]
    public void The_fit_is_that_of_sixty_digits()
    {
        NonlinearVectorAutoregression model = new(2);
        ReadoutResult result = VectorAutoregressionTraining.Fit(model, Pressure, new() { Ridge = Ridge });
        Assert.Equal(Loss, result.Fit.Loss, 1e-5 * Loss);
        Assert.Equal(SquaredNorm, result.Fit.SquaredNorm, 1e-5 * SquaredNorm);
        Assert.Equal(36187.9823249268, result.SquaredTargets, 1e-6);
        Assert.Equal(398, result.Samples);
        Assert.True(FreeRun.After(model, Pressure, 200, 10).FindNonFinite() is null);
    }

    [Theory]
    [InlineData(RidgeSelection.GeneralizedCrossValidation)]
    [InlineData(RidgeSelection.Validation)]
    public void A_lambda_is_chosen_that_leaves_no_more(RidgeSelection selection)
    {
        NonlinearVectorAutoregression model = new(2);
        ReadoutResult result = VectorAutoregressionTraining.Fit(model, Pressure, new() { Selection = selection });
        Assert.Equal(398, result.Samples);
        Assert.InRange(result.MeanSquaredError(2), 0, 1e-15);
        Assert.All(result.Path, p => Assert.True(p.Score >= 0));
    }

    [Fact]
    public void A_fit_that_is_worse_than_none_is_refused()
    {
        RidgeFit fit = new()
        {
            Weights = [1],
            Constants = [0],
            Ridge = 0.1,
            SquaredError = 5,
            SquaredNorm = 1,
            ReciprocalCondition = 1,
            ErrorIsResolved = true,
        };
        RidgeRegression.RequireUse(fit, 5);
        ArithmeticException refused = Assert.Throws<ArithmeticException>(() => RidgeRegression.RequireUse(fit, 4));
        Assert.Contains("squared error of 5, a readout of 0 leaves 4", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArithmeticException>(() => RidgeRegression.RequireUse(fit with { SquaredError = double.NaN }, 4));
    }

    [Theory]
    [InlineData(0.1, false)]
    [InlineData(1000, true)]
    public void Saturation_is_told(double inputScale, bool saturated)
    {
        EchoStateNetwork network = new(2, new() { Units = 30, Leak = 1, InputScale = inputScale, Seed = 2 });
        ReadoutResult result = ReadoutTraining.Fit(
            network, FreeRun.From(new Henon(), [0.1, 0.1], 400), new() { Washout = 20, Ridge = 1e-6 });
        Assert.Equal(saturated, result.IsSaturated);
        Assert.InRange(result.MeanSquaredState!.Value, 0, 1);
    }
}
