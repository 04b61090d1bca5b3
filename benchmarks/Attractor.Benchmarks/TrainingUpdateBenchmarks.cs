using Attractor.Learning;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;

namespace Attractor.Benchmarks;

/// <summary>The training update by register width, with its allocations.</summary>
[Config(typeof(Widths))]
[MemoryDiagnoser]
public class TrainingUpdateBenchmarks
{
    private Trainer? _trainer;

    /// <summary>Model, M and L, P, B or nothing.</summary>
    [Params(
        "shplrnn 3 100", "clipped-shplrnn 3 100", "shplrnn 20 50", "shplrnn 50 200", "plrnn 20 0", "plrnn 100 0",
        "alrnn 20 2", "dendplrnn 20 20", "clipped-dendplrnn 20 20", "mcplrnn 20 0", "rnn 30 0", "gru 30 0", "lstm 60 0")]
    public string Network { get; set; } = "";

    /// <summary>Makes the network and its data.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string[] parts = Network.Split(' ');
        _trainer = TrainingUpdate.Create(
            int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture),
            parts[0]);
    }

    /// <summary>Frees its memory.</summary>
    [GlobalCleanup]
    public void Cleanup() => _trainer?.Dispose();

    /// <summary>One update.</summary>
    [Benchmark]
    public double Update() => _trainer!.Step();

    private sealed class Widths : ManualConfig
    {
        public Widths()
        {
            AddJob(Job.ShortRun.WithId("512 bits"));
            AddJob(Job.ShortRun.WithEnvironmentVariable("DOTNET_EnableAVX512", "0").WithId("256 bits"));
            AddJob(Job.ShortRun.WithEnvironmentVariable("DOTNET_EnableAVX2", "0").WithId("128 bits, no FMA"));
        }
    }
}
