using System.Globalization;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>What the documents say of variational autoencoders, beside what is found.</summary>
internal static class AutoencoderFindings
{
    // Sums of batch losses divided by the index of the last batch, counted from 0, times the batch size: 599 x 100 instead of 600 x 100.
    public static IReadOnlyList<double> PrintedLosses { get; } =
    [
        170.47, 119.11, 104.68, 98.14, 94.27, 91.72, 90.03, 88.60, 87.54, 86.69, 85.86, 85.22, 84.57, 84.08, 83.52
    ];

    public static ExperimentFindings Of(
        AutoencoderExperimentSettings settings,
        DigitFiles digits,
        IReadOnlyList<AutoencoderOutcome> outcomes,
        IReadOnlyList<ImportanceWeightedEstimate> bounds,
        IReadOnlyList<double> printed,
        SlipOutcome? slip)
    {
        AutoencoderOutcome first = outcomes[0];
        EpochPoint last = first.Epochs[^1];
        double test = -last.TestLoss!.Value;
        ImportanceWeightedEstimate tightest = bounds.MaxBy(b => b.Draws)!, loosest = bounds.MinBy(b => b.Draws)!;
        List<Comparison> comparisons = [];
        if (printed.Count > 0)
            comparisons.AddRange(Losses(first, printed, digits.AreMnist));
        if (slip is not null)
            comparisons.AddRange(Slips(slip, test));
        comparisons.Add(new(
            "training loss of the last epoch, true mean per image",
            ComparedValue.None,
            ComparedValue.Number(last.Loss, "F2"),
            "Nats; each batch counts before its update."));
        comparisons.Add(new(
            "ELBO of test images",
            ComparedValue.None,
            ComparedValue.Number(test, "F2"),
            printed.Count > 0
                ? "The document has the training loss only; images that were not learnt from say how good the model is."
                : "The document plots it, without a number."));
        comparisons.Add(new(
            string.Create(CultureInfo.InvariantCulture, $"log p(x) of test images at least, K = {tightest.Draws:N0}"),
            ComparedValue.None,
            ComparedValue.Number(tightest.Mean, "F2"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"The importance-weighted bound, standard error {tightest.StandardError:F2}: how much of the ELBO is the approximation of "
                + $"the posterior.")));
        return new()
        {
            Verdict = printed.Count > 0 ? OfLosses(first, printed, digits.AreMnist) : OfSlip(slip, test, settings, digits.AreMnist),
            Comparisons = comparisons,
            Answers =
            [
                ("Why does maximising the ELBO minimise KL(q || posterior)?", "Their sum is log p(x), which does not depend on q: "
                    + "whatever a change of the encoder adds to the ELBO it takes from the divergence, nat for nat. A change of the "
                    + "decoder moves log p(x) itself. Training does both at once, so that the bound says neither how good the model nor "
                    + "how close q is; bounds with more draws part the two."),
                .. slip is null
                    ? ((string, string)[])[("What is the loss that the document prints?", "The sum of the losses of 600 batches, divided "
                        + "by 599 x 100: batch_idx counts from 0. The true mean per image is smaller by 599 / 600.")]
                    : [("What does std = exp(logvar) do?", string.Create(
                        CultureInfo.InvariantCulture,
                        $"exp(logvar) is the variance; the deviation is exp(logvar / 2). The program samples from N(mu, exp(2 logvar)) and "
                        + $"subtracts the divergence of N(mu, exp(logvar)). What it reports on test images, {slip.Reported:F1}, is no "
                        + $"bound of anything: the posterior that it samples has {slip.Bound:F1}, {slip.Reported - slip.Bound:F1} nats "
                        + $"less. It pays for a wide posterior and draws from a narrow one: where logvar is -4 the divergence charges for "
                        + $"a deviation of e^-2 = 0.14, while z is drawn with one of e^-4 = 0.018. So codes come out sharper than what is "
                        + $"paid for, and the reported number looks better than it is."))],
                ("How good is the model itself?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"The ELBO of test images is {test:F1} nats, of training images {-last.Loss:F1}: the difference is what was learnt by "
                    + $"heart. Both are below log p(x) by the divergence of q from the posterior. Drawn {tightest.Draws:N0} times and "
                    + $"weighted by importance, {Count(settings, digits):N0} test images have a bound of {tightest.Mean:F1} where "
                    + $"{(loosest.Draws == 1 ? "one draw gives" : $"{loosest.Draws} draws give")} {loosest.Mean:F1}: what lies between is "
                    + $"the fault of the encoder, which generation does not use.")),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        ("The bound and what it misses. For any q:",
            @"\log p(x) = E_q \left[ \log \frac{p(x, z)}{q(z | x)} \right] + E_q \left[ \log \frac{q(z | x)}{p(z | x)} \right] = "
            + @"\text{ELBO} + \text{KL}(q(z | x) \| p(z | x))"),
        ("The second part is never negative and the left side does not depend on q: to ascend the first is to descend the second. The "
            + "first is what can be computed:", @"\text{ELBO} = \log p(x) - \text{KL}(q(z | x) \| p(z | x)) = E_q [ \log p(x | z) ] - "
            + @"\text{KL}(q(z "
            + @"| x) \| p(z))"),
        ("For a Gaussian q with a diagonal covariance and the prior N(0, I), with E[z_i^2] = mu_i^2 + sigma_i^2:",
            @"\text{KL} = \sum_i E_q \left[ -\log \sigma_i - \frac{(z_i - \mu_i)^2}{2 \sigma_i^2} + \frac{z_i^2}{2} \right] = \frac{1}{2} "
            + @"\sum_i \left( \mu_i^2 + \sigma_i^2 - 1 - \log \sigma_i^2 \right)"),
        ("Pixels are Bernoulli; with logits a = log (phi / (1 - phi)), which do not saturate as a sigmoid and its logarithm do:",
            @"\log p(x | z) = \sum_j x_j \log \phi_j + (1 - x_j) \log (1 - \phi_j) = \sum_j \left( x_j a_j - \log (1 + e^{a_j}) \right)"),
        ("The encoder gives log sigma^2, so that the sample is",
            @"z = \mu + e^{\frac{1}{2} \log \sigma^2} \epsilon, \quad \text{not} \quad z = \mu + e^{\log \sigma^2} \epsilon"),
    ]);

    private static int Count(AutoencoderExperimentSettings settings, DigitFiles digits)
        => Math.Min(settings.BoundImages, digits.Test.Count);

    private static IEnumerable<Comparison> Losses(AutoencoderOutcome outcome, IReadOnlyList<double> printed, bool areMnist)
    {
        int count = Math.Min(printed.Count, outcome.Epochs.Count);
        string why = areMnist
            ? "Other random numbers. In the document's convention, which divides the sum by one batch too few: the true mean is smaller by "
                + "1 / 600."
            : "Not to be compared: these digits are not MNIST.";
        yield return Row(count - 1);
        for (int e = 0; e < count - 1; e++)
            yield return Row(e);

        Comparison Row(int e) => new(
            string.Create(CultureInfo.InvariantCulture, $"loss that is printed for epoch {e + 1}"),
            ComparedValue.Number(printed[e], "F2"),
            ComparedValue.Number(outcome.AsPrinted(outcome.Epochs[e]), "F2"),
            why);
    }

    private static IEnumerable<Comparison> Slips(SlipOutcome slip, double test)
    {
        yield return new(
            "ELBO of test images that the document's program reports",
            ComparedValue.Number(slip.Reported, "F2"),
            ComparedValue.Number(test, "F2"),
            "The first is the document's program, run here: a slip, std = exp(logvar) in place of exp(logvar / 2), makes it no bound. The "
            + "second is with the slip mended.");
        yield return new(
            "bound of the posterior that the document's program samples",
            ComparedValue.Number(slip.Reported, "F2"),
            ComparedValue.Number(slip.Bound, "F2"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"The same network, its divergence that of N(mu, exp(2 logvar)), from which it samples; standard error {slip.Error:F2}."));
    }

    private static string OfLosses(AutoencoderOutcome outcome, IReadOnlyList<double> printed, bool areMnist)
    {
        if (!areMnist)
            return "The digits are drawn by the program, so that the document's losses, which are of MNIST, are not to be met.";
        int count = Math.Min(printed.Count, outcome.Epochs.Count);
        double farthest = Enumerable.Range(0, count).Max(e => Math.Abs(outcome.AsPrinted(outcome.Epochs[e]) - printed[e]));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The document's losses are met: of {count} epochs the farthest is {farthest:F2} nats off, as other seeds are. Its numbers are "
            + $"too large by 1 / 600, as they are divided by one batch too few.");
    }

    private static string OfSlip(SlipOutcome? slip, double test, AutoencoderExperimentSettings settings, bool areMnist)
    {
        string data = areMnist ? "" : " The digits are drawn by the program, not MNIST.";
        return slip is null
            ? string.Create(CultureInfo.InvariantCulture, $"After {settings.Epochs} epochs the test ELBO is {test:F2} nats an image.{data}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The document's derivations are right; its program is not: with std = exp(logvar) it reports {slip.Reported:F2} nats an "
                + $"image where its posterior has {slip.Bound:F2}. Mended, the test ELBO is {test:F2}.{data}");
    }
}
