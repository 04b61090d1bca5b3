using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What the document says of the linear network, beside what is found.</summary>
internal static class LinearNetworkFindings
{
    private static readonly LinearNetwork s_published = new(1.6779304274, 0.9398291779);
    private static readonly double[] s_publishedGradient = [35831.71124367, 521568.4066673];

    public const double PublishedOutput = 12.07678517;

    public static LinearNetwork Published => s_published;

    public static IReadOnlyList<double> PublishedGradient => s_publishedGradient;

    public static ExperimentFindings Of(
        LinearNetworkSettings settings, LinearNetwork end, double output, double sum, IReadOnlyList<double> gradient, double largestNumeric)
    {
        bool same = settings.IsTheDocuments;
        string other = same ? "" : "With other settings than the document's. ";
        bool atItsPoint = settings.Point is [1.2, 1.2];
        MarkedPoint first = MarkedPoint.All[0];
        double mean = first.Network.StateGradient()[^1];
        return new()
        {
            Verdict = same
                ? "Every number that the document prints is found to its last digit. Its figure of the gradients over time is not the "
                    + "gradient: it is 900 times as large."
                : "The settings are not the document's, so that its numbers are not to be expected; with its own all digits are found.",
            Comparisons =
            [
                new("final w_x", ComparedValue.Number(s_published.Wx, "F10"), ComparedValue.Number(end.Wx, "F10"), other
                    + "Rprop looks at signs only, so that the path has to be the same step by step; the document prints 1.6779."),
                new("final w_rec", ComparedValue.Number(s_published.Wrec, "F10"), ComparedValue.Number(end.Wrec, "F10"), other
                    + "As w_x; the document prints 0.9398."),
                new(
                    "output for the test sequence",
                    ComparedValue.Number(PublishedOutput, "F8"),
                    ComparedValue.Number(output, "F8"),
                    other + "The last state at the final weights."),
                new(
                    "sum of the test sequence, which is expected",
                    ComparedValue.Number(11.92, "F2"),
                    ComparedValue.Number(sum, "F2"),
                    "What the network was to learn: it is 1.3 % above it."),
                new(
                    "gradient at (" + string.Join(", ", settings.Point.Select(v => Number(v, "G4"))) + ")",
                    atItsPoint ? ComparedValue.List(s_publishedGradient, "G13") : ComparedValue.None,
                    ComparedValue.List(gradient, "G13"),
                    "By hand and on the tape; the document checks it by central differences and prints only that no error was found. "
                    + FormattableString.Invariant($"Here they differ by {largestNumeric:0.0e0} of it at most, at 100 random points.")),
                .. MarkedPoint.All.Select(p => new Comparison(
                    $"derivative of the loss by the last state at {p.Name}",
                    ComparedValue.Number(p.Network.StateGradientAsDrawn()[^1], "G8"),
                    ComparedValue.Number(p.Network.StateGradient()[^1], "G6"),
                    "The document adds up 2 (s_K - t) over its 30 sequences, gives that sum to each of them, and adds up again: 30 x 30 "
                    + "times the mean.")),
            ],
            Answers =
            [
                ("What becomes of the gradient on its way back?",
                    "Every step back multiplies it by w_rec: after twenty steps by 2^20 = 1,048,576 at |w_rec| = 2, by 0.5^20 = 9.5e-7 at "
                    + "|w_rec| = 0.5. It explodes, vanishes, alternates in sign or, at w_rec = 1, passes: there is no weight besides 1 for "
                    + "which it keeps its size."),
                ("Why does the document's curve start elsewhere?", FormattableString.Invariant(
                    $"At {first.Name} it starts at {900 * mean:G6}, the mean of the derivatives at {mean:G4}. The first is no ")
                    + "derivative of the loss, which is a mean over sequences. Shape and slopes of the curves are the same: they depend on "
                    + "w_rec alone. Both are drawn below."),
                ("Does the network sum?", string.Create(
                    CultureInfo.InvariantCulture,
                    $"Nearly: w = (1, 1) would be exact, and Rprop ended at ({end.Wx:F4}, {end.Wrec:F4}), on the flat bottom of the "
                    + $"valley: {output:F4} in place of {sum:F2}. It is right at the end of twenty steps only.")),
            ],
        };
    }

    public static Derivation Derivation { get; } = new(
    [
        ("The recursion, from a state of 0, and the loss, the mean over the sequences:",
            @"s_k = x_k w_x + s_{k-1} w_{rec}, \quad \xi = \frac{1}{N} \sum_{i=1}^{N} \left( s_K^{(i)} - t^{(i)} \right)^2"),
        ("Written out, the last state is a polynomial of degree K - 1 in w_rec, which is why the surface rises so steeply beyond 1:",
            @"s_K = w_x \sum_{k=1}^{K} w_{rec}^{K-k} x_k"),
        ("The adjoint: the derivative by a state is that by the next, times what the next has of it:",
            @"g_K = 2 (s_K - t), \quad g_{k-1} = w_{rec} g_k, \quad g_k = 2 (s_K - t) \, w_{rec}^{K-k}"),
        ("Each weight collects what every step owes to it; then the mean over the sequences is taken:",
            @"\frac{\partial \xi}{\partial w_x} = \frac{1}{N} \sum_i \sum_{k=1}^{K} g_k^{(i)} x_k^{(i)}, \quad \frac{\partial "
            + @"\xi}{\partial w_{rec}} = \frac{1}{N} \sum_i \sum_{k=1}^{K} g_k^{(i)} s_{k-1}^{(i)}"),
        ("The document's figure shows instead, with the sum in the place of every sequence's own residual:",
            @"\sum_{j=1}^{N} \left( \sum_{i=1}^{N} 2 (s_K^{(i)} - t^{(i)}) \right) w_{rec}^{K-k} = N^2 \cdot \frac{1}{N} \sum_{i=1}^{N} "
            + @"g_k^{(i)}"),
    ]);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
