using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Tests.Learning;

/// <summary>Networks of which counts, levels and categories are observed.</summary>
[Trait("Registers", "Narrow")]
public sealed class ObservedNetworkTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("shplrnn", "poisson", 1, 3, 0)]
    [InlineData("alrnn", "poisson", 1, 4, 2)]
    [InlineData("clipped-dendplrnn", "negative-binomial", 1, 3, 0)]
    [InlineData("lstm", "bernoulli", 1, 6, 0)]
    [InlineData("gru", "ordinal", 5, 3, 1)]
    [InlineData("plrnn", "categorical", 3, 4, 0)]
    [InlineData("shplrnn", "gaussian", 1, 3, 0)]
    public void Gradients_under_forcing_are_those_of_central_differences(
        string kind, string observation, int levels, int latent, int inputs)
    {
        RecurrentModel model = Model(kind, observation, levels, 3, latent, inputs);
        TimeSeries data = Data(300, 3, observation, levels, inputs);
        TimeSeries[] windows = [.. Enumerable.Range(0, 9).Select(i => data.Slice(30 * i, 14))];
        // The units of the encoder's features are of the data, and not learnt.
        bool[] isLearnt = new bool[model.Parameters.Count];
        foreach (ParameterTensor tensor in model.Parameters.Tensors.Where(t => t.Name is not ("encoder.mean" or "encoder.scale")))
            isLearnt.AsSpan(tensor.Offset, tensor.Count).Fill(true);
        // Nor is the diagonal of W where it is no part of the network.
        if (kind is "plrnn" or "clipped-dendplrnn")
            for (int i = 0; i < latent; i++)
                isLearnt[model.Parameters.Tensors.Single(t => t.Name == "W").Offset + (i * latent) + i] = false;
        foreach (TeacherForcing forcing in (TeacherForcing[])
            [TeacherForcing.Sparse(5), TeacherForcing.Generalized(0.2), TeacherForcing.Generalized(0), TeacherForcing.Generalized(1)])
        {
            TrainingOptions options = new() { Forcing = forcing, SequenceLength = 13, WarmUp = 2 };
            double[] start = model.Parameters.Values.ToArray(), at = [.. start.Where((_, i) => isLearnt[i])];
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
                at,
                step: 1e-6);
            model.Parameters.Set(start);
            Assert.True(
                check.RelativeError <= 1e-6,
                $"{forcing}, component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
        }
    }

    [Fact]
    public void The_loss_is_that_of_its_equation()
    {
        const int T = 12, N = 3, R = 2;
        RecurrentModel model = Model("shplrnn", "poisson", 1, N, R, 0);
        // Hardly any noise, so that the signals are their means.
        model.Parameters.Set("encoder.s", [-40, -40]);
        model.Parameters.Set("encoder.S", new double[model.Parameters["encoder.S"].Length]);
        double[] values = Data(T + 1, N, "poisson", 1, 0).Values.ToArray();
        values[(4 * N) + 1] = double.NaN;
        values.AsSpan(7 * N, N).Fill(double.NaN);
        TimeSeries data = new(values, N), signals = model.Encode(data);
        TrainingOptions options = new()
        {
            Forcing = TeacherForcing.Generalized(0.3),
            SequenceLength = T,
            Missing = MissingValues.Model,
        };
        double[] state = [.. signals.Row(0)], mean = new double[N];
        ReadOnlySpan<double> logSigma = model.Parameters["observation.log_sigma"];
        double loss = Surprise(0);
        for (int t = 0; t < T; t++)
        {
            // A row of which nothing is there forces nothing.
            if (t is > 0 and not 7)
                for (int i = 0; i < R; i++)
                    state[i] += 0.3 * (signals[t, i] - state[i]);
            model.Step(state, state);
            loss += Surprise(t + 1);
            for (int i = 0; i < R; i++)
            {
                double miss = (signals[t + 1, i] - state[i]) / Math.Exp(logSigma[i]);
                loss += (0.5 * miss * miss) + logSigma[i] + 40;
            }
        }
        Assert.Equal(loss / ((T * N) - 1 - N), Training.LossAndGradient(model, [data], options).Loss, 1e-10);

        // Of the signal, and from the second row on of the prediction.
        double Surprise(int row)
        {
            double sum = 0;
            double[][] units = row == 0 ? [signals.Row(0).ToArray()] : [signals.Row(row).ToArray(), state];
            foreach (double[] z in units)
            {
                model.Observe(z, mean);
                for (int n = 0; n < N; n++)
                    if (!double.IsNaN(data[row, n]))
                        sum += mean[n] - (data[row, n] * Math.Log(mean[n])) + LogGamma.Of(data[row, n] + 1);
            }
            return sum;
        }
    }

    [Theory]
    [InlineData("poisson", 1)]
    [InlineData("negative-binomial", 1)]
    [InlineData("bernoulli", 1)]
    [InlineData("ordinal", 7)]
    [InlineData("categorical", 4)]
    public void A_file_gives_the_same_network_and_draws(string observation, int levels)
    {
        RecurrentModel model = Model("shplrnn", observation, levels, 4, 3, 0);
        TimeSeries data = Data(60, 4, observation, levels, 0);
        ModelFile.Save(_path, model);
        RecurrentModel loaded = (RecurrentModel)ModelFile.Load(_path);
        Assert.Equal(model.Observation, loaded.Observation);
        Assert.Equal(model.Observation!.Levels, loaded.Observation!.Levels);
        Assert.Equal(model.Sizes, loaded.Sizes);
        TimeSeries means = model.Generate(data, 50, start: 30), draws = model.Drawn(3).Generate(data, 50, start: 30);
        Assert.Equal(means.Values, loaded.Generate(data, 50, start: 30).Values);
        Assert.Equal(draws.Values, loaded.Drawn(3).Generate(data, 50, start: 30).Values);
        Assert.NotEqual(draws.Values.ToArray(), model.Drawn(4).Generate(data, 50, start: 30).Values.ToArray());
        foreach (double x in draws.Values)
            Assert.Null(model.Observation.Refusal(x));
    }

    [Fact]
    public void A_file_that_claims_what_cannot_be_is_refused()
    {
        ModelFile.Save(_path, Model("shplrnn", "ordinal", 5, 4, 3, 0));
        SafeTensorsFile file = SafeTensors.Read(_path);
        foreach (string claim in (string[])["4", "0", "1", "-3", "100000000", "many"])
        {
            SafeTensors.Write(_path, file.Tensors, new Dictionary<string, string>(file.Metadata) { ["ordinal"] = claim });
            Assert.Throws<InvalidDataException>(() => ModelFile.Load(_path));
        }
    }

    [Fact]
    public void A_forecast_does_not_see_what_it_is_to_tell()
    {
        RecurrentModel model = Model("shplrnn", "poisson", 1, 4, 3, 0);
        TimeSeries data = Data(80, 4, "poisson", 1, 0);
        double[] values = data.Values.ToArray();
        values.AsSpan(51 * 4).Fill(9);
        Assert.Equal(FreeRun.StateAt(model, data, 50), FreeRun.StateAt(model, new(values, 4), 50));
        values.AsSpan(50 * 4, 4).Fill(9);
        Assert.NotEqual(FreeRun.StateAt(model, data, 50), FreeRun.StateAt(model, new(values, 4), 50));
    }

    [Fact]
    public void Spikes_of_an_oscillation_are_learnt_from_the_data_and_run_on()
    {
        // Two phases seen through six neurons.
        const int Rows = 2000;
        RandomStream random = new(7, "spikes");
        double[] counts = new double[Rows * 6];
        for (int t = 0; t < Rows; t++)
            for (int n = 0; n < 6; n++)
                counts[(t * 6) + n] = ObservationModel.Poisson.Sample(Math.Log(2) + (1.2 * Math.Sin((0.12 * t) + n)), [], random);
        TimeSeries data = new(counts, 6);
        RecurrentModel model = RecurrentModel.Create("shplrnn", Sizes("shplrnn", "poisson", 1, 6, 2, 0), seed: 1);
        new DataDrivenStart().Apply(model, [data], seed: 1);
        TrainingResult result = Training.Fit(
            model,
            data,
            new()
            {
                Updates = 600,
                SequenceLength = 60,
                Forcing = TeacherForcing.Sparse(15),
                LearningRate = LearningRateSchedule.Constant(2e-3),
            });
        Assert.True(result.Losses[^1].Loss < result.Losses[0].Loss, $"{result.Losses[0].Loss} to {result.Losses[^1].Loss}");
        // The rates run on with the period of 2 pi / 0.12 rows for ten periods.
        TimeSeries rates = model.Generate(data, 524, start: 100);
        double sin = 0, cos = 0, power = 0;
        double[] first = rates.Column(0);
        double mean = first.Average();
        for (int t = 0; t < first.Length; t++)
        {
            sin += Math.Sin(0.12 * t) * (first[t] - mean);
            cos += Math.Cos(0.12 * t) * (first[t] - mean);
            power += Math.Pow(first[t] - mean, 2);
        }
        Assert.True(2 * ((sin * sin) + (cos * cos)) / first.Length > 0.5 * power, "another period");
    }

    [Fact]
    public void A_training_that_is_taken_up_again_gives_the_same_bits()
    {
        TimeSeries data = Data(200, 3, "poisson", 1, 0);
        TrainingOptions options = new() { Updates = 200, SequenceLength = 20, LearningRate = LearningRateSchedule.Constant(1e-3) };
        RecurrentModel whole = Model("shplrnn", "poisson", 1, 3, 3, 0), parted = Model("shplrnn", "poisson", 1, 3, 3, 0);
        Training.Fit(whole, [data], options);
        TrainingState half = Training.Fit(parted, [data], options with { Updates = 100 }).State;
        Training.Fit(parted, [data], options, resume: half);
        Assert.Equal(whole.Parameters.Values, parted.Parameters.Values);
    }

    [Fact]
    public void Data_of_another_kind_are_refused_with_the_place()
    {
        RecurrentModel model = Model("shplrnn", "poisson", 1, 3, 3, 0);
        double[] values = Data(60, 3, "poisson", 1, 0).Values.ToArray();
        values[(7 * 3) + 2] = 0.5;
        string message = Assert.Throws<ArgumentException>(
            () => Training.Fit(model, new TimeSeries(values, 3), new() { SequenceLength = 20 }))
            .Message;
        Assert.Contains("row 7", message);
        Assert.Contains("counts", message);
        values = Data(60, 3, "bernoulli", 1, 0).Values.ToArray();
        values[5] = 0.5;
        Assert.Contains("0 or 1", Assert.Throws<ArgumentException>(
            () => Training.Fit(Model("shplrnn", "bernoulli", 1, 3, 3, 0), new TimeSeries(values, 3), new() { SequenceLength = 20 }))
            .Message);
        Assert.Throws<ArgumentException>(() => RecurrentModel.Create(
            "shplrnn", new Dictionary<string, int> { ["observed"] = 3, ["latent"] = 3, ["hidden"] = 4, ["poisson"] = 1 }));
    }

    private static TimeSeries Data(int rows, int observed, string observation, int levels, int inputs)
    {
        RandomStream random = new(5, "data");
        ObservationModel model = levels == 1 ? ObservationModel.Find(observation)!
            : observation == "ordinal" ? ObservationModel.Ordinal(levels) : ObservationModel.Categorical(levels);
        double[] own = [.. model.Parameters.Select(p => p.Initial)];
        TimeSeries data = new(
            [
                .. Enumerable.Range(0, observed * rows).Select(i => model.Sample(
                    [.. Enumerable.Range(0, model.Outputs).Select(o => Math.Sin((0.2 * (i / observed)) + (i % observed) + o))],
                    own,
                    random)),
            ],
            observed);
        return inputs == 0 ? data : data.WithInputs(new TimeSeries(new LinearStream(6).Take(inputs * rows), inputs));
    }

    private static Dictionary<string, int> Sizes(
        string kind, string observation, int levels, int observed, int latent, int inputs)
    {
        Dictionary<string, int> sizes = RecurrentModel.SizesOf(kind).ToDictionary(
            s => s, s => s switch { "observed" => observed, "latent" => latent, "rectified" => 2, "bases" => 3, _ => 11 });
        (sizes["inputs"], sizes["read"], sizes[observation]) = (inputs, Math.Min(3, latent / RecurrentModel.StatesOfUnit(kind)), levels);
        return sizes;
    }

    private static RecurrentModel Model(string kind, string observation, int levels, int observed, int latent, int inputs)
    {
        RecurrentModel model = RecurrentModel.Create(kind, Sizes(kind, observation, levels, observed, latent, inputs), seed: 4);
        RandomStream random = new(9, "parameters");
        // Away from zero, where nothing would be seen.
        foreach (ParameterTensor tensor in model.Parameters.Tensors.Where(
            t => t.Name is "B" or "h" or "h2" or "encoder.S" || t.Name.StartsWith("observation.", StringComparison.Ordinal)))
            model.Parameters.Set(
                tensor.Name, [.. model.Parameters[tensor.Name].ToArray().Select(v => v + (0.3 * random.NextNormal()))]);
        return model;
    }
}
