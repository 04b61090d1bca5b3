using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning;

/// <summary>A large shallow network whose hidden units two threads share.</summary>
[Trait("Registers", "Narrow")]
public sealed class SharedStepTests
{
    [Theory]
    [InlineData("shplrnn", 20, 257, Precision.Float32)]
    [InlineData("clipped-shplrnn", 51, 100, Precision.Float64)]
    public void One_thread_and_two_learn_to_the_same_bits(string kind, int latent, int hidden, Precision precision)
    {
        Assert.Equal(Learnt(kind, latent, hidden, precision, threads: 1), Learnt(kind, latent, hidden, precision, threads: 2));
    }

    [Theory]
    [InlineData("shplrnn")]
    [InlineData("clipped-shplrnn")]
    public void Its_loss_and_gradient_are_those_of_a_plain_scalar_implementation(string kind)
    {
        TrainingOptions options = new() { Forcing = TeacherForcing.Generalized(0.15), SequenceLength = 31 };
        RecurrentModel model = BpttGradientTests.Model(kind, observed: 3, latent: 41, hidden: 133, seed: 6);
        Assert.IsType<ISharedKernel>(KernelPool<double>.Create(model), exactMatch: false);
        TimeSeries[] windows = BpttGradientTests.Windows(3, count: 19, options.SequenceLength + 1, seed: 4);
        (double loss, double[] gradient) = Training.LossAndGradient(model, windows, options);
        (double expectedLoss, double[] expected) = PlainBptt.LossAndGradient(model, windows, options);
        Assert.Equal(expectedLoss, loss, 1e-12 * expectedLoss);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], gradient[i], 1e-11 * scale);
    }

    [Fact]
    public void More_than_two_threads_are_refused()
        => Assert.Contains(
            "1 thread or 2",
            Assert.Throws<ArgumentException>(() => Training.Fit(
                new ShallowPlrnn(3, 3, 8),
                BpttGradientTests.Windows(3, 1, 300, 1)[0],
                new() { Threads = 3 },
                cancellationToken: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);

    private static double[] Learnt(string kind, int latent, int hidden, Precision precision, int threads)
    {
        RecurrentModel model = BpttGradientTests.Model(kind, observed: 3, latent, hidden, seed: 2);
        Training.Fit(
            model,
            BpttGradientTests.Windows(3, 1, 400, 5)[0],
            new() { Updates = 12, SequenceLength = 60, Precision = precision, Threads = threads, Seed = 4 },
            cancellationToken: TestContext.Current.CancellationToken);
        return model.Parameters.Values.ToArray();
    }
}
