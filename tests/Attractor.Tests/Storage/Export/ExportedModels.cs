using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Storage;

/// <summary>A model of every form that is exported, in the units of data with an offset.</summary>
internal static class ExportedModels
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. RecurrentKindsOfTheLibrary, "driven", "affine", "esn", "esn-squares-input", "esn-layers", "ngrc",
    ];

    private static IEnumerable<string> RecurrentKindsOfTheLibrary
        =>
        [
            "plrnn", "shplrnn", "clipped-shplrnn", "alrnn", "mcplrnn", "dendplrnn", "clipped-dendplrnn", "rnn", "gru", "lstm",
        ];

    public static IGenerativeModel Of(string name)
    {
        Standardization units = new([100, -3], [20, 0.5]);
        return StandardizedModel.Of(Inner(name), name is "affine" ? new([100, -3, 7], [20, 0.5, 2]) : units);
    }

    private static IGenerativeModel Inner(string name) => name switch
    {
        "driven" => Drawn(
            "shplrnn",
            new Dictionary<string, int> { ["observed"] = 2, ["latent"] = 4, ["hidden"] = 6, ["inputs"] = 2 },
            new Standardization([5, 6], [2, 3])),
        "affine" => Drawn(
            "shplrnn", new Dictionary<string, int> { ["observed"] = 3, ["latent"] = 4, ["hidden"] = 6, ["read"] = 2 }),
        "esn" => Fitted(new EchoStateNetwork(2, new() { Units = 40, Leak = 0.5, Seed = 1 })),
        "esn-squares-input" => Fitted(
            new EchoStateNetwork(2, new() { Units = 30, Connectivity = 0.1, Seed = 2 }, new(Input: true, Constant: true, Squares: true))),
        "esn-layers" => Fitted(new EchoStateNetwork(2, new() { Units = 12, Layers = 3, Seed = 3 })),
        "ngrc" => Ngrc(),
        _ => Drawn(name, RecurrentModel.SizesOf(name).ToDictionary(size => size, size => size switch
        {
            "observed" => 2,
            "rectified" => 2,
            "hidden" => 6,
            "bases" => 3,
            _ => 6,
        })),
    };

    // All parameters of order one: what is wrong by a sign or an index shows.
    private static RecurrentModel Drawn(string kind, Dictionary<string, int> sizes, Standardization? inputUnits = null)
    {
        RecurrentModel model = RecurrentModel.Create(kind, sizes, seed: 7);
        RandomStream random = new(1, kind);
        model.Parameters.Set([.. Enumerable.Range(0, model.Parameters.Count).Select(_ => 0.5 * random.NextNormal())]);
        if (inputUnits is not null)
            model.InputUnits = inputUnits;
        return model;
    }

    private static EchoStateNetwork Fitted(EchoStateNetwork network)
    {
        RandomStream random = new(2, "readout");
        double[] weights = [.. Enumerable.Range(0, network.ReadoutWeights.Length).Select(_ => 0.1 * random.NextNormal())];
        network.SetReadout(weights, [0.1, -0.2], warmUp: 3);
        return network;
    }

    private static NonlinearVectorAutoregression Ngrc()
    {
        NonlinearVectorAutoregression model = new(2, delays: 2, stride: 2, orders: [2, 3]);
        RandomStream random = new(3, "readout");
        model.SetReadout([.. Enumerable.Range(0, model.ReadoutWeights.Length).Select(_ => 0.02 * random.NextNormal())]);
        return model;
    }
}
