using Attractor.Benchmarks;
using BenchmarkDotNet.Running;

// "training-update [kind]", "lyapunov-spectrum [M L steps]" "echo-state data M T steps" and "matrix-product [f32|f64] [threads] [shapes]" print JSON lines for a comparison side by side; anything else goes to BenchmarkDotNet.
if (args is ["training-update", ..])
    TrainingUpdate.Run(args is [_, var kind, ..] ? kind : "shplrnn");
else if (args is ["lyapunov-spectrum", .. string[] sizes])
    LyapunovSpectra.Run(sizes);
else if (args is ["echo-state", .. string[] work])
    EchoStateNetworks.Run(work);
else if (args is ["matrix-product", .. string[] product])
    MatrixProducts.Run(product);
else if (args is ["tape-step", .. string[] networks])
    TapeSteps.Run(networks);
else
    BenchmarkSwitcher.FromAssembly(typeof(TrainingUpdate).Assembly).Run(args);
