using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning;

[Trait("Registers", "Narrow")]
public sealed class HierarchicalTrainingTests
{
    private static readonly string[] s_two = ["a", "b"];

    [Fact]
    public void With_one_feature_of_1_it_is_the_shallow_network()
    {
        ShallowPlrnn network = (ShallowPlrnn)BpttGradientTests.Model("shplrnn", 2, 4, 9, seed: 3);
        HierarchicalShallowPlrnn model = new(2, 4, 9, features: 1, s_two, seed: 8);
        model.BeginAs(network);
        TimeSeries[] windows = BpttGradientTests.Windows(2, count: 6, rows: 16, seed: 4);

        for (int s = 0; s < 2; s++)
        {
            ShallowPlrnn own = model.NetworkOf(s);
            AssertClose(network.Parameters.Values, own.Parameters.Values);
            double[] state = [0.3, -1.2, 0.7, 0.1], expected = new double[4], next = new double[4];
            network.Step(state, expected);
            own.Step(state, next);
            AssertClose(expected, next);
            double[] jacobian = new double[16], expectedJacobian = new double[16];
            network.Jacobian(state, expectedJacobian);
            own.Jacobian(state, jacobian);
            AssertClose(expectedJacobian, jacobian);
        }

        (double loss, double[] gradient) = HierarchicalTraining.LossAndGradient(
            model, [windows, windows], new() { SequenceLength = 15, Alpha = 0.15 });
        (double plainLoss, double[] plain) = Training.LossAndGradient(
            network, windows, new() { SequenceLength = 15, Forcing = TeacherForcing.Generalized(0.15) });

        Assert.Equal(plainLoss, loss, 1e-12);
        AssertClose(plain, gradient.AsSpan(0, plain.Length));
        double along = 0;
        for (int i = 0; i < plain.Length; i++)
            along += plain[i] * network.Parameters.Values[i];
        Assert.Equal(along / 2, gradient[plain.Length], 1e-12 * Math.Abs(along));
    }

    [Theory]
    [InlineData(2, 3, false, 0.1)]
    [InlineData(2, 3, true, 0.1)]
    [InlineData(3, 3, true, 0)]
    [InlineData(2, 5, true, 1)]
    public void Gradient_of_every_parameter_agrees_with_central_differences(int observed, int latent, bool covariance, double alpha)
    {
        HierarchicalShallowPlrnn model = Model(observed, latent, hidden: 6, features: 3, subjects: 3);
        IReadOnlyList<TimeSeries>[] windows =
            [.. Enumerable.Range(0, 3).Select(s => BpttGradientTests.Windows(observed, count: 2 + s, rows: 13, seed: (ulong)s))];
        HierarchicalTrainingOptions options = new()
        {
            SequenceLength = 12,
            Alpha = alpha,
            AlphaEnd = alpha,
            LearnCovariance = covariance
        };

        GradientCheck check = Gradient.Check(
            parameters =>
            {
                model.Parameters.Set(parameters);
                return HierarchicalTraining.LossAndGradient(model, windows, options);
            },
            model.Parameters.Values,
            step: 1e-6);

        Assert.True(
            check.RelativeError <= 1e-6, $"component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
    }

    [Fact]
    public void Likelihood_of_missing_values_is_that_of_the_others()
    {
        HierarchicalShallowPlrnn model = Model(2, 3, hidden: 6, features: 2, subjects: 2);
        TimeSeries[] windows = BpttGradientTests.Windows(2, count: 3, rows: 13, seed: 5);
        double[] holed = windows[1].Values.ToArray();
        (holed[7], holed[12]) = (double.NaN, double.NaN);
        windows[1] = new(holed, 2);
        HierarchicalTrainingOptions options = new()
        {
            SequenceLength = 12,
            Alpha = 0.2,
            LearnCovariance = true,
            Missing = MissingValues.Model
        };

        GradientCheck check = Gradient.Check(
            parameters =>
            {
                model.Parameters.Set(parameters);
                return HierarchicalTraining.LossAndGradient(model, [windows, windows[..1]], options);
            },
            model.Parameters.Values,
            step: 1e-6);

        Assert.True(check.RelativeError <= 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_subjects_share_may_stay_as_it_is(bool learnShared)
    {
        HierarchicalShallowPlrnn model = Model(2, 2, hidden: 8, features: 2, subjects: 5);
        double[] before = model.Parameters.Values.ToArray();
        HierarchicalTraining.Fit(model, Subjects(5), Short with { LearnShared = learnShared });
        double[] after = model.Parameters.Values.ToArray();
        int shared = model.SharedCount;

        Assert.Equal(!learnShared, before.AsSpan(0, shared).SequenceEqual(after.AsSpan(0, shared)));
        for (int s = 0; s < 5; s++)
            Assert.NotEqual(before[shared + (2 * s)], after[shared + (2 * s)]);
    }

    [Fact]
    public void Learning_lowers_the_loss_and_tells_the_subjects_apart()
    {
        HierarchicalShallowPlrnn model = new(2, 2, 8, features: 2, [.. Enumerable.Range(0, 6).Select(s => $"s{s}")], seed: 1);
        TrainingResult result = HierarchicalTraining.Fit(
            model, Subjects(6), Short with { Updates = 3000, LearningRate = LearningRateSchedule.Constant(5e-3) });
        Assert.Equal(TrainingEnding.Completed, result.Ending);
        Assert.True(result.Losses[^1].Loss < result.Losses[0].Loss / 20, $"{result.Losses[0].Loss} to {result.Losses[^1].Loss}");
        // Turning faster and faster: one of the features goes along.
        double[][] features = [.. Enumerable.Range(0, 6).Select(model.FeaturesOf)];
        Assert.Contains(Enumerable.Range(0, 2), i => Math.Abs(CorrelationWithOrder([.. features.Select(f => f[i])])) > 0.95);

        HierarchicalShallowPlrnn between = HierarchicalTraining.FitSubject(model, "new", Rotation(2.5, 60));
        double alike = Enumerable.Range(0, 6).MinBy(s => features[s].Zip(between.FeaturesOf(0), (x, y) => (x - y) * (x - y)).Sum());
        Assert.InRange(alike, 2, 3);
    }

    [Theory]
    [InlineData("subjects", "The model is of 5 subjects, the data are of 4.")]
    [InlineData("short", "No window of 13 rows fits the subject 's3', which has 9 rows: ask for shorter windows, or leave it out.")]
    [InlineData("variables", "The model observes 2 variables, the data have 3.")]
    [InlineData("alpha", "The strength of forcing is within 0 to 1, not 2 to 0.02.")]
    [InlineData("alpha end", "A strength of forcing that falls by a factor neither begins nor ends at 0: take a small one.")]
    [InlineData("missing", "The data hold 1 missing value")]
    [InlineData("rate", "The learning rate of the features must be a positive number, not 0.")]
    public void What_cannot_be_learnt_is_refused_in_a_sentence(string what, string message)
    {
        HierarchicalShallowPlrnn model = Model(2, 2, hidden: 8, features: 2, subjects: 5);
        TimeSeries[] subjects = Subjects(5);
        double[] holed = subjects[2].Values.ToArray();
        holed[5] = double.NaN;
        (IReadOnlyList<TimeSeries> data, HierarchicalTrainingOptions options) = what switch
        {
            "subjects" => (subjects[..4], Short),
            "short" => ([.. subjects.Select((s, i) => i == 3 ? s.Slice(0, 9) : s)], Short),
            "variables" => ([.. subjects.Select(s => new TimeSeries([.. s.Values.ToArray(), .. new double[s.Length]], 3))], Short),
            "alpha" => (subjects, Short with { Alpha = 2 }),
            "alpha end" => (subjects, Short with { AlphaEnd = 0 }),
            "missing" => ([.. subjects.Select((s, i) => i == 2 ? new TimeSeries(holed, 2) : s)], Short),
            _ => ((IReadOnlyList<TimeSeries>)subjects, Short with { FeatureLearningRate = LearningRateSchedule.Constant(0) }),
        };

        ArgumentException refused = Assert.ThrowsAny<ArgumentException>(() => HierarchicalTraining.Fit(model, data, options));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    internal static HierarchicalTrainingOptions Short { get; } = new()
    {
        Updates = 150,
        SequenceLength = 12,
        BatchSize = 8,
        BatchSubjects = 3,
        Seed = 3,
        CheckpointInterval = 100,
        LearnCovariance = true,
    };

    /// <summary>Subjects that turn on a circle, each a little faster than the one before.</summary>
    internal static TimeSeries[] Subjects(int count) => [.. Enumerable.Range(0, count).Select(s => Rotation(s, 200))];

    internal static HierarchicalShallowPlrnn Model(int observed, int latent, int hidden, int features, int subjects)
    {
        HierarchicalShallowPlrnn model = new(
            observed, latent, hidden, features, [.. Enumerable.Range(0, subjects).Select(s => $"s{s}")], seed: 2);
        RandomStream random = new(6, "parameters");
        double[] values = model.Parameters.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
            values[i] += 0.3 * random.NextNormal();
        model.Parameters.Set(values);
        return model;
    }

    private static TimeSeries Rotation(double speed, int rows)
    {
        double[] values = new double[rows * 2];
        for (int t = 0; t < rows; t++)
            (values[2 * t], values[(2 * t) + 1]) = (Math.Cos((0.1 + (0.05 * speed)) * t), Math.Sin((0.1 + (0.05 * speed)) * t));
        return new(values, 2);
    }

    private static double CorrelationWithOrder(double[] values)
    {
        double mean = values.Average(), middle = (values.Length - 1) / 2.0, product = 0, squares = 0, steps = 0;
        for (int i = 0; i < values.Length; i++)
        {
            product += (values[i] - mean) * (i - middle);
            squares += (values[i] - mean) * (values[i] - mean);
            steps += (i - middle) * (i - middle);
        }
        return product / Math.Sqrt(squares * steps);
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1e-12;
        foreach (double value in expected)
            scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12 * scale);
    }
}
