using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Dynamics;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Tests.Learning;

/// <summary>Networks whose observations are x = B z.</summary>
[Trait("Registers", "Narrow")]
public sealed class AffineObservationTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(7, 3)]
    [InlineData(3, 7)]
    [InlineData(4, 4)]
    public void The_inverse_and_the_way_back_through_it_are_those_of_differences(int rows, int columns)
    {
        double[] b = new LinearStream(3).Take(rows * columns), weights = new LinearStream(8).Take(rows * columns);
        double Weighted(ReadOnlySpan<double> matrix)
        {
            double sum = 0;
            double[] inverse = new PseudoInverse(matrix, rows, columns).Values;
            for (int i = 0; i < inverse.Length; i++)
                sum += weights[i] * inverse[i];
            return sum;
        }

        GradientCheck check = Gradient.Check(
            m => (Weighted(m), new PseudoInverse(m, rows, columns).Backward(weights)), b, step: 1e-6);
        Assert.True(check.RelativeError <= 1e-8, $"{check.RelativeError}");
        check = Gradient.Check(m => PseudoInverse.Condition(m, rows, columns), b, step: 1e-6);
        Assert.True(check.RelativeError <= 1e-8, $"{check.RelativeError}");
        double[] p = new PseudoInverse(b, rows, columns).Values;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                double again = 0;
                for (int k = 0; k < columns; k++)
                    for (int l = 0; l < rows; l++)
                        again += b[(i * columns) + k] * p[(k * rows) + l] * b[(l * columns) + j];
                Assert.Equal(b[(i * columns) + j], again, 1e-12);
            }
    }

    [Fact]
    public void The_inverse_of_a_matrix_without_full_rank_is_that_of_its_singular_values()
    {
        // Of a b' it is b a' / (|a| |b|)^2.
        double[] p = new PseudoInverse([2, 4, 1, 2, 2, 4], 3, 2).Values;
        double[] expected = [2 / 45.0, 1 / 45.0, 2 / 45.0, 4 / 45.0, 2 / 45.0, 4 / 45.0];
        for (int i = 0; i < 6; i++)
            Assert.Equal(expected[i], p[i], 1e-12);
    }

    [Theory]
    [InlineData("shplrnn", 7, 4, 0)]
    [InlineData("shplrnn", 3, 6, 2)]
    [InlineData("alrnn", 7, 4, 0)]
    [InlineData("gru", 7, 4, 0)]
    [InlineData("lstm", 7, 8, 1)]
    public void Gradients_under_forcing_are_those_of_central_differences(string kind, int observed, int latent, int inputs)
    {
        RecurrentModel model = Model(kind, observed, latent, inputs);
        TimeSeries data = Data(300, observed, inputs);
        TimeSeries[] windows = [.. Enumerable.Range(0, 9).Select(i => data.Slice(30 * i, 24))];
        foreach (TeacherForcing forcing in (TeacherForcing[])
            [TeacherForcing.Generalized(0.2), TeacherForcing.Sparse(7), TeacherForcing.Generalized(0), TeacherForcing.Generalized(1)])
        {
            TrainingOptions options = new() { Forcing = forcing, SequenceLength = 23, WarmUp = 2 };
            GradientCheck check = Gradient.Check(
                parameters =>
                {
                    model.Parameters.Set(parameters);
                    return Training.LossAndGradient(model, windows, options);
                },
                model.Parameters.Values,
                step: 1e-7);
            Assert.True(
                check.RelativeError <= 1e-6,
                $"{forcing}, component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
        }
    }

    [Fact]
    public void A_missing_value_leaves_the_state_of_its_row_unforced()
    {
        RecurrentModel model = Model("shplrnn", 5, 3, 0);
        TimeSeries data = Data(24, 5, 0);
        double[] values = data.Values.ToArray();
        values[(10 * 5) + 2] = double.NaN;
        TimeSeries[] windows = [new(values, 5)];
        TrainingOptions options = new()
        {
            Forcing = TeacherForcing.Generalized(0.3),
            SequenceLength = 23,
            Missing = MissingValues.Model,
        };
        GradientCheck check = Gradient.Check(
            parameters =>
            {
                model.Parameters.Set(parameters);
                return Training.LossAndGradient(model, windows, options);
            },
            model.Parameters.Values,
            step: 1e-7);
        Assert.True(check.RelativeError <= 1e-6);
        double[] state = new double[3], seen = new double[5], signal = new double[3];
        model.InitialState(data.Row(0), state);
        double expected = 0;
        for (int t = 0; t < 23; t++)
        {
            if (t is > 0 and not 10)
            {
                model.InitialState(data.Row(t), signal);
                for (int i = 0; i < 3; i++)
                    state[i] += 0.3 * (signal[i] - state[i]);
            }
            model.Step(state, state);
            model.Observe(state, seen);
            for (int n = 0; n < 5; n++)
                if ((t + 1, n) is not (10, 2))
                    expected += Math.Pow(seen[n] - data[t + 1, n], 2) / ((23 * 5) - 1);
        }
        model.Parameters.Set(model.Parameters.Values.ToArray());
        Assert.Equal(expected, Training.LossAndGradient(model, windows, options).Loss, 1e-12);
    }

    [Fact]
    public void An_observation_by_a_square_matrix_is_a_change_of_coordinates()
    {
        RecurrentModel affine = Model("shplrnn", 3, 3, 0);
        ShallowPlrnn plain = new(3, 3, 11);
        foreach (ParameterTensor tensor in plain.Parameters.Tensors)
            plain.Parameters.Set(tensor.Name, affine.Parameters[tensor.Name]);
        affine.Parameters.Set("B", [0, 2, 0, 0, 0, -1, 0.5, 0, 0]);
        TimeSeries start = Data(2, 3, 0);
        double[] z = [2 * start[0, 2], start[0, 0] / 2, -start[0, 1]];
        TimeSeries orbit = affine.Generate(start, 40), states = plain.Generate(new(z, 3), 40);
        for (int t = 0; t < 40; t++)
        {
            Assert.Equal(2 * states[t, 1], orbit[t, 0], 1e-12);
            Assert.Equal(-states[t, 2], orbit[t, 1], 1e-12);
            Assert.Equal(0.5 * states[t, 0], orbit[t, 2], 1e-12);
        }
    }

    [Fact]
    public void A_file_in_other_units_gives_the_same_orbit_and_regions()
    {
        RecurrentModel model = Model("alrnn", 5, 3, 1);
        TimeSeries data = Data(50, 5, 1);
        Standardization units = new([3, -1, 0, 2, 1], [2, 0.5, 1, 3, 10]);
        TimeSeries expected = units.Undo(model.Generate(data, 50)), own = units.Undo(data).WithInputs(data.Inputs);
        ModelFile.Save(_path, StandardizedModel.Of(model, units));
        IGenerativeModel loaded = (IGenerativeModel)ModelFile.Load(_path);
        TimeSeries orbit = loaded.Generate(own, 50);
        for (int i = 0; i < expected.Values.Length; i++)
            Assert.Equal(expected.Values[i], orbit.Values[i], 1e-10);
        double[] state = new LinearStream(4).Take(3), next = new double[3], again = new double[3];
        model.Step(state, next);
        loaded.Step(state, again);
        Assert.Equal(next, again);
        IPiecewiseLinearMap regions = Assert.IsAssignableFrom<IPiecewiseLinearMap>(loaded);
        double[] matrix = new double[9], offset = new double[3];
        regions.AffineMap(RegionAtlas.RegionOf(regions, state), matrix, offset);
        for (int i = 0; i < 3; i++)
            Assert.Equal(next[i], offset[i] + Enumerable.Range(0, 3).Sum(j => matrix[(i * 3) + j] * state[j]), 1e-12);
    }

    [Fact]
    public void A_start_from_the_data_reads_its_principal_components_and_learns_on()
    {
        TimeSeries lorenz = Lorenz63.Default.Simulate(steps: 3000, dt: 0.02).Standardize();
        double[] mix = new LinearStream(2).Take(10 * 3), values = new double[3000 * 10];
        for (int t = 0; t < 3000; t++)
            for (int n = 0; n < 10; n++)
                for (int i = 0; i < 3; i++)
                    values[(t * 10) + n] += mix[(n * 3) + i] * lorenz[t, i];
        TimeSeries data = new TimeSeries(values, 10).Standardize();
        RecurrentModel model = RecurrentModel.Create(
            "shplrnn", new Dictionary<string, int> { ["observed"] = 10, ["latent"] = 3, ["hidden"] = 40, ["read"] = 3 });
        new DataDrivenStart().Apply(model, [data], seed: 1);
        double[] state = new double[3], seen = new double[10];
        model.InitialState(data.Row(77), state);
        model.Observe(state, seen);
        // Three components are all there is.
        for (int n = 0; n < 10; n++)
            Assert.Equal(data[77, n], seen[n], 1e-8);
        TrainingOptions options = new()
        {
            Updates = 300,
            SequenceLength = 50,
            LearningRate = LearningRateSchedule.Constant(1e-3),
            ConditionPenalty = 1e-6,
        };
        TrainingResult result = Training.Fit(model, data, options);
        Assert.True(result.Losses[^1].Loss < result.Losses[0].Loss);
        Assert.True(result.Losses[^1].Loss < 0.02, $"{result.Losses[^1].Loss}");
    }

    private static TimeSeries Data(int rows, int observed, int inputs)
    {
        TimeSeries data = new(
            [
                .. Enumerable.Range(0, observed * rows)
                    .Select(i => (Row: i / observed, Column: i % observed))
                    .Select(p => Math.Sin((0.13 * p.Row * (1 + (p.Column % 3))) + p.Column)),
            ],
            observed);
        return inputs == 0 ? data : data.WithInputs(new TimeSeries(new LinearStream(6).Take(inputs * rows), inputs));
    }

    private static RecurrentModel Model(string kind, int observed, int latent, int inputs)
    {
        Dictionary<string, int> sizes = RecurrentModel.SizesOf(kind).ToDictionary(
            s => s, s => s switch { "observed" => observed, "latent" => latent, "rectified" => 2, _ => 11 });
        sizes["inputs"] = inputs;
        sizes["read"] = latent / RecurrentModel.StatesOfUnit(kind);
        RecurrentModel model = RecurrentModel.Create(kind, sizes, seed: 4);
        if (model is SaturatingNetwork)
            return model;
        string thresholds = model is RectifiedStateNetwork ? "h" : "h2";
        model.Parameters.Set(thresholds, new LinearStream(5).Take(model.Parameters[thresholds].Length, 0.4));
        return model;
    }
}
