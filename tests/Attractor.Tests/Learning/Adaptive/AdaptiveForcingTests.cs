using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Tests.Learning.Adaptive;

[Trait("Registers", "Narrow")]
public sealed class AdaptiveForcingTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_path);

    // Computed in NumPy and SciPy.
    [Theory]
    [InlineData(AdaptiveForcingRule.JacobianUpperBound, 2.209200326331, 0.547347522956)]
    [InlineData(AdaptiveForcingRule.BatchMaximum, 1.751905712527, 0.429193025144)]
    [InlineData(AdaptiveForcingRule.ProductUpperBound, 1.554723980202, 0.356799012086)]
    [InlineData(AdaptiveForcingRule.ArithmeticMean, 1.393840223999, 0.282557654183)]
    [InlineData(AdaptiveForcingRule.ExplogApprox, 1.315638347114, 0.239912699266)]
    public void Each_rule_finds_the_growth_that_was_computed_elsewhere(AdaptiveForcingRule rule, double growth, double alpha)
    {
        AdaptiveTeacherForcing forcing = new(rule);
        double found = forcing.Growth(Shallow(), [Signals]);
        Assert.Equal(growth, found, 1e-9);
        // From below at once, from above slowly.
        Assert.Equal(alpha, forcing.Next(0, found), 1e-9);
        Assert.Equal((0.999 * 0.9) + (0.001 * alpha), forcing.Next(0.9, found), 1e-9);
    }

    [Fact]
    public void A_clipped_network_beyond_its_boundaries_is_its_decay()
    {
        ClippedShallowPlrnn clipped = new(2, 2, 2);
        clipped.Parameters.Set(Shallow().Parameters.Values);
        foreach (AdaptiveForcingRule rule in (AdaptiveForcingRule[])
            [AdaptiveForcingRule.BatchMaximum, AdaptiveForcingRule.ProductUpperBound, AdaptiveForcingRule.ArithmeticMean,
                AdaptiveForcingRule.ExplogApprox])
        {
            AdaptiveTeacherForcing forcing = new(rule);
            Assert.Equal(0.9, forcing.Growth(clipped, [Signals]), 1e-9);
            Assert.Equal(0, forcing.Next(0, 0.9));
        }
    }

    [Fact]
    public void A_matrix_without_enough_eigenvectors_or_an_inverse_has_a_growth_too()
    {
        AlmostLinearRnn map = new(2, 2, rectified: 1);
        map.Parameters.Set("A", [2, 2]);
        map.Parameters.Set("W", [0, 1, 0, 0]);
        map.Parameters.Set("h", [0, 0]);
        TimeSeries positive = new([1, 1, 2, 1], 2);
        // ||[2 1; 0 2]||.
        Assert.Equal((1 + Math.Sqrt(17)) / 2, new AdaptiveTeacherForcing(AdaptiveForcingRule.ExplogApprox).Growth(map, [positive]), 1e-4);
        map.Parameters.Set("A", [0, 2]);
        Assert.Equal(Math.Sqrt(5), new AdaptiveTeacherForcing(AdaptiveForcingRule.ExplogApprox).Growth(map, [positive]), 1e-4);
        Assert.Equal(1, new AdaptiveTeacherForcing(AdaptiveForcingRule.BatchMaximum).Next(0.2, double.NaN));
    }

    [Theory]
    [InlineData("shplrnn")]
    [InlineData("alrnn")]
    [InlineData("mcplrnn")]
    [InlineData("dendplrnn")]
    [InlineData("clipped-dendplrnn")]
    [InlineData("plrnn")]
    public void The_bound_of_a_kind_holds_at_every_state(string kind)
    {
        RecurrentModel model = BpttGradientTests.Model(kind, 3, 9, 20, seed: 4);
        double bound = model.JacobianUpperBound()!.Value;
        TimeSeries states = BpttGradientTests.Windows(3, 1, 300, seed: 2)[0];
        double most = new AdaptiveTeacherForcing(AdaptiveForcingRule.BatchMaximum).Growth(model, [states]);
        Assert.InRange(most, 0, bound);
        Assert.True(most > bound / 30);
        // The same norms by singular values, where power iteration has found the largest.
        double[] z = new double[9], jacobian = new double[81];
        double expected = Enumerable.Range(0, 300).Max(t =>
        {
            model.InitialState(states.Row(t), z);
            model.Jacobian(z, jacobian);
            return MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(9, 9, jacobian).L2Norm();
        });
        Assert.Equal(expected, most, 1e-9);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Resumed_it_goes_on_with_the_strength_it_had_to_the_same_bits(Precision precision)
    {
        TrainingOptions options = new()
        {
            Updates = 200,
            SequenceLength = 25,
            BatchSize = 7,
            Precision = precision,
            InputNoise = 0.05,
            Forcing = TeacherForcing.Adaptive(),
            LearningRate = LearningRateSchedule.Constant(1e-3),
        };
        TimeSeries data = Lorenz63.Default.Simulate(steps: 600, dt: 0.02).Standardize();
        AlmostLinearRnn whole = new(3, 6, 2, seed: 2), half = new(3, 6, 2, seed: 2);
        TrainingResult all = Training.Fit(whole, data, options, cancellationToken: Token);
        TrainingResult first = Training.Fit(half, data, options with { Updates = 103 }, cancellationToken: Token);
        Checkpoint.Save(_path, first.State);
        TrainingState read = Checkpoint.Load(_path);
        Assert.Equal(first.State.Alpha, read.Alpha);
        // Of 1 at first, 21 looks let it fall by a thousandth each.
        Assert.InRange(read.Alpha!.Value, 0.97, 0.99);
        TrainingResult rest = Training.Fit(half, [data], options, read, cancellationToken: Token);
        Assert.Equal(all.State.Alpha, rest.State.Alpha);
        Assert.Equal(whole.Parameters.Values.ToArray(), half.Parameters.Values.ToArray());
        Assert.Equal(all.State.Alpha, all.Losses[^1].Alpha);
    }

    [Fact]
    public void A_constant_rule_trains_as_generalised_forcing_of_that_strength()
    {
        TimeSeries data = Lorenz63.Default.Simulate(steps: 400, dt: 0.02).Standardize();
        ShallowPlrnn first = new(3, 3, 20, seed: 1), second = new(3, 3, 20, seed: 1);
        TrainingOptions options = new() { Updates = 40, SequenceLength = 20 };
        Training.Fit(
            first, data, options with { Forcing = new AdaptiveTeacherForcing(AdaptiveForcingRule.Constant) { Start = 0.3 } }, null, Token);
        Training.Fit(second, data, options with { Forcing = TeacherForcing.Generalized(0.3) }, null, Token);
        Assert.Equal(second.Parameters.Values.ToArray(), first.Parameters.Values.ToArray());
    }

    private static TimeSeries Signals { get; } = new([1, 0, -1, 0.5, 0.2, -0.7], 2);

    private static ShallowPlrnn Shallow()
    {
        ShallowPlrnn network = new(2, 2, 2);
        network.Parameters.Set("A", [0.9, 0.5]);
        network.Parameters.Set("W1", [0.5, -0.3, 0.2, 0.4]);
        network.Parameters.Set("W2", [1, -1, 0.5, 2]);
        network.Parameters.Set("h1", [0, 0]);
        network.Parameters.Set("h2", [0.1, -0.2]);
        return network;
    }
}
