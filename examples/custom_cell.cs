#!/usr/bin/env dotnet
#:property AssemblyName=custom-cell
#:project ../src/Attractor

// A recurrent cell of one's own, written on the tape: checked, trained by generalised teacher forcing on Lorenz-63, saved, loaded, resumed,
// and its largest Lyapunov exponent.
// usage: dotnet run examples/custom_cell.cs [updates]

using Attractor;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;

long updates = args.Length > 0 ? long.Parse(args[0]) : 4000;
string folder = Directory.CreateTempSubdirectory().FullName,
    modelPath = Path.Combine(folder, "model.safetensors"), statePath = Path.Combine(folder, "state.safetensors");
RecurrentModel.Register(TanhNetwork.Cell);
TimeSeries data = Lorenz63.Default.Simulate(steps: 20_000, dt: 0.02).Standardize();
TrainingOptions options = new()
{
    Forcing = TeacherForcing.Generalized(0.15),
    SequenceLength = 30,
    Updates = updates,
    LearningRate = LearningRateSchedule.Constant(4e-3),
    GradientClip = 1
};

TanhNetwork small = new(observed: 3, latent: 3, hidden: 10, seed: 2);
TimeSeries[] windows = [data.Slice(0, 31), data.Slice(500, 31), data.Slice(900, 31)];
GradientCheck check = Gradient.Check(parameters =>
{
    small.Parameters.Set(parameters);
    return Training.LossAndGradient(small, windows, options);
}, small.Parameters.Values);
Console.WriteLine($"gradient against central differences: relative error {check.RelativeError:0e0}");

// Half of the training, the other half after it has been through files, and all of it at once.
TanhNetwork network = new(observed: 3, latent: 3, hidden: 40, seed: 1);
TrainingResult half = Training.Fit(network, data, options with { Updates = updates / 2 });
ModelFile.Save(modelPath, network);
Checkpoint.Save(statePath, half.State);
RecurrentModel resumed = ModelFile.Load<RecurrentModel>(modelPath);
TrainingResult result = Training.Fit(resumed, [data], options, Checkpoint.Load(statePath));
TanhNetwork whole = new(observed: 3, latent: 3, hidden: 40, seed: 1);
Training.Fit(whole, data, options);
Directory.Delete(folder, recursive: true);

Console.WriteLine($"loss {half.Losses[0].Loss:F4} to {result.Losses[^1].Loss:F4} in {updates} updates");
Console.WriteLine(
    $"a {resumed.Kind} of {resumed.Description}, resumed from its files: "
    + $"{(resumed.Parameters.Values.SequenceEqual(whole.Parameters.Values) ? "the same bits" : "other bits")} as without the interruption");
Console.WriteLine($"largest Lyapunov exponent {Lyapunov.Maximum(resumed, steps: 20_000) / 0.02:F2} (Lorenz: 0.91)");

/// <summary>z' = a z + W1 tanh(W2 z + h2) + h1.</summary>
internal sealed class TanhNetwork : TapeRecurrentModel
{
    public static readonly RecurrentKind Cell = new("tanh-rnn", AddTensors, sizes => new TanhNetwork(sizes))
    {
        Sizes = ["observed", "latent", "hidden"]
    };

    public TanhNetwork(int observed, int latent, int hidden, ulong seed)
        : this(new Dictionary<string, int> { ["observed"] = observed, ["latent"] = latent, ["hidden"] = hidden })
        => Draw(seed);

    private TanhNetwork(IReadOnlyDictionary<string, int> sizes)
        : base(Cell, sizes)
    {
    }

    protected override Variable<T> Step<T>(TapeParameters<T> parameters, Variable<T> z)
        => (z * parameters["a"]) + z.Affine(parameters["W2"], parameters["h2"]).Tanh().Affine(parameters["W1"], parameters["h1"]);

    protected override void Initialize(ulong seed)
    {
        Random random = new((int)seed);
        foreach ((string tensor, double bound) in new[]
        {
            ("W1", 1 / Math.Sqrt(Sizes["hidden"])),
            ("W2", 1 / Math.Sqrt(Latent)),
            ("h2", 1 / Math.Sqrt(Latent))
        })
            Parameters.Set(
                tensor, [.. Enumerable.Range(0, Parameters[tensor].Length).Select(_ => bound * ((2 * random.NextDouble()) - 1))]);
        Parameters.Set("a", [.. Enumerable.Repeat(0.8, Latent)]);
    }

    private static void AddTensors(ParameterLayout layout, IReadOnlyDictionary<string, int> sizes)
    {
        layout.Vector("a", sizes["latent"], restingValue: 1);
        layout.Matrix("W1", sizes["latent"], sizes["hidden"]);
        layout.Matrix("W2", sizes["hidden"], sizes["latent"]);
        layout.Vector("h1", sizes["latent"]);
        layout.Vector("h2", sizes["hidden"]);
    }
}
