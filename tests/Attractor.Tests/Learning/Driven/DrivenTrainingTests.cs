using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Tests.Models.Recurrent;

namespace Attractor.Tests.Learning.Driven;

[Trait("Registers", "Any")]
public sealed class DrivenTrainingTests
{
    public static TheoryData<string> Kinds() => [.. LibraryCells.Kinds];

    private static SequenceSet Sequences { get; } = new([
        .. ((int[])[5, 23, 1, 9, 9, 2, 31, 3, 4, 1, 6]).Select((length, i) => new TimeSeries(new LinearStream(i + 1).Take(2 * length), 2))
    ]);

    private static double[][] Targets { get; } = [.. Enumerable.Range(0, 11).Select(i => new LinearStream(50 + i).Take(3))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_loss_is_the_mean_squared_error_of_the_last_states_and_the_gradient_that_of_central_differences(string kind)
    {
        DrivenNetwork network = Network(kind);
        double expected = 0;
        for (int i = 0; i < Sequences.Count; i++)
        {
            TimeSeries states = network.States(Sequences[i]);
            for (int j = 0; j < 3; j++)
                expected += Math.Pow(states[states.Length - 1, j] - Targets[i][j], 2) / 3 / Sequences.Count;
        }
        Assert.Equal(expected, DrivenTraining.LossAndGradient(network, Sequences, Targets).Loss, 1e-13);

        bool[] isDiagonal =
            [.. Enumerable.Range(0, network.Parameters.Count).Select(
                i => network.Cell() is RectifiedStateNetwork and not AlmostLinearRnn && i >= 5 && i < 30 && (i - 5) % 6 == 0)];
        GradientCheck check = Gradient.Check(
            parameters =>
            {
                // The diagonal of a PLRNN's W is no parameter.
                network.Parameters.Set([.. parameters.Select((p, i) => isDiagonal[i] ? 0 : p)]);
                return DrivenTraining.LossAndGradient(network, Sequences, Targets);
            },
            network.Parameters.Values, step: 1e-7);
        Assert.True(
            check.RelativeError <= 1e-6, $"component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void State_gradients_are_the_products_of_Jacobians_with_the_last_residual(string kind)
    {
        DrivenNetwork network = Network(kind);
        RecurrentModel cell = network.Cell();
        IReadOnlyList<TimeSeries> gradients = DrivenTraining.StateGradients(network, Sequences, Targets);
        for (int i = 0; i < Sequences.Count; i++)
        {
            TimeSeries states = network.States(Sequences[i]);
            Assert.Equal(states.Length + 1, gradients[i].Length);
            double[] g = new double[5], jacobian = new double[25];
            for (int j = 0; j < 3; j++)
                g[j] = 2 * (states[states.Length - 1, j] - Targets[i][j]) / 3;
            for (int t = states.Length; t >= 0; t--)
            {
                double scale = g.Max(Math.Abs);
                for (int j = 0; j < 5; j++)
                    Assert.Equal(g[j], gradients[i][t, j], 1e-11 * scale);
                cell.Jacobian(t > 1 ? states.Row(t - 2) : new double[5], jacobian);
                double[] before = new double[5];
                for (int row = 0; row < 5; row++)
                    for (int column = 0; column < 5; column++)
                        before[column] += jacobian[(row * 5) + column] * g[row];
                g = before;
            }
        }
    }

    [Fact]
    public void Training_on_minibatches_lowers_the_error_and_gives_the_same_bits_again()
    {
        MinibatchOptions options = new() { Epochs = 60, BatchSize = 4, Seed = 3 };
        DrivenNetwork first = Network("clipped-shplrnn"), second = Network("clipped-shplrnn");
        MinibatchResult result = DrivenTraining.Fit(
            first, Sequences, Targets, options, cancellationToken: TestContext.Current.CancellationToken);
        DrivenTraining.Fit(
            second, Sequences, Targets, options with { Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(TrainingEnding.Completed, result.Ending);
        Assert.Equal(first.Parameters.Values.ToArray(), second.Parameters.Values.ToArray());
        Assert.InRange(result.Epochs[^1].Loss, 0, 0.8 * result.Epochs[0].Loss);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Resumed_from_its_files_it_goes_on_to_the_same_bits(string kind)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        MinibatchOptions options = new() { Epochs = 6, BatchSize = 4, Seed = 3 };
        DrivenNetwork whole = Network(kind), half = Network(kind);
        try
        {
            DrivenTraining.Fit(whole, Sequences, Targets, options, cancellationToken: TestContext.Current.CancellationToken);
            MinibatchResult first = DrivenTraining.Fit(
                half, Sequences, Targets, options with { Epochs = 3 }, cancellationToken: TestContext.Current.CancellationToken);
            ModelFile.Save(path, half);
            DrivenNetwork loaded = ModelFile.Load<DrivenNetwork>(path);
            Assert.Equal((half.Kind, half.ParameterCount, half.Description), (loaded.Kind, loaded.ParameterCount, loaded.Description));
            Checkpoint.Save(path, first.State);
            DrivenTraining.Fit(
                loaded, Sequences, Targets, options, Checkpoint.Load(path), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(whole.Parameters.Values.ToArray(), loaded.Parameters.Values.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        DrivenNetwork network = Network("plrnn");
        Assert.Contains("reads 2 variables, the sequences have 1", Message(new([new([1, 2], 1)]), [[1, 2, 3]]), StringComparison.Ordinal);
        Assert.Contains("11 sequences and 10 targets", Message(Sequences, Targets[..10]), StringComparison.Ordinal);
        Assert.Contains(
            "target of sequence 4 is not 3 finite values",
            Message(Sequences, [.. Targets.Select((t, i) => i == 4 ? [1, double.NaN, 2] : t)]),
            StringComparison.Ordinal);
        Assert.Contains("1 missing values", Message(new([new([1, double.NaN], 2)]), [[1, 2, 3]]), StringComparison.Ordinal);
        Assert.Contains(
            "reads 2 variables, the series has 1",
            Assert.Throws<ArgumentException>(() => network.States(new([1], 1))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrivenNetwork("plrnn", inputs: 1, outputs: 3, units: 2));
        Assert.Throws<ArgumentException>(() => new DrivenNetwork("lstm9", inputs: 1, outputs: 1, units: 2));

        string Message(SequenceSet sequences, double[][] targets)
            => Assert.Throws<ArgumentException>(() => DrivenTraining.LossAndGradient(network, sequences, targets)).Message;
    }

    private static DrivenNetwork Network(string kind)
    {
        DrivenNetwork network = new(kind, RecurrentModelTests.Sizes(kind, 5, 5, 11), inputs: 2, outputs: 3, seed: 4);
        // Thresholds of 0 would put the first state, 0, on every kink.
        if (network.Cell() is RectifiedStateNetwork)
            network.Parameters.Set("cell.h", new LinearStream(4).Take(5, 0.3));
        else if (network.Cell() is ShallowPlrnn)
            network.Parameters.Set("cell.h2", new LinearStream(4).Take(11, 0.3));
        return network;
    }
}
