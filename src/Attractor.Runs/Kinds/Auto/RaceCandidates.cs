using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>
/// Who races on given data: piecewise-linear networks of several sizes and strengths of forcing, and two kinds of reservoirs.
/// </summary>
internal static class RaceCandidates
{
    private const int Hidden = 100, Many = 20;

    private const double MostForcing = 0.9;

    // Lower than from random parameters: what is fitted already is not to be thrown about.
    private const double LearningRate = 3e-3;

    /// <summary>Proposals for a series of so many variables and rows.</summary>
    /// <param name="settings">Of the race: data, seed, time step.</param>
    /// <param name="observed">N.</param>
    /// <param name="forcing">alpha, as the data ask for it.</param>
    /// <param name="rows">Rows of the longest stretch without gaps.</param>
    /// <param name="gaps">Whether values are missing.</param>
    public static IReadOnlyList<RaceCandidate> For(AutoSettings settings, int observed, double forcing, int rows, bool gaps)
    {
        int sequence = Math.Clamp(rows / 5, 10, new TrainingOptions().SequenceLength);
        int more = Math.Max(Many, 2 * observed);
        List<RaceCandidate> candidates = [];
        // Large noise wants little forcing, fast expansion much; what one row does not tell takes units beyond the observed ones.
        foreach ((int latent, double alpha) in ((int, double)[])
            [(observed, forcing), (observed, Strong(forcing)), (more, Weak(forcing)), (more, forcing), (more, Strong(forcing))])
        {
            candidates.Add(Network("shplrnn", latent, alpha));
        }
        candidates.Add(Network("clipped-shplrnn", observed, forcing));
        candidates.Add(Network("clipped-shplrnn", more, forcing));
        candidates.Add(Autoregression([2], 2));
        if (observed <= 5)
            candidates.Add(Autoregression([2, 3], 2));
        // Small leaks remember slow variables, small inputs are nearly linear.
        foreach ((int units, double leak, double scale) in ((int, double, double)[])
            [(300, 0.6, 0.3), (300, 0.3, 1), (300, 0.1, 1), (600, 1, 0.3), (600, 0.3, 0.3), (600, 0.1, 0.3)])
        {
            candidates.Add(Reservoir(units, leak, scale));
        }
        // Where the variables are all of the state, a map of the last row alone has no memory to go astray in.
        candidates.Add(Features(300));
        // A fit in one go bridges no gaps and takes no inputs.
        bool all = !gaps && settings.Inputs is null;
        return [.. candidates.Where(c => all || c.Learns).Select(c => c with { Settings = OfRace((SeriesSettings)c.Settings) })];

        static double Weak(double alpha) => Math.Round(alpha / 2, 3);

        static double Strong(double alpha) => Math.Round(Math.Min(3 * alpha, MostForcing), 3);

        RaceCandidate Network(string model, int latent, double alpha) => new(
            FormattableString.Invariant($"{model}-{latent}x{Hidden}-alpha{alpha}"),
            new RecurrentSettings
            {
                Model = model,
                Latent = latent,
                Hidden = Hidden,
                Start = StartingParameters.Data,
                LearningRate = LearningRate,
                Alpha = alpha,
                Sequence = sequence,
                Missing = gaps ? MissingValues.Skip : MissingValues.Reject,
                CheckpointEvery = 0,
            });

        RaceCandidate Reservoir(int units, double leak, double scale) => new(
            FormattableString.Invariant($"esn-{units}-leak{leak}-input{scale}"),
            new ReservoirSettings
            {
                Model = EchoStateNetwork.KindName,
                Units = units,
                Leak = leak,
                SpectralRadius = leak < 0.5 ? 0.9 : 0.75,
                InputScale = scale,
                Select = RidgeRule.Gcv,
                Readout = ReadoutStates.Squares,
                Smooth = SmoothingRule.Auto,
                ReadoutInput = true,
                Intercept = ReadoutIntercept.Free,
            });

        RaceCandidate Features(int units) => new(
            FormattableString.Invariant($"features-{units}"),
            new ReservoirSettings
            {
                Model = EchoStateNetwork.KindName,
                Units = units,
                Leak = 1,
                SpectralRadius = 0,
                InputScale = 1,
                BiasScale = 1,
                Select = RidgeRule.Gcv,
                Smooth = SmoothingRule.Auto,
                ReadoutInput = true,
                Intercept = ReadoutIntercept.Free,
            });

        RaceCandidate Autoregression(int[] orders, int delays) => new(
            FormattableString.Invariant($"ngrc-{delays}-order{orders[^1]}"),
            new VectorAutoregressionSettings
            {
                Model = NonlinearVectorAutoregression.KindName,
                Smooth = SmoothingRule.Auto,
                Delays = delays,
                Orders = orders,
                Select = RidgeRule.Gcv,
            });

        ModelSettings OfRace(SeriesSettings own)
        {
            SeriesSettings taken = own with
            {
                Data = settings.Data,
                Seed = settings.Seed,
                Columns = settings.Columns,
                Time = settings.Time,
                Trial = settings.Trial,
                Array = settings.Array,
            };
            if (taken is RecurrentSettings network)
                taken = network with { Inputs = settings.Inputs };
            return settings.Dt is { } dt ? taken.WithTimeStep(dt) : taken;
        }
    }
}
