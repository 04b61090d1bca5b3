using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Benchmarks;

/// <summary>The loops in which this library spends its time, with their operations and bytes.</summary>
internal static unsafe class HotLoops
{
    private const int Float = sizeof(float), Double = sizeof(double), Lanes = 16;

    public static IEnumerable<HotLoop> All()
    {
        foreach ((int latent, int hidden) in ((int, int)[])[(3, 50), (3, 100), (20, 50), (20, 256), (50, 200), (100, 512)])
            yield return Update(latent, hidden);
        TimeSeries orbit = Lorenz63.Default.Simulate(steps: 100_001, dt: 0.01).Standardize().WithNoise(0.05, seed: 1);
        ShallowPlrnn net = new(observed: 3, latent: 3, hidden: 100, seed: 1);
        Training.Fit(net, orbit, new() { Updates = 2000, Seed = 1 });
        yield return Sequence(net, orbit);
        yield return Drive(orbit);
        yield return ClosedLoop(orbit);
        yield return Ridge();
        yield return MixtureSweep();
        yield return Spectrum(50);
        yield return Spectrum(256);
        yield return Autoencoder();
        yield return new(
            "free run of a shallow PLRNN", "M 3, L 100", "step", 20_000, 20_000 * 4.0 * 300, 0, "L1", true,
            () => net.Generate(orbit, 20_000));
        yield return new(
            "PE(20), a start from every row", "M 3, L 100, 5000 starts", "step", 100_000, 100_000 * 4.0 * 300, 0, "L1", true,
            () => PredictionError.Of(net, orbit.Slice(0, 5020), 20));
        // Three complex transforms of n values, 5 n log2 n operations and some seven passes each, and six spectra of n / 2 that a filter of
        // 161 symmetric weights smooths.
        const int Rows = 100_000;
        TimeSeries even = orbit.Slice(0, Rows);
        yield return new(
            "D_H of 100,000 x 3", "smoothing 20", "call", 1, (3 * 5.0 * Rows * Math.Log2(Rows)) + (6 * 3.0 * 80 * Rows / 2),
            3 * 7 * 2.0 * 2 * Double * Rows, "L3", true, () => HellingerDistance.Between(even, even));
    }

    private static HotLoop Update(int latent, int hidden)
    {
        Trainer trainer = TrainingUpdate.Create(latent, hidden);
        double weights = latent * (double)hidden, steps = TrainingUpdate.Steps;
        // Up to four latent units keep a step in registers: their states are written and read three times. Else both matrices are read
        // forward and back, and r and d written, read by the next product, and read for the weight gradients.
        double bytes = latent <= 4
            ? steps * 4 * latent * Lanes * Float
            : steps * ((4 * weights * Float) + (((6 * hidden) + (8 * latent)) * (double)Lanes * Float));
        return new(
            "update of a shallow PLRNN", $"M {latent}, L {hidden}", "update", 1, 12 * weights * steps * TrainingUpdate.Batch, bytes,
            steps * hidden * Lanes * Float > 1 << 20 && latent > 4 ? "L3" : "L2", false, () => trainer.Step());
    }

    private static HotLoop Sequence(RecurrentModel net, TimeSeries orbit)
    {
        TeacherForcing forcing = TeacherForcing.Generalized(0.1);
        double steps = orbit.Length - 1;
        return new(
            "gradient along one sequence", "M 3, L 100, 100,000 steps", "step", steps, steps * 12 * 300, steps * 3 * 8 * Float, "L3",
            false,
            () => SequenceGradient.Of(net, orbit, forcing));
    }

    private static HotLoop Drive(TimeSeries orbit)
    {
        const int Units = 500, Steps = 200, DriveLanes = 8;
        EchoStateNetwork network = new(3, new() { Units = Units, Connectivity = 1, Seed = 1 });
        TeachingSeries[] series = [TeachingSeries.NextStep(orbit)];
        ReservoirDrive drive = new(network.Reservoir, series, 0, 0);
        Segment[] segments = [.. Enumerable.Range(0, DriveLanes).Select(i => new Segment(0, i * Steps, i * Steps, (i + 1) * Steps))];
        return new(
            "reservoir driven, eight segments as lanes", "M 500, dense", "step", Steps * DriveLanes,
            2.0 * Units * Units * Steps * DriveLanes, (double)Units * Units * Double * Steps, "L3", true,
            () => drive.Run(segments, null, (_, _) => true, CancellationToken.None));
    }

    private static HotLoop ClosedLoop(TimeSeries orbit)
    {
        const int Units = 500, Steps = 300, WarmUp = 100;
        EchoStateNetwork network = new(3, new() { Units = Units, Connectivity = 1, Seed = 1 });
        ReadoutTraining.Fit(network, orbit.Slice(0, 4000), new() { Washout = 500 });
        return new(
            "reservoir in closed loop", "M 500, dense", "step", Steps + WarmUp, 2.0 * Units * Units * (Steps + WarmUp),
            (double)Units * Units * Double * (Steps + WarmUp), "L3", true, () => network.Generate(orbit, Steps, 0, WarmUp));
    }

    private static HotLoop Ridge()
    {
        const int Features = 500, Targets = 3, Samples = 2048;
        RidgeStatistics statistics = new(Features, Targets);
        RandomStream random = new(1, "features");
        for (int step = 0; step < RidgeStatistics.ChunkSteps; step++)
        {
            double* panel = statistics.Step();
            for (int i = 0; i < statistics.Size * RidgeStatistics.Lanes; i++)
                panel[i] = random.NextNormal();
            statistics.EndStep(RidgeStatistics.Lanes, RidgeStatistics.Lanes);
        }
        double size = statistics.Size, chunks = Samples / (double)(RidgeStatistics.Lanes * RidgeStatistics.ChunkSteps);
        return new(
            "ridge statistics R'R, Y'R", "500 features", "sample", Samples, Samples * size * (size + 1),
            chunks * size * size * Double, "L3", true,
            () =>
            {
                for (int i = 0; i < Samples / RidgeStatistics.Lanes; i++)
                {
                    _ = statistics.Step();
                    statistics.EndStep(RidgeStatistics.Lanes, RidgeStatistics.Lanes);
                }
            });
    }

    private static HotLoop MixtureSweep()
    {
        const int Rows = 100_000, Components = 10, Sweeps = 6;
        RandomStream random = new(1, "rows");
        double[] values = new double[3 * Rows];
        for (int n = 0; n < Rows; n++)
        {
            int component = n % Components;
            values[3 * n] = (3 * component) + random.NextNormal();
            values[(3 * n) + 1] = (component % 3) + random.NextNormal();
            values[(3 * n) + 2] = 5 + (component % 4);
        }
        TimeSeries rows = new(values, 3, names: ["x", "y", "count"]);
        double best = 0;
        // Of a row and component: 12 for two Gaussian variables and a Poisson one, 16 for an exponential, 6 for normalising, 8 for sums.
        return new(
            "mixture sweep, two Gaussian columns and a Poisson one", "1e5 rows, K 10", "sweep", 1, 42.0 * Rows * Components,
            3.0 * Double * Rows, "L3", true, Sweep, () => best);

        void Sweep()
        {
            double last = 0;
            best = double.PositiveInfinity;
            Mixture mixture = new(Components, [new GaussianMeanBlock(["x", "y"], 1, null, 0.01), new PoissonBlock("count", 1, 0.1)]);
            CoordinateAscent.Fit(
                mixture,
                rows,
                new() { Restarts = 1, MaxSweeps = Sweeps, Tolerance = 1e-300, Threads = 1, Start = MixtureStart.Random },
                null,
                new()
                {
                    Sweep = point =>
                    {
                        if (last > 0)
                            best = Math.Min(best, point.Seconds - last);
                        last = point.Seconds;
                    },
                });
        }
    }

    private static HotLoop Spectrum(int hidden)
    {
        const int Latent = 20, Steps = 1000;
        ShallowPlrnn net = new(3, Latent, hidden, seed: 1);
        // Thresholds of both signs: about half of the units are active.
        net.Parameters.Set([.. net.Parameters.Values.ToArray().Select((v, i) => i < Latent ? v : (0.8 * v) + (0.02 * Math.Sin(i)))]);
        double[] start = [.. Enumerable.Range(0, Latent).Select(i => 0.1 * Math.Cos(i))];
        // A step, two products with the tangent vectors over the active half of the units, and an orthonormalisation.
        double operations = (4.0 * Latent * hidden) + (4.0 * Latent * Latent * hidden / 2) + (2.0 * Latent * Latent * Latent);
        return new(
            "Lyapunov spectrum", $"M 20, L {hidden}", "step", Steps * 1.1, Steps * 1.1 * operations,
            Steps * 1.1 * 2 * Latent * hidden * Double, "L2", true, () => Lyapunov.Spectrum(net, start, Steps, transient: Steps / 10));
    }

    private static HotLoop Autoencoder()
    {
        const int Pixels = 784, Samples = 1000, Batch = 100;
        RandomStream random = new(1, "images");
        SampleSet images = SampleSet.Of(
            new TimeSeries([.. Enumerable.Range(0, Pixels * Samples).Select(_ => random.NextDouble() < 0.2 ? 1.0 : 0.0)], Pixels));
        double best = 0;
        VariationalAutoencoder model = new(new() { Observed = Pixels, Seed = 1 });
        // Forward once and back twice through every weight.
        double weights = model.ParameterCount;
        return new(
            "step of a variational autoencoder", "784-400-400-200, batch 100", "step", 1, 6 * weights * Batch, 12 * weights * Float, "L3",
            false,
            Epoch, () => best);

        void Epoch()
        {
            best = double.PositiveInfinity;
            AutoencoderTraining.Fit(
                model,
                images,
                null,
                new() { Epochs = 2, Threads = 1, Seed = 1, BatchSize = Batch },
                callbacks: new() { Epoch = point => best = Math.Min(best, point.EpochSeconds * Batch / Samples) });
        }
    }
}
