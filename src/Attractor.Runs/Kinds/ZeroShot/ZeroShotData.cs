using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>The recordings that a zero-shot model learns from.</summary>
/// <param name="Systems">Of which systems.</param>
/// <param name="Recordings">Those of one system after those of the other.</param>
internal sealed record ZeroShotData(ZeroShotSystems Systems, IReadOnlyList<TimeSeries> Recordings) : TrainingData
{
    private const ulong MostTries = 9, FartherSeeds = 1_000_003;

    protected override bool AddTo(ValueHash hash)
    {
        foreach (TimeSeries recording in Recordings)
            hash.Add(recording);
        return true;
    }

    /// <summary>Simulates what the settings ask for, on all processors.</summary>
    public static ZeroShotData Read(ZeroShotSettings settings, CancellationToken cancellationToken)
    {
        ZeroShotSystems systems = ZeroShotSystems.Of(settings.Systems, settings.HoldOut, settings.Observed);
        settings.RequireSizes(systems.Training.Count);
        TimeSeries[] recordings = new TimeSeries[systems.Training.Count * settings.Recordings];
        Parallel.For(
            0,
            recordings.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            r => recordings[r] = Simulate(
                systems.Training[r / settings.Recordings],
                settings.Rows,
                null,
                (ulong)((settings.Seed * settings.Recordings) + (r % settings.Recordings))));
        return new(systems, recordings);
    }

    /// <summary>A recording of a system from an initial condition that the seed chooses; from another where that one leads away.</summary>
    /// <exception cref="ArithmeticException">All that were tried lead away.</exception>
    public static TimeSeries Simulate(SystemDefinition system, int rows, double? dt, ulong seed)
    {
        for (ulong tried = 0; ; tried++)
            try
            {
                TimeSeries recording = system.Simulate(rows, dt, seed: seed + (tried * FartherSeeds));
                return recording.FindNonFinite() is null ? recording : throw new ArithmeticException("it leaves the finite numbers");
            }
            catch (ArithmeticException) when (tried < MostTries)
            {
                // The next initial condition.
            }
            catch (ArithmeticException e)
            {
                throw new ArithmeticException($"{system.Name} cannot be simulated from {MostTries + 1} initial conditions: {e.Message}", e);
            }
    }
}
