using Attractor.Differentiation;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Learning;

/// <summary>Networks that put their own predictions in the place of missing values.</summary>
[Trait("Registers", "Narrow")]
public sealed class MissingValuesTests
{
    private const int Observed = 3, Steps = 23;

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string kind in LibraryCells.Kinds)
            foreach (string forcing in (string[])["stf", "gtf", "warm-up"])
                cases.Add(kind, forcing);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_agrees_with_central_differences(string kind, string forcing)
    {
        TrainingOptions options = Options(forcing);
        RecurrentModel model = BpttGradientTests.Model(kind, Observed, 5, 9, seed: 5);
        TimeSeries[] windows = [.. Windows(count: 11).Select((window, i) => WithGaps(window, 0.2, (ulong)i))];
        GradientCheck check = Gradient.Check(
            parameters =>
            {
                model.Parameters.Set(parameters);
                BpttGradientTests.ClearDiagonal(model);
                return Training.LossAndGradient(model, windows, options);
            },
            model.Parameters.Values,
            step: 1e-7);
        Assert.True(
            check.RelativeError <= 1e-6, $"component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_is_that_of_a_run_which_takes_its_own_predictions_where_a_value_is_missing(string kind, string forcing)
    {
        TrainingOptions options = Options(forcing);
        RecurrentModel model = BpttGradientTests.Model(kind, Observed, 5, 9, seed: 6);
        TimeSeries[] windows = [.. Windows(count: 19).Select((window, i) => WithGaps(window, 0.2, (ulong)i))];
        double sum = 0, terms = 0;
        foreach (TimeSeries x in windows)
        {
            double[] z = new double[model.Dimension];
            model.InitialState(x.Row(0), z);
            for (int t = 0; t < Steps; t++)
            {
                double strength = t < options.WarmUp ? 1 : options.Forcing.Strength(t);
                for (int n = 0; n < Observed; n++)
                    z[n] += double.IsNaN(x[t, n]) ? 0 : strength * (x[t, n] - z[n]);
                model.Step(z, z);
                for (int n = 0; n < Observed; n++)
                    if (t >= options.WarmUp && !double.IsNaN(x[t + 1, n]))
                        (sum, terms) = (sum + ((z[n] - x[t + 1, n]) * (z[n] - x[t + 1, n])), terms + 1);
            }
        }
        Assert.InRange(terms, 0.7 * 19 * (Steps - options.WarmUp) * Observed, 0.9 * 19 * (Steps - options.WarmUp) * Observed);
        Assert.Equal(sum / terms, Training.LossAndGradient(model, windows, options).Loss, 1e-12 * sum / terms);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Data_without_gaps_have_the_same_gradient(string kind, string forcing)
    {
        RecurrentModel model = BpttGradientTests.Model(kind, Observed, 5, 9, seed: 6);
        TimeSeries[] windows = Windows(count: 19);
        (double loss, double[] gradient) = Training.LossAndGradient(
            model, windows, Options(forcing) with { Missing = MissingValues.Reject });
        (double filled, double[] filledGradient) = Training.LossAndGradient(model, windows, Options(forcing));
        Assert.Equal(loss, filled, 1e-14);
        for (int i = 0; i < gradient.Length; i++)
            Assert.Equal(gradient[i], filledGradient[i], 1e-13);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void A_tenth_of_the_cells_less_costs_little(Precision precision)
    {
        TimeSeries orbit = Lorenz63.Default.Simulate(4000, 0.02, seed: 5).Standardize();
        TrainingOptions options = new()
        {
            Updates = 400,
            SequenceLength = 30,
            Precision = precision,
            Seed = 1,
            LearningRate = LearningRateSchedule.Constant(1e-3),
            Missing = MissingValues.Model,
        };
        double whole = Error(orbit), holes = Error(WithGaps(orbit, 0.1, 7));
        Assert.InRange(holes, 0.5 * whole, 2.5 * whole);
        Assert.InRange(holes, 0, 0.01 * PredictionError.Of(new Persistence(3), orbit, 5));
        // Of windows without any gap there is none.
        Assert.Throws<ArgumentException>(() => Training.Check(
            new ShallowPlrnn(3, 3, 60, seed: 1), [WithGaps(orbit, 0.1, 7)], options with { Missing = MissingValues.Skip }));

        // Of forecasts of the complete data, of a network that begins as a fit to what is there.
        double Error(TimeSeries data)
        {
            ShallowPlrnn net = new(3, 3, 60, seed: 1);
            new DataDrivenStart().Apply(net, [data], 1);
            TrainingResult result = Training.Fit(net, [data], options);
            Assert.Equal(TrainingEnding.Completed, result.Ending);
            return PredictionError.Of(net, orbit, 5);
        }
    }

    [Fact]
    public void Windows_begin_at_complete_rows()
    {
        RecurrentModel model = BpttGradientTests.Model("shplrnn", Observed, 3, 9, seed: 6);
        TimeSeries window = Windows(count: 1)[0], open = new([double.NaN, .. window.Values[1..]], Observed);
        ArgumentException e = Assert.Throws<ArgumentException>(() => Training.LossAndGradient(model, [open], Options("gtf")));
        Assert.Contains("A window begins with 1 missing value", e.Message);
        TimeSeries none = new([.. Enumerable.Range(0, 300).Select(i => i % 3 == i / 3 % 3 ? double.NaN : i)], Observed);
        e = Assert.Throws<ArgumentException>(() => Training.Check(model, [none], Options("gtf")));
        Assert.Contains("the longest run of rows from a complete one on has 0", e.Message);
    }

    private static TimeSeries[] Windows(int count) => BpttGradientTests.Windows(Observed, count, Steps + 1, seed: 3);

    // The first row stays whole.
    private static TimeSeries WithGaps(TimeSeries series, double share, ulong seed)
    {
        RandomStream random = new(seed, "gaps");
        return new(
            [.. series.Values.ToArray().Select((value, i) => random.NextUniform(0, 1) < share && i >= Observed ? double.NaN : value)],
            Observed,
            series.Dt);
    }

    private static TrainingOptions Options(string forcing) => new TrainingOptions() with
    {
        Missing = MissingValues.Model,
        SequenceLength = Steps,
        WarmUp = forcing == "warm-up" ? 8 : 0,
        Forcing = forcing == "gtf" ? TeacherForcing.Generalized(0.15) : TeacherForcing.Sparse(5),
    };
}
