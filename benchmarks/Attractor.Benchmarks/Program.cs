using Attractor.Benchmarks;
using BenchmarkDotNet.Running;

// "training-update [kind]" and "lyapunov-spectrum [M L steps]" print JSON lines for a comparison side by side; anything else goes to BenchmarkDotNet.
if (args is ["training-update", ..])
    TrainingUpdate.Run(args is [_, var kind, ..] ? kind : "shplrnn");
else if (args is ["lyapunov-spectrum", .. string[] sizes])
    LyapunovSpectra.Run(sizes);
else
    BenchmarkSwitcher.FromAssembly(typeof(TrainingUpdate).Assembly).Run(args);
