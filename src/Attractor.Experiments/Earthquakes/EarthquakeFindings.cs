using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document says of its mixture of earthquakes, beside what is found.</summary>
internal static class EarthquakeFindings
{
    public static ExperimentFindings Of(Recovery recovery, ComponentSearch search, RealCatalogue? real)
    {
        EarthquakeSettings settings = recovery.Truth.Settings;
        return new()
        {
            Verdict = string.Create(
                CultureInfo.InvariantCulture,
                $"The document's updates are right and find the truth on data drawn from its model: {recovery.Accuracy:P2} of the rows, "
                + $"every centre and strength within {recovery.LargestScore:F1} standard deviations, and the bound chooses K = "
                + $"{search.Components}. "
                + $"Its bound is not: E[mu'mu] has D / rho*, not 1 / rho*. And mean field is an approximation, not an equality."),
            Comparisons =
            [
                new(
                    "E[mu'mu] - m'm of a component, times rho*",
                    ComparedValue.Number(1),
                    ComparedValue.Number(SimulatedCatalogue.Position.Count),
                    "A slip of the document: in D = 2 dimensions each coordinate adds 1 / rho*."),
                new(
                    "by how much the reported bound is too high for it, nats",
                    ComparedValue.Words("not noticed"),
                    ComparedValue.Number(recovery.Slip, "G6"),
                    "K (D - 1) / 2, once the updates have converged: the same for every component, so that the assignments are not "
                    + "harmed."),
                new(
                    "factor before log(tau / 2 pi) of a point",
                    ComparedValue.Number(1),
                    ComparedValue.Number(SimulatedCatalogue.Position.Count / 2.0),
                    "D / 2 in general; the document writes 1, which is right for its D = 2 and for no other."),
                new(
                    "q(Z) q(mu) q(lambda) for the posterior",
                    ComparedValue.Words("exact"),
                    ComparedValue.Words("an approximation"),
                    "Z, mu and lambda are independent before the data, not given them: whoever moves a centre moves assignments."),
                new(
                    "least rise of the ELBO in a sweep, nats",
                    ComparedValue.Words("never falls"),
                    ComparedValue.Number(Math.Abs(recovery.LeastRise) < 1e-6 ? 0 : recovery.LeastRise, "G3"),
                    "Each update is the best one given the others; a fall would be a fault of the program. Rounding apart it is 0 at the "
                    + "end."),
                new(
                    "largest distance of a centre or strength from the truth, in standard deviations of its posterior",
                    ComparedValue.None,
                    ComparedValue.Number(recovery.LargestScore, "F2"),
                    "Simulated data, where the truth is known."),
                new(
                    "K with the highest bound",
                    ComparedValue.Number(settings.Truth),
                    ComparedValue.Number(search.Components),
                    $"Beside the number that the data were drawn from. {search.Sentence}"),
                .. real?.Comparisons() ?? [],
            ],
            Answers =
            [
                ("Is mean field exact here?", "No. The document takes the independence of Z, mu and lambda in the prior for one in the "
                    + "posterior. Given X and S they are not independent, and q falls short of log p(X, S) by KL(q || p)."),
                ("Where do they come from and how strong are they?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"On simulated data from the {settings.Truth} centres that they were drawn from, with {recovery.Accuracy:P2} of the "
                    + $"rows assigned rightly. {(real is null ? "A real catalogue can be named." : real.Answer())}")),
                ("How is K chosen?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"By the bound, which has every constant and so stands in for log p(X, S | K): more components fit better, and each of "
                    + $"them pays for its centre and strength by the divergence of their posterior from the prior. {(real is null
                        ? "" : "A bound has many maxima: the best of few starts says little where only one of them reached it.")}").Trim()),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        ("The joint density factors as the graph has it:",
            @"p = \prod_{n} \pi_{z_n} N(x_n | \mu_{z_n}, \tau^{-1} I) \, \text{Poisson}(s_n | \lambda_{z_n}) \prod_k N(\mu_k | \nu, "
            + @"\rho^{-1} I) \, \text{Gamma}(\lambda_k | \alpha, \beta)"),
        ("With q a product, the best factor given the others is the exponential of the expected logarithm. For the assignments:",
            @"\log r_{nk} = \log \pi_k - \frac{\tau}{2} E | x_n - \mu_k |^2 + s_n E[\log \lambda_k] - E[\lambda_k] + \text{const}"),
        ("For the centres, and with what their squares are in D dimensions:",
            @"q(\mu_k) = N \left( \frac{\rho \nu + \tau \sum_n r_{nk} x_n}{\rho_k}, \frac{1}{\rho_k} I \right), \quad \rho_k = \rho + \tau "
            + @"\sum_n r_{nk}, \quad E[\mu_k^\top \mu_k] = m_k^\top m_k + \frac{D}{\rho_k}"),
        ("For the strengths:",
            @"q(\lambda_k) = \text{Gamma} \left( \alpha + \sum_n s_n r_{nk}, \beta + \sum_n r_{nk} \right), \quad E[\log \lambda_k] = "
            + @"\psi(a_k) - \log b_k"),
        ("What is ascended, and by how much it falls short:",
            @"\text{ELBO} = E_q[\log p(X, S, Z, \mu, \lambda)] - E_q[\log q] = \log p(X, S) - \text{KL}(q \| p(Z, \mu, \lambda | X, S))"),
    ]);
}
