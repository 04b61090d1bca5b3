using System.Diagnostics.CodeAnalysis;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>All experiments, in the order in which they are listed.</summary>
internal static class AllExperiments
{
    public static IReadOnlyList<Experiment> List { get; } =
    [
        Of<ReservoirExperimentSettings>(
            "reservoir",
            "an echo state network on Lorenz-63: loss, trajectory, and how few units still do",
            (s, session, token) => new ReservoirExperiment(s, session).Run(token),
            s => s with { Units = 100, Rows = 4000, Training = 2000, Washout = 200, Networks = 2 },
            (s, folder) => s with { Data = Existing(folder, "lorenz63") }),
        Of<ReparameterisationSettings>(
            "reparameterisation",
            "gradients through sampling: direct and reparameterised samples, and the variance of every estimator",
            (s, session, token) => new ReparameterisationExperiment(s, session).Run(token),
            s => s with { Estimates = 4000 }),
        Of<LaplaceSettings>(
            "laplace",
            "Laplace's method: N! with the maximum found, and the evidence of a logistic regression against quadrature",
            (s, session, token) => new LaplaceExperiment(s, session).Run(token),
            s => s with { Draws = 5000, Repeats = [1, 2, 4] }),
        Of<DeepAutoencoderSettings>(
            "vae-784-400-400-200",
            "a variational autoencoder of rounded digits: the document's fifteen losses beside ours, bounds on log p(x)",
            (s, session, token) => AutoencoderExperiment.Deep(s, session).Run(token),
            s => s with { Epochs = 1, BoundImages = 50, Draws = [1, 20] },
            (s, folder) => s with { Data = Existing(folder, "mnist") }),
        Of<ShallowAutoencoderSettings>(
            "vae-784-256-50",
            "a variational autoencoder of grey digits: 100 epochs, 8 x 8 samples, and what std = exp(logvar) reports",
            (s, session, token) => AutoencoderExperiment.Shallow(s, session).Run(token),
            s => s with { Epochs = 1, BoundImages = 50, Draws = [1, 20] },
            (s, folder) => s with { Data = Existing(folder, "mnist") }),
        Of<SequentialExperimentSettings>(
            "sequential-vae",
            "latent variables in time: the document's independent ones and a learnt transition on noisy Lorenz-63, chorales "
            + "where they are at hand",
            (s, session, token) => new SequentialExperiment(s, session).Run(token),
            s => s with { Epochs = 2, Rows = 4000, MusicEpochs = s.MusicFile is null ? null : 2 },
            (s, folder) => s with { Data = Existing(folder, "lorenz63"), Music = Existing(folder, "jsb/chorales.json") }),
        Of<EarthquakeSettings>(
            "earthquakes",
            "where earthquakes come from and how strong they are: a conjugate mixture on simulated data, truth beside fit, "
            + "and on a real catalogue where one is named",
            (s, session, token) => new EarthquakeExperiment(s, session).Run(token),
            s => s with { Rows = 400, Components = [4, 5, 6], CatalogueComponents = [5, 10], Restarts = 2 },
            (s, folder) => s with { Data = Existing(folder, "earthquakes/fiji.csv") }),
        Of<TeacherForcingSettings>(
            "teacher-forcing",
            "sparse teacher forcing of a shallow PLRNN: tau = 16, and D_stsp over tau",
            (s, session, token) => new TeacherForcingExperiment(s, session).Run(token),
            s => s with { Updates = 40, Rows = 8000, Intervals = [4, 16], Seeds = [1] },
            (s, folder) => s with { Data = Existing(folder, "lorenz63"), DelayData = Existing(folder, "lorenz63_delay") }),
        Of<LinearNetworkSettings>(
            "linear-rnn",
            "backpropagation through time laid open: a linear network of two weights, its loss surface, the gradients of its states, Rprop",
            (s, session, token) => new LinearNetworkExperiment(s, session).Run(token),
            s => s with { Updates = 100 }),
        Of<LyapunovExperimentSettings>(
            "lyapunov",
            "the largest exponent of trained networks: the naive product leaves the range of numbers, the stable estimate does not",
            (s, session, token) => new LyapunovExperiment(s, session).Run(token),
            s => s with { Updates = 40, Rows = 4000, Seeds = [1, 2], Steps = 20_000, Products = 20_000 },
            (s, folder) => s with { Data = Existing(folder, "lorenz63") }),
        Of<SingleVariableSettings>(
            "single-variable",
            "Lorenz-63 from x alone: two lobes and the exponent of the seed chosen on training data",
            (s, session, token) => new SingleVariableExperiment(s, session).Run(token),
            s => s with { Updates = 40, Rows = 4000, Seeds = [1, 2], Generated = 4000, Steps = 20_000 },
            (s, folder) => s with { Data = Existing(folder, "lorenz63") }),
        new LyapunovTable(),
    ];

    /// <summary>The experiment of a name; null if there is none.</summary>
    public static Experiment? Find(string name) => List.FirstOrDefault(e => e.Name == name);

    private static Experiment Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string name,
        string description,
        Func<T, ExperimentSession, CancellationToken, ExperimentResult> run,
        Func<T, T> quick,
        Func<T, string, T>? onData = null)
        where T : ExperimentSettings, new()
        => new(name, description, SettingsForm.Of<T>(), (settings, session, token) => run((T)settings, session, token))
        {
            Quick = settings => quick((T)settings),
            OnData = onData is null ? (settings, _) => settings : (settings, folder) => onData((T)settings, folder),
        };

    // What a folder lacks the experiment makes itself.
    private static string? Existing(string folder, string name)
        => Path.Combine(folder, name) is var path && (File.Exists(path) || Directory.Exists(path)) ? path : null;
}
