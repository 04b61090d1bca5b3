using Attractor.Benchmarks;
using BenchmarkDotNet.Running;

// These two print JSON lines for a comparison side by side; anything else goes to BenchmarkDotNet.
if (args is ["training-update", ..])
    TrainingUpdate.Run();
else if (args is ["lyapunov-spectrum", .. string[] sizes])
    LyapunovSpectra.Run(sizes);
else
    BenchmarkSwitcher.FromAssembly(typeof(TrainingUpdate).Assembly).Run(args);
