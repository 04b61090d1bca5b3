using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Dynamics;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Tests.Learning;

/// <summary>External inputs: z_t = F(z_{t-1}) + C s_t.</summary>
[Trait("Registers", "Narrow")]
public sealed class ExternalInputTests : IDisposable
{
    private const int Inputs = 2;

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    public static TheoryData<string> Kinds() => [.. LibraryCells.Kinds, "lstm"];

    public void Dispose() => File.Delete(_path);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_of_a_driven_network_are_those_of_central_differences(string kind)
    {
        RecurrentModel model = Model(kind, 3);
        TimeSeries data = Data(400, 5);
        TimeSeries[] windows = [.. Enumerable.Range(0, 11).Select(i => data.Slice(30 * i, 24))];
        foreach (TeacherForcing forcing in (TeacherForcing[])[TeacherForcing.Generalized(0.2), TeacherForcing.Sparse(7)])
        {
            TrainingOptions options = new() { Forcing = forcing, SequenceLength = 23, WarmUp = 2 };
            GradientCheck check = Gradient.Check(
                parameters =>
                {
                    model.Parameters.Set(parameters);
                    if (model is RectifiedStateNetwork and not AlmostLinearRnn)
                        model.Parameters.Set("W", [.. model.Parameters["W"].ToArray().Select((w, i) => i % 7 == 0 ? 0 : w)]);
                    return Training.LossAndGradient(model, windows, options);
                },
                model.Parameters.Values,
                step: 1e-7);
            Assert.True(
                check.RelativeError <= 1e-6,
                $"{forcing}, component {check.Index}: {check.Analytic[check.Index]} against {check.Numeric[check.Index]}");
            Assert.Contains(check.Analytic.Skip(model.ParameterCount - (6 * Inputs)), g => Math.Abs(g) > 1e-4);
        }
    }

    [Fact]
    public void The_loss_of_unforced_windows_is_that_of_the_driven_orbit()
    {
        RecurrentModel model = Model("shplrnn", 4);
        TimeSeries data = Data(30, 6);
        (double loss, _) = Training.LossAndGradient(
            model, [data], new() { Forcing = TeacherForcing.Generalized(0), SequenceLength = 29 });
        TimeSeries orbit = model.Generate(data, 30);
        double expected = 0;
        for (int t = 1; t < 30; t++)
            for (int n = 0; n < 2; n++)
                expected += Math.Pow(orbit[t, n] - data[t, n], 2) / (29 * 2);
        Assert.Equal(expected, loss, 1e-13 * expected);
    }

    [Fact]
    public void The_free_run_of_a_driven_linear_map_is_its_closed_form()
    {
        Plrnn model = new(observed: 2, latent: 2, inputs: 1);
        model.Parameters.Set("A", [0.9, -0.5]);
        model.Parameters.Set("W", new double[4]);
        model.Parameters.Set("h", new double[2]);
        model.Parameters.Set("C", [0.3, -2]);
        TimeSeries data = new TimeSeries([.. Enumerable.Range(0, 150).Select(i => Math.Cos(i * i))], 3, 0.1, ["a", "b", "s"])
            .WithInputs("s");
        TimeSeries orbit = model.Generate(data, 50);
        for (int t = 0; t < 50; t++)
        {
            double a = Math.Pow(0.9, t) * data[0, 0], b = Math.Pow(-0.5, t) * data[0, 1];
            for (int r = 1; r <= t; r++)
            {
                a += Math.Pow(0.9, t - r) * 0.3 * data.Inputs![r, 0];
                b += Math.Pow(-0.5, t - r) * -2 * data.Inputs[r, 0];
            }
            Assert.Equal(a, orbit[t, 0], 1e-13);
            Assert.Equal(b, orbit[t, 1], 1e-13);
        }
        TimeSeries future = data.Inputs!.Slice(0, 40);
        Assert.Equal(orbit.Slice(0, 40).Values, model.Generate(data.WithInputs(inputs: null), future).Values);
    }

    [Fact]
    public void Standardised_inputs_and_variables_give_the_same_orbit_in_their_own_units()
    {
        RecurrentModel model = Model("shplrnn", 5);
        TimeSeries data = Data(60, 7);
        Standardization units = new([3, -1], [2, 0.5]), inputUnits = new([10, -4], [5, 0.1]);
        TimeSeries expected = units.Undo(model.Generate(data, 60));
        TimeSeries inOwnUnits = units.Undo(data).WithInputs(inputUnits.Undo(data.Inputs!));
        model.InputUnits = inputUnits;
        IGenerativeModel standardized = StandardizedModel.Of(model, units);
        AssertClose(expected, standardized.Generate(inOwnUnits, 60));
        ModelFile.Save(_path, standardized);
        AssertClose(expected, ((IGenerativeModel)ModelFile.Load(_path)).Generate(inOwnUnits, 60));
    }

    [Fact]
    public void Training_finds_the_matrices_of_a_driven_linear_map()
    {
        double[] values = new double[3 * 800];
        LinearStream stream = new(3);
        double[] inputs = stream.Take(800);
        for (int t = 0; t < 800; t++)
        {
            (double x, double y) = t == 0 ? (0.5, 0.2) : (values[(t - 1) * 3], values[((t - 1) * 3) + 1]);
            values[t * 3] = (0.8 * x) - (0.3 * y) + (0.7 * inputs[t]);
            values[(t * 3) + 1] = (0.25 * x) + (0.6 * y) - (0.4 * inputs[t]);
            values[(t * 3) + 2] = inputs[t];
        }
        TimeSeries data = new TimeSeries(values, 3, 1, ["x", "y", "s"]).WithInputs("s");
        // Without rectified units the almost-linear network would be this map; one that never turns negative is as good.
        AlmostLinearRnn model = new(observed: 2, latent: 3, rectified: 1, inputs: 1);
        Training.Fit(model, data, new()
        {
            Updates = 20_000,
            SequenceLength = 20,
            Forcing = TeacherForcing.Generalized(0.3),
            Precision = Precision.Float64,
            LearningRate = LearningRateSchedule.Exponential(1e-2, 1e-5),
        });
        ReadOnlySpan<double> c = model.Parameters["C"];
        Assert.Equal(0.7, c[0], 1e-3);
        Assert.Equal(-0.4, c[1], 1e-3);
        double[] jacobian = new double[9];
        model.Jacobian([0, 0, -1], jacobian);
        Assert.Equal([0.8, -0.3], jacobian[..2].Select(v => Math.Round(v, 2)));
        Assert.Equal([0.25, 0.6], jacobian[3..5].Select(v => Math.Round(v, 2)));
    }

    [Fact]
    public void Exponents_of_a_driven_linear_map_do_not_depend_on_what_drives_it()
    {
        Plrnn model = new(observed: 2, latent: 2, inputs: 1);
        model.Parameters.Set("A", [0.9, -0.5]);
        model.Parameters.Set("W", new double[4]);
        TimeSeries weak = new(new LinearStream(5).Take(300), 1), strong = new(new LinearStream(9).Take(100, 40), 1);
        foreach (TimeSeries inputs in (TimeSeries[])[weak, strong])
        {
            double[] exponents = Lyapunov.Spectrum(DrivenMap.Along(model, inputs), [1, 2], steps: 500, transient: 100);
            Assert.Equal(Math.Log(0.9), exponents[0], 1e-12);
            Assert.Equal(Math.Log(0.5), exponents[1], 1e-12);
        }
        string refused = Assert.Throws<ArgumentException>(() => Lyapunov.Spectrum(model)).Message;
        Assert.Contains("DrivenMap.Along", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_from_the_data_fits_the_weights_of_the_inputs()
    {
        TimeSeries data = Data(600, 8);
        // What drives the variables is the sum of the inputs.
        double[] values = data.Values.ToArray();
        for (int t = 1; t < data.Length; t++)
            for (int n = 0; n < 2; n++)
                values[(t * 2) + n] = (0.9 * values[((t - 1) * 2) + n]) + data.Inputs![t, 0] + (0.5 * data.Inputs[t, 1]);
        TimeSeries driven = new TimeSeries(values, 2).WithInputs(data.Inputs);
        ShallowPlrnn model = new(observed: 2, latent: 2, hidden: 30, inputs: Inputs);
        new DataDrivenStart().Apply(model, [driven], seed: 1);
        double[] c = [.. model.Parameters["C"]];
        Assert.Equal([1.0, 0.5, 1.0, 0.5], c.Select(v => Math.Round(v, 2)));
    }

    [Fact]
    public void A_training_that_is_resumed_goes_on_to_the_same_bits()
    {
        TimeSeries data = Data(300, 9);
        TrainingOptions options = new()
        {
            Updates = 40,
            SequenceLength = 15,
            LearningRate = LearningRateSchedule.Constant(1e-3),
        };
        RecurrentModel whole = Model("shplrnn", 6), again = Model("shplrnn", 6);
        Training.Fit(whole, data, options);
        TrainingState half = Training.Fit(Model("shplrnn", 6), data, options with { Updates = 20 }).State;
        Training.Fit(again, [data], options, resume: half);
        Assert.Equal(whole.Parameters.Values, again.Parameters.Values);
        Assert.NotEqual(Model("shplrnn", 6).Parameters["C"].ToArray(), whole.Parameters["C"].ToArray());
    }

    [Fact]
    public void What_does_not_fit_says_so()
    {
        RecurrentModel driven = Model("shplrnn", 1), free = new ShallowPlrnn(2, 2, 4);
        TimeSeries data = Data(300, 1);
        Refused("driven by 2 inputs and the series has none", () => Training.Fit(driven, data.WithInputs(inputs: null)));
        Refused("driven by 0 inputs", () => Training.Fit(free, data));
        Refused("driven by 2 inputs, the series has 1", () => Training.Fit(driven, data.WithInputs(data.Inputs!.Columns(0))));
        Refused("need inputs for as many, found 300", () => driven.Generate(data, 301));
        Refused("fixed points and cycles are those", () => CycleSearch.Find((IPiecewiseLinearMap)driven));
        double[] holes = data.Inputs!.Values.ToArray();
        holes[7] = double.NaN;
        Refused("The inputs hold", () => Training.Fit(driven, data.WithInputs(new TimeSeries(holes, 2))));
        Refused("is constant", () => Training.Fit(driven, data.WithInputs(new TimeSeries(new double[600], 2))));

        static void Refused(string words, Action action)
            => Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static void AssertClose(TimeSeries expected, TimeSeries found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Values.Length; i++)
            Assert.Equal(expected.Values[i], found.Values[i], 1e-10);
    }

    private static TimeSeries Data(int rows, long seed)
    {
        LinearStream stream = new(seed);
        return new TimeSeries([.. Enumerable.Range(0, 2 * rows).Select(i => Math.Sin(0.1 * i * (1 + (i % 2))))], 2)
            .WithInputs(new TimeSeries(stream.Take(2 * rows), 2));
    }

    private static RecurrentModel Model(string kind, ulong seed)
    {
        Dictionary<string, int> sizes = RecurrentModel.SizesOf(kind).ToDictionary(
            s => s, s => s switch { "observed" => 2, "latent" => 6, "rectified" => 2, "bases" => 4, _ => 11 });
        sizes["inputs"] = Inputs;
        RecurrentModel model = RecurrentModel.Create(kind, sizes, seed);
        if (model is SaturatingNetwork)
            return model;
        string thresholds = model is RectifiedStateNetwork ? "h" : "h2";
        model.Parameters.Set(thresholds, new LinearStream(5).Take(model.Parameters[thresholds].Length, 0.4));
        return model;
    }
}
