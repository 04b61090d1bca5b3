using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Tests.Learning;

/// <summary>Networks of which real numbers, levels and counts are observed at once.</summary>
[Trait("Registers", "Narrow")]
public sealed class MultimodalNetworkTests : IDisposable
{
    // The columns of a modality need not lie side by side.
    private const string Real = "gaussian:1,6", Levels = "ordinal:2-3", Counts = "poisson:4-5", Categories = "categorical:7";
    private const int N = 7, R = 3;

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("shplrnn", 3)]
    [InlineData("clipped-dendplrnn", 5)]
    public void Gradients_under_forcing_are_those_of_central_differences(string kind, int latent)
    {
        RecurrentModel model = Model(kind, latent);
        TimeSeries data = Data(200);
        TimeSeries[] windows = [.. Enumerable.Range(0, 5).Select(i => data.Slice(30 * i, 12))];
        bool[] isLearnt = new bool[model.Parameters.Count];
        foreach (ParameterTensor tensor in model.Parameters.Tensors.Where(t => t.Name is not ("encoder.mean" or "encoder.scale")))
            isLearnt.AsSpan(tensor.Offset, tensor.Count).Fill(true);
        if (kind == "clipped-dendplrnn")
            for (int i = 0; i < latent; i++)
                isLearnt[model.Parameters.Tensors.Single(t => t.Name == "W").Offset + (i * latent) + i] = false;
        double[] start = model.Parameters.Values.ToArray();
        foreach (TeacherForcing forcing in (TeacherForcing[])
            [TeacherForcing.Sparse(4), TeacherForcing.Generalized(0.2)])
        {
            TrainingOptions options = new()
            {
                Forcing = forcing,
                SequenceLength = 11,
                WarmUp = 1,
                Missing = MissingValues.Model,
                SignalLoss = new() { Reconstruction = 0.7, Prediction = 1.3, Consistency = 0.4, Modalities = [0.5, 2, 1, 3] },
            };
            GradientCheck check = Gradient.Check(
                learnt =>
                {
                    double[] all = [.. start];
                    for (int i = 0, j = 0; i < all.Length; i++)
                        all[i] = isLearnt[i] ? learnt[j++] : all[i];
                    model.Parameters.Set(all);
                    (double loss, double[] gradient) = Training.LossAndGradient(model, windows, options);
                    return (loss, [.. gradient.Where((_, i) => isLearnt[i])]);
                },
                [.. start.Where((_, i) => isLearnt[i])],
                step: 1e-6);
            model.Parameters.Set(start);
            Assert.True(
                check.RelativeError <= 1e-6,
                $"{forcing}, component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
        }
    }

    [Fact]
    public void The_loss_is_the_weighted_sum_of_what_each_modality_says()
    {
        const int T = 12;
        RecurrentModel model = Model("shplrnn", R);
        // Hardly any noise, so that the signals are their means.
        model.Parameters.Set("encoder.s", [-40, -40, -40]);
        model.Parameters.Set("encoder.S", new double[model.Parameters["encoder.S"].Length]);
        TimeSeries data = Data(T + 1), signals = model.Encode(data);
        double[] weights = [0.5, 2, 1, 3];
        TrainingOptions options = new()
        {
            Forcing = TeacherForcing.Generalized(0.3),
            SequenceLength = T,
            Missing = MissingValues.Model,
            SignalLoss = new() { Reconstruction = 0.7, Prediction = 1.3, Consistency = 0.4, Modalities = weights },
        };
        int missing = 0;
        for (int row = 1; row <= T; row++)
            for (int n = 0; n < N; n++)
                missing += double.IsNaN(data[row, n]) ? 1 : 0;
        Assert.True(missing > 0);
        double[] state = [.. signals.Row(0)];
        double loss = 0.7 * Surprise(0, signals.Row(0).ToArray());
        for (int t = 0; t < T; t++)
        {
            if (t > 0)
                for (int i = 0; i < R; i++)
                    state[i] += 0.3 * (signals[t, i] - state[i]);
            model.Step(state, state);
            loss += (0.7 * Surprise(t + 1, signals.Row(t + 1).ToArray())) + (1.3 * Surprise(t + 1, state));
            for (int i = 0; i < R; i++)
            {
                double logSigma = model.Parameters["observation.log_sigma"][i], miss = (signals[t + 1, i] - state[i]) / Math.Exp(logSigma);
                loss += (0.4 * ((0.5 * miss * miss) + logSigma)) + 40;
            }
        }
        Assert.Equal(loss / ((T * N) - missing), Training.LossAndGradient(model, [data], options).Loss, 1e-10);

        // Order of the modalities: that of their first columns. Real numbers in their standardised units, by distributions of their own.
        double Surprise(int row, double[] z)
        {
            ReadOnlySpan<double> b = model.Parameters["B"], offset = model.Parameters["observation.b"];
            double[] o = new double[offset.Length];
            for (int i = 0; i < o.Length; i++)
                o[i] = offset[i] + (b[3 * i] * z[0]) + (b[(3 * i) + 1] * z[1]) + (b[(3 * i) + 2] * z[2]);
            double sum = 0;
            int[] real = [0, 5], levels = [1, 2], counts = [3, 4];
            ReadOnlySpan<double> mean = model.Parameters["encoder.mean"], scale = model.Parameters["encoder.scale"];
            for (int i = 0; i < 2; i++)
            {
                double x = (data[row, real[i]] - mean[real[i]]) / scale[real[i]], log = model.Parameters["observation.1.log_variance"][i];
                Add(0, data[row, real[i]], 0.5 * (Math.Log(2 * Math.PI) + log + (Math.Pow(x - o[i], 2) / Math.Exp(log))));
                Add(1, data[row, levels[i]], -Math.Log(Level(data[row, levels[i]], o[2 + i], i)));
                double k = data[row, counts[i]];
                Add(2, k, Math.Exp(o[4 + i]) - (k * o[4 + i]) + LogGamma.Of(k + 1));
            }
            double[] odds = [Math.Exp(o[6]), Math.Exp(o[7]), 1];
            Add(3, data[row, 6], double.IsNaN(data[row, 6]) ? 0 : -Math.Log(odds[(int)data[row, 6] - 1] / odds.Sum()));
            return sum;

            void Add(int modality, double x, double surprise) => sum += double.IsNaN(x) ? 0 : weights[modality] * surprise;
        }

        double Level(double x, double o, int variable)
        {
            double upper = 0, lower = 0, threshold = 0;
            for (int k = 1; k <= 5; k++)
            {
                double u = k < 5 ? model.Parameters[$"observation.2.u{k}"][variable] : 0;
                threshold = k == 1 ? u : threshold + Math.Exp(u);
                lower = upper;
                upper = k == 5 ? 1 : 1 / (1 + Math.Exp(o - threshold));
                if (k == (int)x)
                    break;
            }
            return upper - lower;
        }
    }

    [Fact]
    public void A_file_gives_the_same_network_and_each_column_its_own_kind()
    {
        RecurrentModel model = Model("shplrnn", R);
        TimeSeries data = Data(60);
        ModelFile.Save(_path, model);
        RecurrentModel loaded = (RecurrentModel)ModelFile.Load(_path);
        Assert.Equal([Real, Levels, Counts, Categories], loaded.Modalities.Select(m => m.Size));
        Assert.Null(loaded.Observation);
        Assert.Equal(model.Sizes.OrderBy(s => s.Key), loaded.Sizes.OrderBy(s => s.Key));
        TimeSeries draws = model.Drawn(3).Generate(data, 50, start: 31);
        Assert.Equal(draws.Values, loaded.Drawn(3).Generate(data, 50, start: 31).Values);
        for (int t = 1; t < draws.Length; t++)
            foreach (Modality modality in model.Modalities)
                foreach (int n in modality.Columns)
                    Assert.Null(modality.Model.Refusal(draws[t, n]));
        Assert.NotEqual(Math.Round(draws[5, 0]), draws[5, 0]);
        SafeTensorsFile file = SafeTensors.Read(_path);
        foreach ((string key, string value) in ((string, string)[])
        [
            ("ordinal:2-3", "4"), ("ordinal:2-3", "1"), ("poisson:4-5", "2"), ("poisson:1", "1"), ("poisson:8-1000000000", "1"),
            ("poisson:9999999999", "1"), ("poisson:5-4", "1"), ("poisson:", "1"), ("poisson", "1"), ("gaussian:0", "1"),
        ])
        {
            SafeTensors.Write(_path, file.Tensors, new Dictionary<string, string>(file.Metadata) { [key] = value });
            Assert.Throws<InvalidDataException>(() => ModelFile.Load(_path));
        }
        foreach (string left in (string[])[Real, Counts])
        {
            SafeTensors.Write(_path, file.Tensors, file.Metadata.Where(m => m.Key != left).ToDictionary());
            Assert.Throws<InvalidDataException>(() => ModelFile.Load(_path));
        }
    }

    [Theory]
    [InlineData("poisson:1-3", "ordinal:5-7")]
    [InlineData("poisson:1-4", "ordinal:4-7")]
    [InlineData("poisson:1-4", "ordinal:5-8")]
    [InlineData("poisson:1-4", "ordinal:5,5-7")]
    [InlineData("poisson", "ordinal:5-7")]
    [InlineData("poisson:1-4", "ordinal:five")]
    public void Sizes_that_do_not_part_the_columns_are_refused(string one, string other)
        => Assert.Throws<ArgumentException>(() => RecurrentModel.Create(
            "plrnn", new Dictionary<string, int> { ["observed"] = N, ["latent"] = 3, ["read"] = 3, [one] = 1, [other] = 5 }));

    [Fact]
    public void A_training_that_is_taken_up_again_gives_the_same_bits()
    {
        TimeSeries data = Data(150);
        TrainingOptions options = new()
        {
            Updates = 60,
            SequenceLength = 15,
            BatchSize = 4,
            LearningRate = LearningRateSchedule.Constant(1e-3),
            Missing = MissingValues.Model,
        };
        RecurrentModel whole = Model("shplrnn", R), parted = Model("shplrnn", R);
        Training.Fit(whole, [data], options);
        TrainingState half = Training.Fit(parted, [data], options with { Updates = 30 }).State;
        Training.Fit(parted, [data], options, resume: half);
        Assert.Equal(whole.Parameters.Values, parted.Parameters.Values);
    }

    [Fact]
    public void Units_of_real_numbers_do_not_matter()
    {
        RecurrentModel one = Model("shplrnn", R), other = Model("shplrnn", R);
        TimeSeries data = Data(400);
        double[] values = data.Values.ToArray();
        for (int i = 0; i < values.Length; i += N)
            values[i] = 1e-7 * (values[i] + 20);
        TimeSeries small = new(values, N);
        new DataDrivenStart().Apply(one, [data], seed: 1);
        new DataDrivenStart().Apply(other, [small], seed: 1);
        double[] means = one.Generate(data, 30, start: 11).Column(0), scaled = other.Generate(small, 30, start: 11).Column(0);
        for (int t = 1; t < means.Length; t++)
            Assert.Equal(means[t], (scaled[t] * 1e7) - 20, 1e-5);
    }

    [Fact]
    public void Data_of_another_kind_are_refused_with_the_place_and_weights_are_counted()
    {
        RecurrentModel model = Model("shplrnn", R);
        double[] values = Data(60).Values.ToArray();
        values[(7 * N) + 4] = 0.5;
        TrainingOptions options = new() { SequenceLength = 20, Missing = MissingValues.Model };
        string message = Assert.Throws<ArgumentException>(() => Training.Fit(model, new TimeSeries(values, N), options)).Message;
        Assert.Contains("row 7", message);
        Assert.Contains("counts", message);
        Assert.Contains("4 modalities", Assert.Throws<ArgumentException>(
            () => Training.Fit(model, Data(60), options with { SignalLoss = new() { Modalities = [1, 1] } })).Message);
        Assert.Throws<ArgumentException>(() => Training.Fit(model, Data(60), options with { SignalLoss = new() { Consistency = 0 } }));
    }

    // A missing value every ninth, and one of row 0 nowhere.
    private static TimeSeries Data(int rows)
    {
        RandomStream random = new(5, "data");
        double[] values = new double[rows * N];
        ObservationModel ordinal = ObservationModel.Ordinal(5), categorical = ObservationModel.Categorical(3);
        double[] thresholds = [.. ordinal.Parameters.Select(p => p.Initial)];
        for (int i = 0; i < values.Length; i++)
        {
            (int t, int n) = (i / N, i % N);
            double wave = Math.Sin((0.2 * t) + n);
            values[i] = n switch
            {
                0 or 5 => wave + (0.1 * random.NextNormal()),
                1 or 2 => ordinal.Sample(2 * wave, thresholds, random),
                3 or 4 => ObservationModel.Poisson.Sample(wave, [], random),
                _ => categorical.Sample([wave, -wave], [], random),
            };
            if (t % 30 > 0 && i % 9 == 0)
                values[i] = double.NaN;
        }
        return new(values, N);
    }

    private static RecurrentModel Model(string kind, int latent)
    {
        Dictionary<string, int> sizes = RecurrentModel.SizesOf(kind).ToDictionary(
            s => s, s => s switch { "observed" => N, "latent" => latent, "bases" => 3, _ => 9 });
        (sizes["read"], sizes[Counts], sizes[Real], sizes[Categories], sizes[Levels]) = (R, 1, 1, 3, 5);
        RecurrentModel model = RecurrentModel.Create(kind, sizes, seed: 4);
        RandomStream random = new(9, "parameters");
        foreach (ParameterTensor tensor in model.Parameters.Tensors.Where(
            t => t.Name is "B" or "h" or "h2" or "encoder.S" or "encoder.mean"
                || t.Name.StartsWith("observation.", StringComparison.Ordinal)))
            model.Parameters.Set(
                tensor.Name, [.. model.Parameters[tensor.Name].ToArray().Select(v => v + (0.3 * random.NextNormal()))]);
        return model;
    }
}
