#!/usr/bin/env dotnet
#:property AssemblyName=custom-kind
#:project ../src/Attractor.Runs

// A kind of model of one's own, with settings, run folders, orbits, scores and reports like the library's: the affine map x' = A x + c,
// fitted by ridge regression. In a class library that the environment variable ATTRACTOR_PACKAGES names, as a public class, the command
// finds it too: attractor train linear data.npy --ridge 0.01 -o RUN.
// usage: dotnet run examples/custom_kind.cs

using System.Text.Json.Nodes;
using Attractor;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Runs;
using Attractor.Storage;
using Attractor.Systems;

ModelKinds.Register(new LinearKind());

// A linear model of a chaotic system: its orbit comes to rest, and the scores say so.
string folder = Directory.CreateTempSubdirectory("attractor-").FullName, train = Path.Combine(folder, "train.npy"),
    test = Path.Combine(folder, "test.npy"), path = Path.Combine(folder, "RUN");
TimeSeries orbit = Lorenz63.Default.Simulate(steps: 20_000, dt: 0.01).Standardize();
SeriesFile.Write(train, orbit.Slice(0, 10_000));
SeriesFile.Write(test, orbit.Slice(10_000, 10_000));

using (Run run = Run.Start(path, "linear", train, new LinearSettings { Ridge = 0.01 }))
    Console.WriteLine(run.Train().Text);
Run opened = Run.Open(path);
Console.WriteLine(opened.Evaluate(test).Text);
Console.WriteLine(opened.Generate(Path.Combine(folder, "orbit.npy"), new OrbitOptions { Steps = 1000 }).Text);
Directory.Delete(folder, recursive: true);

public sealed record LinearSettings : ModelSettings
{
    [Setting("lambda, on the sum of the squared errors", Above = 0, IsScale = true, IsSearched = true)]
    public double Ridge { get; init; } = 1e-6;

    [Setting("the seed: nothing is drawn", Least = 0)]
    public override long Seed { get; init; }
}

public sealed class LinearKind : ModelKind
{
    static LinearKind() => ModelFile.Register(LinearModel.Format);

    public override string Name => LinearModel.Format.Kind;

    public override string Description => "The affine map of one row to the next.";

    public override SettingsForm Settings { get; } = SettingsForm.Of<LinearSettings>();

    public override IReadOnlyList<Capability> Capabilities => GenerativeCapabilities.All;

    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => SeriesData.Read(settings.Data, dt: 1);

    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
        => new LinearTraining((LinearSettings)settings, ((SeriesData)data).Trials);

    public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings)
        => GenerativeCapabilities.Uses(run, settings);
}

internal sealed class LinearTraining(LinearSettings settings, IReadOnlyList<TimeSeries> trials) : ModelTraining
{
    private readonly LinearModel _model = new(trials[0].Dimension);
    private double _error = double.NaN;

    public override ModelSettings Settings => settings;

    public override ILearntModel Model => _model;

    public override int Observed => _model.Observed;

    // It takes an instant: a run that was interrupted begins again.
    public override void Resume(RunFolder folder)
    {
    }

    public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        using RidgeStatistics statistics = new(Observed, Observed, intercept: true);
        foreach (TimeSeries trial in trials)
            for (int t = 1; t < trial.Length; t++)
                statistics.Add(trial.Row(t - 1), trial.Row(t));
        RidgeFit fit = RidgeRegression.Solve(statistics, settings.Ridge);
        fit.Weights.CopyTo(_model.A, 0);
        fit.Constants.CopyTo(_model.C, 0);
        _error = fit.SquaredError / statistics.Samples;
        folder.Finish(_model);
        return TrainingEnding.Completed;
    }

    public override JsonObject Describe(string run) => new() { ["run"] = run, ["squared_error"] = _error };

    public override FormattableString Sentence(string run) => $"{run}: squared error {_error:G3} a step";
}

/// <summary>x' = A x + c.</summary>
internal sealed class LinearModel(int observed) : IGenerativeModel
{
    public static readonly ModelFormat Format = ModelFormat.Of<LinearModel>(
        "linear",
        model => new(
            [new("A", [model.Observed, model.Observed], model.A), new("c", [model.Observed], model.C)],
            new Dictionary<string, string> { ["observed"] = $"{model.Observed}" }),
        reader =>
        {
            int observed = reader.Whole("observed", 1, 10_000);
            double[] a = reader.Values("A", observed, observed), c = reader.Values("c", observed);
            LinearModel model = new(observed);
            a.CopyTo(model.A, 0);
            c.CopyTo(model.C, 0);
            return model;
        });

    public string Kind => Format.Kind;

    public double[] A { get; } = new double[observed * observed];

    public double[] C { get; } = new double[observed];

    public int Observed => observed;

    public int Dimension => observed;

    public int ParameterCount => A.Length + C.Length;

    public string Description => $"{observed} variables";

    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

    public void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        double[] x = state.ToArray();
        for (int i = 0; i < observed; i++)
        {
            next[i] = C[i];
            for (int j = 0; j < observed; j++)
                next[i] += A[(i * observed) + j] * x[j];
        }
    }

    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => A.CopyTo(jacobian);

    public TimeSeries Generate(TimeSeries from, int steps, int start = 0, int? warmUp = null)
        => FreeRun.AfterWarmUp(this, from, steps, start, warmUp);
}
