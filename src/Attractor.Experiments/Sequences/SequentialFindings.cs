using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document says of latent variables in time, beside what is found.</summary>
internal static class SequentialFindings
{
    // Of the variance of a variable: what is missed above it is not reconstructed.
    private const double Lost = 0.5;

    /// <param name="independent">The document's model.</param>
    /// <param name="affine">The same with an affine decoder.</param>
    /// <param name="dynamic">With a learnt transition.</param>
    /// <param name="gaussian">Mean log density of a row under the best Gaussian; NaN where there is none.</param>
    public static ExperimentFindings Of(
        SequentialOutcome independent, SequentialOutcome affine, SequentialOutcome dynamic, double gaussian)
    {
        bool reconstructs = independent.WorstShare < Lost;
        string beside = ReferenceEquals(independent, affine)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", with an affine decoder {affine.WorstShare:P1}");
        return new()
        {
            Verdict = string.Create(
                CultureInfo.InvariantCulture,
                $"The document's factorisation and its z_t = mu_t + sigma_t eps_t train. Its latents "
                + $"{(reconstructs ? "keep every variable" : "do not keep every variable")}: of the worst one {independent.WorstShare:P1} "
                + $"of the variance is missed{beside}. A "
                + $"sample of it is no orbit, as nothing ties z_t to z_t-1 but the data; a learnt transition "
                + $"{(dynamic.Exponent > 0.1 ? "makes one" : "makes one too, but after so few epochs not a chaotic one")}."),
            Comparisons =
            [
                new(
                    "reconstruction, mean squared error of each variable",
                    ComparedValue.None,
                    ComparedValue.List(independent.Errors, "F4"),
                    "The document leaves the decoder open; here it has a hidden layer, as p(x | z) with it can turn a code into x3."),
                new(
                    "the same with an affine decoder",
                    ComparedValue.None,
                    ComparedValue.List(affine.Errors, "F4"),
                    "Where the posterior of a latent is the prior a variable is lost, its error the whole variance: below it is said why "
                    + "that costs an affine decoder nothing."),
                new(
                    "variance of each variable",
                    ComparedValue.None,
                    ComparedValue.List(independent.Variances, "F3"),
                    "What is missed if a variable is not kept at all."),
                new(
                    "ELBO, nats per time step",
                    ComparedValue.None,
                    ComparedValue.Number(independent.Bound, "F3"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"With an affine decoder {affine.Bound:F3}; with a learnt transition {dynamic.Bound:F3}: a prior that knows the "
                        + $"past has to be told less.")),
                .. double.IsNaN(gaussian) ? (Comparison[])[] : (Comparison[])
                [
                    new(
                        "ELBO with an affine decoder, nats per time step",
                        ComparedValue.None,
                        ComparedValue.Number(affine.Bound, "F3"),
                        $"The most that any affine decoder can reach is {Text(gaussian)}, the mean log density of the rows under one "
                        + "Gaussian for all of them: with such a decoder rows are Gaussian, whatever its latents do."),
                ],
                new(
                    "D_stsp of a sample",
                    ComparedValue.None,
                    ComparedValue.Number(independent.Score.StateSpaceDivergence.Value, "F3"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"With a learnt transition {dynamic.Score.StateSpaceDivergence.Value:F3}; one half of the truth against the other "
                        + $"{dynamic.Score.StateSpaceDivergence.Floor:F3}.")),
                .. dynamic.Exponent is { } exponent ? (Comparison[])
                [
                    new(
                        "largest Lyapunov exponent of the learnt transition",
                        ComparedValue.Number(0.906, "F3"),
                        ComparedValue.Number(exponent, "F3"),
                        "Beside that of Lorenz-63; the document's model has no dynamics to have one."),
                ] : [],
            ],
            Answers =
            [
                ("Can the reparameterisation be used in time?", "Yes, at every step by itself: given x_1:t the latents are independent, so "
                    + "that z_t = mu_t + sigma_t eps_t with a noise of its own for each t, and the gradient goes through the recurrent "
                    + "encoder that makes mu_t and sigma_t."),
                ("Why may an affine decoder lose x3?", "Because it is uncorrelated with x1 and x2: the equations of Lorenz-63 do not "
                    + "change when x1 and x2 change their signs, so that every orbit has a mirror image with the same x3. Gaussian latents "
                    + "and an affine decoder are factor analysis, which sees covariances alone. To say that x3 is spread with variance 1 "
                    + "takes no latent, its own noise says it as well, and a latent that says nothing costs no KL. With a hidden layer the "
                    + "decoder can draw the bent sheet on which x1, x2 and x3 do depend on one another, and then x3 is worth telling."),
                ("Is what it generates like the data?", "Not in time. The prior N(0, I) draws every z_t anew, so that a sample jumps about "
                    + "the attractor. That is no fault of the training but of the prior: with one that says where z_t goes from z_t-1, a "
                    + $"shallow PLRNN learnt along with the rest, D_stsp is {Text(dynamic.Score.StateSpaceDivergence.Value)} in place of "
                    + $"{Text(independent.Score.StateSpaceDivergence.Value)}."),
            ],
        };
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    public static Derivation Derivation { get; } = new(
    [
        ("The document's posterior is a product over time, each factor from a recurrent encoder that has read the past:",
            @"q(z_{1:T} | x_{1:T}) = \prod_{t=1}^{T} N(z_t | \mu_t, \text{diag} \, \sigma_t^2), \quad (\mu_t, \sigma_t) = f_\phi(x_{1:t})"),
        ("so that sampling goes through noise at every step:", @"z_t = \mu_t + \sigma_t \odot \epsilon_t, \quad \epsilon_t \sim N(0, I)"),
        ("The bound on the whole sequence is a sum over time:",
            @"\text{ELBO} = \sum_t E_q [ \log p(x_t | z_t) ] - \sum_t \text{KL}(q(z_t | x_{1:t}) \| p(z_t))"),
        ("With independent latents the second part has a closed form; with a learnt transition the prior is p(z_t | z_t-1), and what is "
            + "told of z_t is what its past did not say:", @"\text{ELBO} = \sum_t E_q \left[ \log p(x_t | z_t) - \text{KL}(q(z_t | "
            + @"z_{t-1}, x) \| p(z_t | z_{t-1})) \right]"),
    ]);
}
