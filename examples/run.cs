#!/usr/bin/env dotnet
#:project ../src/Attractor.Runs

// What the command does, in a program: a run from data to report in one folder, settings as a record, resumed after an interruption.
// usage: dotnet run examples/run.cs [folder]

using Attractor;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Runs;
using Attractor.Systems;

string folder = args.Length > 0 ? args[0] : Directory.CreateTempSubdirectory("attractor-").FullName;
TimeSeries orbit = Lorenz63.Default.Simulate(steps: 40_000, dt: 0.01).Standardize();
SeriesFile.Write(Path.Combine(folder, "train.npy"), orbit.Slice(0, 20_000).WithNoise(0.05, seed: 1));
SeriesFile.Write(Path.Combine(folder, "test.npy"), orbit.Slice(20_000, 20_000));

string path = Path.Combine(folder, "RUN");
using CancellationTokenSource enough = new();
using (Run run = Run.Start(
    path, "clipped-shplrnn", Path.Combine(folder, "train.npy"), new RecurrentSettings { Hidden = 50, Updates = 10_000, Dt = 0.01 }))
{
    // Somebody loses patience; the folder keeps what there is.
    Outcome outcome = run.Train(new StopsHalfway(enough), enough.Token);
    Console.WriteLine(outcome.Text);
}

Console.WriteLine(Run.Open(path).Resume().Text);
Scores scores = Run.Open(path).Evaluate(Path.Combine(folder, "test.npy"));
Console.WriteLine($"D_stsp {scores["d_stsp"]:F3}, a perfect model {scores["d_stsp_floor"]:F3}");
Run.Open(path).Report();
Console.WriteLine(Path.Combine(path, "report.html"));

if (args.Length == 0)
    Directory.Delete(folder, recursive: true);

internal sealed class StopsHalfway(CancellationTokenSource enough) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Update >= value.Updates / 2)
            enough.Cancel();
    }
}
