using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// An echo state network as tensors: of each layer <c>W_in</c> (M x what it receives: inputs, then feedback), <c>b</c> (M) and <c>W</c>
/// (M x M), or by its non-zero weights <c>W.values</c>, <c>W.columns</c>, <c>W.rows</c> (compressed sparse rows); the second layer's names
/// end in <c>.2</c>; and the readout <c>W_out</c> (K x F), <c>c</c> (K).
/// </summary>
internal static class EchoStateNetworkFile
{
    private const int MostLayers = 100, MostUnits = 100_000, MostSteps = 1_000_000_000;

    public static ModelFormat Format { get; } = ModelFormat.Of<EchoStateNetwork>(EchoStateNetwork.KindName, Write, Read);

    private static SafeTensorsFile Write(EchoStateNetwork network)
    {
        List<SafeTensor> tensors = [];
        for (int l = 0; l < network.Reservoir.LayerCount; l++)
        {
            ReservoirLayer layer = network.Reservoir.Layers[l];
            string end = Ending(l);
            tensors.Add(new("W_in" + end, [layer.Units, layer.Inputs], layer.InputWeights));
            tensors.Add(new("b" + end, [layer.Units], layer.Bias));
            if (layer.Weights is DenseWeights dense)
            {
                tensors.Add(new("W" + end, [layer.Units, layer.Units], dense.Values));
                continue;
            }
            SparseWeights sparse = (SparseWeights)layer.Weights;
            tensors.Add(new($"W{end}.values", [sparse.Values.Length], sparse.Values));
            tensors.Add(new($"W{end}.columns", [sparse.Columns.Length], Array.ConvertAll(sparse.Columns, c => (double)c)));
            tensors.Add(new($"W{end}.rows", [sparse.Rows.Length], Array.ConvertAll(sparse.Rows, r => (double)r)));
        }
        tensors.Add(new("W_out", [network.Outputs, network.FeatureCount], network.ReadoutWeights.ToArray()));
        tensors.Add(new("c", [network.Outputs], network.ReadoutConstants.ToArray()));
        return new(tensors, new Dictionary<string, string>
        {
            ["observed"] = FormattableString.Invariant($"{network.Outputs}"),
            ["inputs"] = FormattableString.Invariant($"{network.Inputs}"),
            ["layers"] = FormattableString.Invariant($"{network.Reservoir.LayerCount}"),
            ["leak"] = FormattableString.Invariant($"{network.Reservoir.Leak:R}"),
            ["activation"] = network.Reservoir.Activation.ToString().ToLowerInvariant(),
            ["readout_input"] = Word(network.Features.Input),
            ["readout_constant"] = Word(network.Features.Constant),
            ["readout_squares"] = Word(network.Features.Squares),
            ["warm_up"] = FormattableString.Invariant($"{network.WarmUp}"),
        });
    }

    private static EchoStateNetwork Read(TensorReader reader)
    {
        int layers = reader.Whole("layers", 1, MostLayers),
            outputs = reader.Whole("observed", 1, MostUnits), inputs = reader.Whole("inputs", 0, MostUnits);
        double leak = reader.Number("leak", 0, 1);
        Activation activation = reader.Word("activation") switch
        {
            "tanh" => Activation.Tanh,
            "identity" => Activation.Identity,
            var other => throw reader.Bad($"metadata 'activation' is '{other}', expected tanh or identity"),
        };
        SafeTensor first = reader.Tensor("W_in", 2);
        int units = first.Shape[0], received = first.Shape[1];
        if (received != inputs && received != inputs + outputs)
            throw reader.Bad($"W_in receives {received} variables, expected {inputs} inputs, with {outputs} outputs fed back or without");
        if ((long)units * layers > MostUnits)
            throw reader.Bad($"{units} units in each of {layers} layers are more than the {MostUnits} there can be");
        List<ReservoirLayer> read = [];
        for (int l = 0; l < layers; l++)
            read.Add(Layer(reader, Ending(l), units, l == 0 ? received : units, leak, activation));
        ReadoutFeatures features = new(reader.Flag("readout_input"), reader.Flag("readout_constant"), reader.Flag("readout_squares"));
        double[] weights = reader.Values("W_out", outputs, features.Count(units * layers, inputs)), constants = reader.Values("c", outputs);
        int warmUp = reader.Whole("warm_up", 0, MostSteps);
        EchoStateNetwork network = new(new Reservoir(inputs, received - inputs, read), outputs, features);
        network.SetReadout(weights, constants, warmUp);
        return network;
    }

    private static ReservoirLayer Layer(TensorReader reader, string end, int units, int received, double leak, Activation activation)
    {
        double[] inputWeights = reader.Values("W_in" + end, units, received), bias = reader.Values("b" + end, units);
        RecurrentWeights weights = reader.Has("W" + end)
            ? new DenseWeights(reader.Values("W" + end, units, units), units)
            : Sparse(reader, "W" + end, units);
        return new(received, inputWeights, bias, weights, leak, activation);
    }

    private static SparseWeights Sparse(TensorReader reader, string name, int units)
    {
        int count = reader.Tensor($"{name}.values", 1).Shape[0];
        double[] values = reader.Values($"{name}.values", count);
        int[] columns = reader.Wholes($"{name}.columns", units - 1, count), rows = reader.Wholes($"{name}.rows", count, units + 1);
        if (rows[0] != 0 || rows[^1] != count)
            throw reader.Bad($"{name}.rows must go from 0 to {count}");
        for (int i = 0; i < units; i++)
        {
            if (rows[i + 1] < rows[i])
                throw reader.Bad($"{name}.rows must not descend");
            for (int n = rows[i] + 1; n < rows[i + 1]; n++)
                if (columns[n] <= columns[n - 1])
                    throw reader.Bad($"{name}.columns must ascend within row {i}");
        }
        return new(units, rows, columns, values);
    }

    private static string Ending(int layer) => layer == 0 ? "" : FormattableString.Invariant($".{layer + 1}");

    private static string Word(bool flag) => flag ? "true" : "false";
}
