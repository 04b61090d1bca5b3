using System.Text.Json.Nodes;

namespace Attractor.Experiments;

/// <summary>An experiment behind the project.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Description">What it shows, in a line.</param>
/// <param name="Run">Does it, prints for a person, and returns the result for a program.</param>
internal sealed record Experiment(string Name, string Description, Func<ExperimentSettings, CancellationToken, JsonObject> Run)
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new(
            "reservoir",
            "an echo state network on Lorenz-63: loss, trajectory, and how few units still do",
            (s, t) => new ReservoirExperiment(s).Run(t)),
        new(
            "reparameterisation",
            "gradients through sampling: direct and reparameterised samples, and the variance of every estimator",
            (s, t) => new ReparameterisationExperiment(s).Run(t)),
        new(
            "laplace",
            "Laplace's method: N! with the maximum found, and the evidence of a logistic regression against quadrature",
            (s, t) => new LaplaceExperiment(s).Run(t)),
        new(
            "vae-784-400-400-200",
            "a variational autoencoder of rounded digits: the document's fifteen losses beside ours, bounds on log p(x)",
            (s, t) => AutoencoderExperiment.Deep(s).Run(t)),
        new(
            "vae-784-256-50",
            "a variational autoencoder of grey digits: 100 epochs, 8 x 8 samples",
            (s, t) => AutoencoderExperiment.Shallow(s).Run(t)),
        new(
            "sequential-vae",
            "latent variables in time: the document's independent ones and a learnt transition on noisy Lorenz-63, chorales "
            + "where they are at hand",
            (s, t) => new SequentialExperiment(s).Run(t)),
        new(
            "earthquakes",
            "where earthquakes come from and how strong they are: a conjugate mixture on simulated data, truth beside fit, "
            + "and on a real catalogue where one is named",
            (s, t) => new EarthquakeExperiment(s).Run(t)),
        new(
            "teacher-forcing",
            "sparse teacher forcing of a shallow PLRNN: tau = 16, and D_stsp over tau",
            (s, t) => new TeacherForcingExperiment(s).Run(t)),
        new(
            "linear-rnn",
            "backpropagation through time laid open: a linear network of two weights, its loss surface, the gradients of its states, Rprop",
            (s, t) => new LinearNetworkExperiment(s).Run(t)),
        new(
            "lyapunov",
            "the largest exponent of trained networks: the naive product overflows, the stable estimate does not",
            (s, t) => new LyapunovExperiment(s).Run(t)),
        new(
            "single-variable",
            "Lorenz-63 from x alone: two lobes and the exponent of the seed chosen on training data",
            (s, t) => new SingleVariableExperiment(s).Run(t)),
        new(
            "lyapunov-table",
            "Lyapunov spectra of the whole catalogue with the identities that certify them",
            (s, t) => new LyapunovTableExperiment(s).Run(t)),
    ];
}
