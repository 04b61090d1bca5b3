using Attractor.Benchmarks;
using Attractor.Data;
using BenchmarkDotNet.Running;

// "training-update [kind]", "sequence-gradient [T M L threads]", "shared-steps", "widths", "mixture-parts", "roofline [loop]",
// "cost-growth", "lyapunov-spectrum [M L steps]", "echo-state data M T steps", "matrix-product [f32|f64] [threads] [shapes]",
// "autoencoder MNIST [epochs] [threads]", "mixture FILE [K] [sweeps] [threads]" and "readers FILE.." print JSON lines for a comparison
// side by side; anything else goes to BenchmarkDotNet.
if (args is ["training-update", ..])
    TrainingUpdate.Run(args is [_, var kind, ..] ? kind : "shplrnn");
else if (args is ["sequence-gradient", .. string[] sequence])
    SequenceGradients.Run(sequence);
else if (args is ["roofline", .. string[] loops])
    Roofline.Run(loops);
else if (args is ["cost-growth", .. string[] growth])
    CostGrowth.Run(growth);
else if (args is ["shared-steps"])
    SharedSteps.Run();
else if (args is ["widths"])
    Widths.Run();
else if (args is ["mixture-parts"])
    MixtureParts.Run();
else if (args is ["lyapunov-spectrum", .. string[] sizes])
    LyapunovSpectra.Run(sizes);
else if (args is ["echo-state", .. string[] work])
    EchoStateNetworks.Run(work);
else if (args is ["matrix-product", .. string[] product])
    MatrixProducts.Run(product);
else if (args is ["tape-step", .. string[] networks])
    TapeSteps.Run(networks);
else if (args is ["autoencoder", .. string[] training])
    Autoencoders.Run(training);
else if (args is ["mixture", .. string[] fit])
    Mixtures.Run(fit);
else if (args is ["readers", .. string[] files])
    Readers.Run(files);
else if (args is ["readers-write", var source, var target])
    SeriesFile.Write(target, SeriesFile.Read(source));
else
    BenchmarkSwitcher.FromAssembly(typeof(TrainingUpdate).Assembly).Run(args);
