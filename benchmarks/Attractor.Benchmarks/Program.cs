using Attractor.Benchmarks;
using BenchmarkDotNet.Running;

// "training-update [kind]" prints JSON lines for a comparison side by side; anything else goes to BenchmarkDotNet.
if (args is ["training-update", ..])
    TrainingUpdate.Run(args is [_, var kind, ..] ? kind : "shplrnn");
else
    BenchmarkSwitcher.FromAssembly(typeof(TrainingUpdate).Assembly).Run(args);
