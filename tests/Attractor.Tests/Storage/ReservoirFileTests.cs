using System.Diagnostics;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Storage;

/// <summary>Files of echo state networks and of nonlinear vector autoregressions.</summary>
public sealed class ReservoirFileTests : IDisposable
{
    private static readonly ReservoirOptions s_dense = new() { Units = 20, Connectivity = 1, Seed = 3 },
        s_sparse = s_dense with { Units = 60, Connectivity = 0.1, Leak = 0.3 };

    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "file.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("dense")]
    [InlineData("sparse")]
    [InlineData("ring")]
    [InlineData("identity")]
    [InlineData("two layers")]
    [InlineData("two sparse layers")]
    [InlineData("feedback beside inputs")]
    [InlineData("feedback alone")]
    [InlineData("input")]
    [InlineData("constant")]
    [InlineData("squares")]
    [InlineData("everything")]
    public void A_network_comes_back_with_the_same_orbit_to_the_bit(string what)
    {
        EchoStateNetwork network = what switch
        {
            "sparse" => new(2, s_sparse),
            "ring" => new(2, s_dense with { Topology = ReservoirTopology.Ring }),
            "identity" => new(2, s_dense with { Activation = Activation.Identity }),
            "two layers" => new(2, s_dense with { Layers = 2 }),
            "two sparse layers" => new(2, s_sparse with { Layers = 2 }),
            "feedback beside inputs" => new(new Reservoir(2, s_dense, 2), 2),
            "feedback alone" => new(new Reservoir(0, s_sparse, 2), 2),
            "input" => new(2, s_dense, new(Input: true)),
            "constant" => new(2, s_dense, new(Constant: true)),
            "squares" => new(2, s_dense, new(Squares: true)),
            "everything" => new(new Reservoir(2, s_sparse with { Layers = 2 }, 2), 2, new(true, true, true)),
            _ => new(2, s_dense),
        };
        network.SetReadout(Wave(2 * network.FeatureCount, 0.1), [0.1, -1.0 / 3], warmUp: 17);
        ModelFile.Save(Path, network);
        EchoStateNetwork read = ModelFile.Load<EchoStateNetwork>(Path);
        Assert.Equal(
            (
                network.Inputs,
                network.Outputs,
                network.Reservoir.Feedback,
                network.Reservoir.LayerCount,
                network.Reservoir.Leak,
                network.Reservoir.Activation,
                network.Features,
                17),
            (
                read.Inputs,
                read.Outputs,
                read.Reservoir.Feedback,
                read.Reservoir.LayerCount,
                read.Reservoir.Leak,
                read.Reservoir.Activation,
                read.Features,
                read.WarmUp));
        AssertSameOrbit(network, read);
        byte[] bytes = File.ReadAllBytes(Path);
        ModelFile.Save(Path, read);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Theory]
    [InlineData(1, 1, new int[0], false)]
    [InlineData(2, 1, new[] { 2 }, true)]
    [InlineData(3, 2, new[] { 2, 3 }, false)]
    [InlineData(2, 5, new[] { 3 }, true)]
    [InlineData(1, 1, new[] { 4 }, true)]
    public void An_autoregression_comes_back_with_the_same_orbit_to_the_bit(int delays, int stride, int[] orders, bool constant)
    {
        NonlinearVectorAutoregression model = new(2, delays, stride, orders, constant);
        model.SetReadout(Wave(2 * model.FeatureCount, 0.002));
        ModelFile.Save(Path, model);
        NonlinearVectorAutoregression read = ModelFile.Load<NonlinearVectorAutoregression>(Path);
        Assert.Equal((delays, stride, constant, model.FeatureCount), (read.Delays, read.Stride, read.HasConstant, read.FeatureCount));
        Assert.Equal(model.Orders, read.Orders);
        AssertSameOrbit(model, read);
    }

    [Fact]
    public void A_network_that_does_not_predict_its_own_input_comes_back_as_well()
    {
        EchoStateNetwork network = new(new Reservoir(3, s_dense), 2);
        network.SetReadout(Wave(2 * network.FeatureCount, 1));
        ModelFile.Save(Path, network);
        TimeSeries inputs = new(Wave(90, 1), 3);
        Assert.Equal(network.Predict(inputs).Values.ToArray(), ModelFile.Load<EchoStateNetwork>(Path).Predict(inputs).Values.ToArray());
    }

    [Fact]
    public void A_model_of_another_class_than_expected_is_refused()
    {
        ModelFile.Save(Path, new EchoStateNetwork(2, s_dense));
        Refused(() => ModelFile.Load<RecurrentModel>(Path), "holds a model 'esn', not a RecurrentModel");
        Refused(() => ModelFile.Load<NonlinearVectorAutoregression>(Path), "'esn', not a NonlinearVectorAutoregression");
        ModelFile.Save(Path, new NonlinearVectorAutoregression(2));
        Refused(() => ModelFile.Load<EchoStateNetwork>(Path), "'ngrc', not a EchoStateNetwork");
    }

    [Theory]
    [InlineData("W_in", "lacks the tensor W_in")]
    [InlineData("b", "lacks the tensor b")]
    [InlineData("W.values", "lacks the tensor W.values")]
    [InlineData("W.columns", "lacks the tensor W.columns")]
    [InlineData("W.rows", "lacks the tensor W.rows")]
    [InlineData("W_out", "lacks the tensor W_out")]
    [InlineData("c", "lacks the tensor c")]
    public void A_network_without_one_of_its_tensors_is_refused(string tensor, string words)
        => RefusedNetwork(words, tensors => tensors.Remove(tensor));

    [Theory]
    [InlineData("W_in", new[] { 3 }, "W_in has the shape (3), expected 2 dimensions")]
    [InlineData("W_in", new[] { 3, 3 }, "W_in receives 3 variables, expected 1 inputs")]
    [InlineData("W_in", new[] { 0, 1 }, "W_in has the shape (0, 1)")]
    [InlineData("W_in", new[] { 4, 1 }, "b has the shape (3), expected (4)")]
    [InlineData("b", new[] { 3, 1 }, "b has the shape (3, 1)")]
    [InlineData("W", new[] { 3, 2 }, "W has the shape (3, 2), expected (3, 3)")]
    [InlineData("W.values", new[] { 2, 2 }, "W.values has the shape (2, 2)")]
    [InlineData("W.values", new[] { 5 }, "W.columns has the shape (4), expected (5)")]
    [InlineData("W.columns", new[] { 3 }, "W.columns has the shape (3), expected (4)")]
    [InlineData("W.rows", new[] { 3 }, "W.rows has the shape (3), expected (4)")]
    [InlineData("W_out", new[] { 3, 1 }, "W_out has the shape (3, 1), expected (1, 3)")]
    [InlineData("c", new[] { 2 }, "c has the shape (2), expected (1)")]
    public void A_network_of_shapes_that_do_not_fit_is_refused(string tensor, int[] shape, string words)
        => RefusedNetwork(words, tensors => tensors[tensor] = new(tensor, shape, new double[shape.Aggregate((a, b) => a * b)]));

    [Theory]
    [InlineData("W.columns", new double[] { 0, 3, 1, 2 }, "W.columns holds values that are not whole numbers of 0 to 2")]
    [InlineData("W.columns", new double[] { 0, -1, 1, 2 }, "whole numbers of 0 to 2")]
    [InlineData("W.columns", new[] { 0, 1.5, 1, 2 }, "whole numbers of 0 to 2")]
    [InlineData("W.columns", new double[] { 2, 0, 1, 2 }, "W.columns must ascend within row 0")]
    [InlineData("W.columns", new double[] { 1, 1, 1, 2 }, "W.columns must ascend within row 0")]
    [InlineData("W.rows", new double[] { 0, 2, 1, 4 }, "W.rows must not descend")]
    [InlineData("W.rows", new double[] { 1, 2, 3, 4 }, "W.rows must go from 0 to 4")]
    [InlineData("W.rows", new double[] { 0, 2, 3, 3 }, "W.rows must go from 0 to 4")]
    [InlineData("W.rows", new double[] { 0, 2, 5, 4 }, "W.rows holds values that are not whole numbers of 0 to 4")]
    [InlineData("W.values", new[] { 1, double.NaN, 1, 1 }, "W.values holds values that are not finite")]
    [InlineData("W.rows", new[] { 0, double.PositiveInfinity, 3, 4 }, "W.rows holds values that are not finite")]
    [InlineData("c", new[] { double.NegativeInfinity }, "c holds values that are not finite")]
    public void A_network_of_values_that_make_no_matrix_is_refused(string tensor, double[] values, string words)
        => RefusedNetwork(words, tensors => tensors[tensor] = new(tensor, [values.Length], values));

    [Theory]
    [InlineData("observed", null, "lacks the metadata 'observed'")]
    [InlineData("inputs", null, "lacks the metadata 'inputs'")]
    [InlineData("layers", null, "lacks the metadata 'layers'")]
    [InlineData("leak", null, "lacks the metadata 'leak'")]
    [InlineData("activation", null, "lacks the metadata 'activation'")]
    [InlineData("readout_squares", null, "lacks the metadata 'readout_squares'")]
    [InlineData("warm_up", null, "lacks the metadata 'warm_up'")]
    [InlineData("leak", "0", "metadata 'leak' is '0', expected a number above 0 and at most 1")]
    [InlineData("leak", "1.0001", "at most 1")]
    [InlineData("leak", "NaN", "at most 1")]
    [InlineData("leak", "-0.5", "above 0")]
    [InlineData("activation", "relu", "expected tanh or identity")]
    [InlineData("readout_constant", "yes", "expected true or false")]
    [InlineData("warm_up", "-1", "expected 0 to 1000000000")]
    [InlineData("warm_up", "99999999999", "expected 0 to 1000000000")]
    [InlineData("observed", "0", "expected 1 to 100000")]
    [InlineData("observed", "100000", "W_out has the shape (1, 3), expected (100000, 3)")]
    [InlineData("inputs", "100000", "W_in receives 1 variables, expected 100000 inputs")]
    [InlineData("layers", "100", "lacks the tensor W_in.2")]
    [InlineData("layers", "2000000000", "expected 1 to 100")]
    [InlineData("layers", "1e2", "expected 1 to 100")]
    [InlineData("readout_input", "true", "W_out has the shape (1, 3), expected (1, 4)")]
    public void A_network_of_metadata_that_do_not_fit_is_refused_at_little_cost(string key, string? value, string words)
        => RefusedNetwork(words, _ => { }, metadata => Set(metadata, key, value));

    [Fact]
    public void A_stack_that_would_take_too_many_units_is_refused_at_little_cost()
        => RefusedNetwork(
            "50000 units in each of 100 layers are more than the 100000",
            tensors => tensors["W_in"] = new("W_in", [50_000, 1], new double[50_000]),
            metadata => metadata["layers"] = "100");

    [Theory]
    [InlineData("observed", null, "lacks the metadata 'observed'")]
    [InlineData("delays", null, "lacks the metadata 'delays'")]
    [InlineData("stride", null, "lacks the metadata 'stride'")]
    [InlineData("orders", null, "lacks the metadata 'orders'")]
    [InlineData("constant", null, "lacks the metadata 'constant'")]
    [InlineData("constant", "1", "expected true or false")]
    [InlineData("observed", "0", "expected 1 to 100000")]
    [InlineData("observed", "2", "W_out has the shape (1, 6), expected (2, 15)")]
    [InlineData("observed", "100", "100 variables at 2 delays have more than 20000 monomials")]
    [InlineData("observed", "100000", "more than 20000 monomials")]
    [InlineData("delays", "0", "expected 1 to 1000000")]
    [InlineData("delays", "1000000", "more than 20000 monomials")]
    [InlineData("delays", "3", "W_out has the shape (1, 6), expected (1, 10)")]
    [InlineData("delays", "99999999999", "expected 1 to 1000000")]
    [InlineData("stride", "0", "expected 1 to 1000000")]
    [InlineData("stride", "1000000", "more than 1000000 values")]
    [InlineData("orders", "0", "numbers are expected, each of 1 to 16")]
    [InlineData("orders", "17", "numbers are expected, each of 1 to 16")]
    [InlineData("orders", "2,", "numbers are expected, each of 1 to 16")]
    [InlineData("orders", "two", "numbers are expected, each of 1 to 16")]
    [InlineData("orders", "2,16", "W_out has the shape (1, 6), expected (1, 23)")]
    public void An_autoregression_of_metadata_that_do_not_fit_is_refused_at_little_cost(string key, string? value, string words)
    {
        Dictionary<string, string> metadata = Autoregression();
        Set(metadata, key, value);
        SafeTensors.Write(Path, [new("W_out", [1, 6], new double[6])], metadata);
        RefusedAtLittleCost(words);
    }

    [Fact]
    public void A_linear_autoregression_of_many_variables_is_refused_before_its_readout_is_made()
    {
        // Its readout would take 3 GB.
        Dictionary<string, string> metadata = Autoregression();
        (metadata["observed"], metadata["delays"], metadata["orders"]) = ("19000", "1", "1");
        SafeTensors.Write(Path, [new("W_out", [19_000, 1], new double[19_000])], metadata);
        RefusedAtLittleCost("W_out has the shape (19000, 1), expected (19000, 19001)");
    }

    [Fact]
    public void An_autoregression_of_a_readout_that_is_not_finite_is_refused()
    {
        SafeTensors.Write(Path, [new("W_out", [1, 6], [1, 2, 3, double.NaN, 5, 6])], Autoregression());
        RefusedAtLittleCost("W_out holds values that are not finite");
        SafeTensors.Write(Path, [], Autoregression());
        RefusedAtLittleCost("lacks the tensor W_out");
    }

    [Theory]
    [InlineData("esn")]
    [InlineData("ngrc")]
    public void Mutated_files_are_read_or_refused_and_what_is_read_can_be_stepped(string kind)
    {
        if (kind == "esn")
            ModelFile.Save(Path, new EchoStateNetwork(1, s_dense with { Units = 12, Connectivity = 0.2 }));
        else
            ModelFile.Save(Path, new NonlinearVectorAutoregression(2, 2, 2));
        byte[] good = Unsealed.Read(Path);
        int read = 0;
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).Two().ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) =>
            {
                byte[] bad = [.. good];
                bad[at.Item1] = (byte)value;
                File.WriteAllBytes(Path, value % 5 == 0 ? bad[..at.Item2] : bad);
                try
                {
                    Step(ModelFile.Load<IGenerativeModel>(Path));
                    read++;
                    return true;
                }
                catch (InvalidDataException e)
                {
                    return !e.Message.Contains('\n', StringComparison.Ordinal);
                }
            }).QuickCheckThrowOnFailure();
        Assert.NotEqual(0, read);
    }

    private static void Step(IGenerativeModel model)
    {
        if (model is EchoStateNetwork network)
        {
            double[] r = new double[network.Reservoir.Units];
            network.Reservoir.Step(r, new double[network.Inputs], new double[network.Reservoir.Feedback], r);
            return;
        }
        double[] state = new double[model.Dimension];
        model.Step(state, state);
    }

    private static void AssertSameOrbit(IGenerativeModel model, IGenerativeModel read)
    {
        TimeSeries history = new(Wave(60, 1), 2);
        TimeSeries orbit = model.Generate(history, 100);
        Assert.Null(orbit.FindNonFinite());
        Assert.True(orbit.Column(0).Distinct().Count() > 50, "an orbit at rest tells little");
        Assert.Equal(orbit.Values.ToArray(), read.Generate(history, 100).Values.ToArray());
        Assert.Equal(FreeRun.StateAt(model, history, 25), FreeRun.StateAt(read, history, 25));
    }

    // Numbers that no single-precision file could hold.
    private static double[] Wave(int count, double size) => [.. Enumerable.Range(0, count).Select(i => size * Math.Sin(1.7 * (i + 1)))];

    private static Dictionary<string, string> Autoregression()
        => new() { ["model"] = "ngrc", ["observed"] = "1", ["delays"] = "2", ["stride"] = "1", ["orders"] = "1,2", ["constant"] = "true" };

    private static void Set(Dictionary<string, string> metadata, string key, string? value)
    {
        metadata.Remove(key);
        if (value is not null)
            metadata[key] = value;
    }

    // A reservoir of three units, whose weights are (1 2 0; 0 3 0; 0 0 4).
    private void RefusedNetwork(
        string words, Action<Dictionary<string, SafeTensor>> change, Action<Dictionary<string, string>>? describe = null)
    {
        Dictionary<string, SafeTensor> tensors = new SafeTensor[]
        {
            new("W_in", [3, 1], [1, 2, 3]),
            new("b", [3], [1, 2, 3]),
            new("W.values", [4], [1, 2, 3, 4]),
            new("W.columns", [4], [0, 1, 1, 2]),
            new("W.rows", [4], [0, 2, 3, 4]),
            new("W_out", [1, 3], [1, 2, 3]), new("c", [1], [0]),
        }.ToDictionary(t => t.Name);
        Dictionary<string, string> metadata = new()
        {
            ["model"] = "esn",
            ["observed"] = "1",
            ["inputs"] = "1",
            ["layers"] = "1",
            ["leak"] = "0.5",
            ["activation"] = "tanh",
            ["readout_input"] = "false",
            ["readout_constant"] = "false",
            ["readout_squares"] = "false",
            ["warm_up"] = "5",
        };
        SafeTensors.Write(Path, [.. tensors.Values], metadata);
        Assert.Equal((2, 3, 0), (
            ModelFile.Load<EchoStateNetwork>(Path).Reservoir.Weight(0, 1),
            ModelFile.Load<EchoStateNetwork>(Path).Reservoir.Weight(1, 1),
            ModelFile.Load<EchoStateNetwork>(Path).Reservoir.Weight(1, 2)));
        change(tensors);
        describe?.Invoke(metadata);
        SafeTensors.Write(Path, [.. tensors.Values], metadata);
        RefusedAtLittleCost(words);
    }

    private void RefusedAtLittleCost(string words)
    {
        Stopwatch clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(() => ModelFile.Load(Path), words);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    private static void Refused(Func<object> load, string words)
    {
        string message = Assert.Throws<InvalidDataException>(load).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.Contains("file.safetensors", message, StringComparison.Ordinal);
    }
}
