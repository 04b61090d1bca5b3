#!/usr/bin/env dotnet
#:project ../src/Attractor.Runs

// Many runs as one study: settings of a reservoir by a Parzen estimator, then the best beside its floor.
// usage: dotnet run examples/study.cs [folder]

using Attractor;
using Attractor.Data;
using Attractor.Runs;
using Attractor.Systems;

string folder = args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("attractor-").FullName;
TimeSeries orbit = Lorenz63.Default.Simulate(steps: 6_000, dt: 0.02).Standardize();
SeriesFile.Write(Path.Combine(folder, "train.npy"), orbit.Slice(0, 3_000));
SeriesFile.Write(Path.Combine(folder, "validation.npy"), orbit.Slice(3_000, 3_000));

StudyPlan plan = new()
{
    Model = "esn",
    Data = Path.Combine(folder, "train.npy"),
    Validation = Path.Combine(folder, "validation.npy"),
    Settings = new ReservoirSettings { Units = 100, Washout = 200, Dt = 0.02 },
    Space = StudySpace.Parse("esn", ["leak=0.2..1", "spectral_radius=0.1..1.3", "ridge=1e-8..1e-1:log"]),
    Objectives = [new("valid_prediction_steps", Maximize: true)],
    Trials = 24,
};
using Study study = Study.Create(Path.Combine(folder, "STUDY"), plan);
study.Run();

foreach (StudyTrial trial in study.Ranked().Take(3))
    Console.WriteLine($"trial {trial.Number}: valid for {trial.Values[0]} steps with {trial.Parameters.ToJsonString()}");
Scores scores = Run.Open(study.FolderOf(study.Ranked()[0].Number)).Evaluate(Path.Combine(folder, "validation.npy"));
Console.WriteLine($"D_stsp of the best {scores["d_stsp"]:F2}, a perfect model {scores["d_stsp_floor"]:F2}");

if (args.Length == 0)
{
    study.Dispose();
    Directory.Delete(folder, recursive: true);
}
