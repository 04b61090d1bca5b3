using System.Globalization;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>The page of the experiment.</summary>
internal static class LinearNetworkReport
{
    // Points of the loss surface along an axis: the valley is narrow.
    private const int Grid = 401;

    public static IReadOnlyList<Section> Of(
        RpropPath path, IReadOnlyList<RpropPath> others, double output, double sum, (double ByHand, double Numeric, int Points) check) =>
        [
            new("The loss surface",
            [
                new Paragraph(
                    "The loss is a polynomial of degree 38 in w_rec: beyond |w_rec| = 1 it rises by many powers of ten, and the valley "
                    + "with the solution lies at the foot of that wall. Two levels to a factor of ten; everything above "
                    + "10^8 has one colour."),
                new Row(
                [
                    Surface("Overview", "The six points are those of the next figure.", -3, 3, Points()),
                    Surface("Zoom", "The valley around the solution (1, 1): flat along its bottom, steep across.", -0.1, 2.1, Points()),
                ]),
            ]),
            new("The gradient of the states over time",
            [
                Gradients(
                    "Derivative of the loss with respect to s_k",
                    "The mean over the sequences, as the loss is one. Read from right to left, as backpropagation goes: the loss is at k = "
                    + "20. (w_x, w_rec) in the legend. The ordinate is linear between -1 and 1 and logarithmic beyond.",
                    p => p.StateGradientOnTape()),
                Gradients(
                    "As the document draws it",
                    "The sum of the residuals of all sequences, given to each of them and summed again: 900 times the derivative.",
                    p => p.StateGradientAsDrawn()),
                new Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"With respect to the state at step k the derivative is 2 (s_K - t) w_rec^(K - k): each step back multiplies it by "
                    + $"w_rec. Here the mean over the sequences. It explodes at |w_rec| = 2, changes its sign at every step where w_rec is "
                    + $"negative, vanishes at |w_rec| = 0.5, does not get past the last step at w_rec = 0, and passes unchanged at w_rec = "
                    + $"1. The same from the tape and by hand; both gradients of the weights, worked out by hand and on the tape, differ "
                    + $"by {Short(check.ByHand)} of their size at most at {check.Points} random points, tape and central differences by "
                    + $"{Short(check.Numeric)}.")),
            ]),
            new("Resilient backpropagation",
            [
                new Paragraph(
                    "Where gradients differ by that many powers of ten no learning rate fits. Rprop looks at their signs alone, and every "
                    + "weight has a step size of its own: times 1.2 while the sign stays, half when it changes."),
                new Row(
                [
                    Surface(
                        "Overview",
                        FormattableString.Invariant($"{path.Weights.Count - 1} iterations; the ring is where they end."),
                        -3,
                        3,
                        Path(path)),
                    Surface("Zoom", "Across the valley first; then slowly along it.", 0, 2, Path(path)),
                ]),
                Losses(path, others),
                Table(path, others),
                new Paragraph(
                    "The document's rule compares the sign of the first gradient with 0, finds a change where there was nothing before, "
                    + "and so halves Delta_0 = 0.001 before the first step: it is Rprop- with Delta_0 = 0.0005. The variants of the papers "
                    + "go from Delta_0 = 0.001."),
            ]),
            new("A sequence it has not seen",
            [
                Test(path.End),
                new Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"At the end of 0.66 0.33 0.33 0.66 1, four times over, the network with w_x = {path.End.Wx:F4} and w_rec = "
                    + $"{path.End.Wrec:F4} says {output:F8}; the sum is {sum:F2}. On the way it is ahead of the sum: it has learnt to be "
                    + $"right at the end of twenty steps, with a larger w_x and forgetting a little at each.")),
            ]),
        ];

    private static ContourFigure Surface(string title, string caption, double low, double high, IReadOnlyList<Curve> curves)
    {
        double[] axis = [.. Enumerable.Range(0, Grid).Select(i => low + ((high - low) * i / (Grid - 1)))];
        return new(
            title,
            caption,
            "w_x",
            "w_rec",
            "loss",
            axis,
            axis,
            [.. axis.SelectMany(wrec => axis.Select(wx => new LinearNetwork(wx, wrec).Loss()))])
        {
            Curves = curves,
        };
    }

    private static IReadOnlyList<Curve> Points()
        => [.. MarkedPoint.All.Select(
            p => new Curve(p.Name, p.Color, [p.Network.Wx], [p.Network.Wrec]) { Style = CurveStyle.Dots, Size = 11, Outline = "#ffffff" })];

    private static IReadOnlyList<Curve> Path(RpropPath path) =>
    [
        new("iterations", "#f0409c", [.. path.Weights.Select(w => w.Wx)], [.. path.Weights.Select(w => w.Wrec)])
        {
            Style = CurveStyle.LinesAndDots,
            Size = 1
        },
        new("end", "#ffffff", [path.End.Wx], [path.End.Wrec]) { Style = CurveStyle.Dots, Size = 10, Outline = "#f0409c" },
    ];

    private static LineFigure Gradients(string title, string caption, Func<LinearNetwork, double[]> gradient)
    {
        double[] steps = [.. Enumerable.Range(0, SummedSequences.Steps + 1).Select(k => (double)k)];
        return new(
            title,
            caption,
            "step k",
            "derivative",
            [.. MarkedPoint.All.Select(p => new Curve(p.Name, p.Color, steps, gradient(p.Network)) { Size = 2 })])
        {
            SymmetricLogY = 1,
            XTicks = [.. steps.Where(k => k % 2 == 0)],
            Height = 400,
        };
    }

    private static LineFigure Losses(RpropPath path, IReadOnlyList<RpropPath> others)
    {
        string[] colors = ["--true", "--third", "--fourth"];
        double[] iterations = [.. Enumerable.Range(0, path.Weights.Count).Select(i => (double)i)];
        return new(
            "Loss over the iterations", "Once in the valley all variants go along its flat bottom, none of them fast.", "iteration", "loss",
            [
                new("the document's", "--generated", iterations, [.. path.Weights.Select(w => w.Loss())]) { Size = 2.5 },
                .. others.Select((o, i) => new Curve(o.Name, colors[i], iterations, [.. o.Weights.Select(w => w.Loss())])),
            ])
        {
            LogY = true,
            Height = 320,
        };
    }

    private static TableElement Table(RpropPath path, IReadOnlyList<RpropPath> others) => new(
        ["rule", "Delta_0#", "w_x#", "w_rec#", "loss#"],
        [.. others.Prepend(path).Select((p, i) => (string[])
        [
            i == 0 ? "the document's" : p.Name, Number("G4", p.InitialStep), Number("F10", p.End.Wx), Number("F10", p.End.Wrec), Number(
                "F8", p.End.Loss()),
        ])]);

    private static LineFigure Test(LinearNetwork network)
    {
        double[] x = SummedSequences.Test.Values.ToArray(),
            steps = [.. Enumerable.Range(0, x.Length + 1).Select(k => (double)k)], sums = new double[x.Length + 1];
        for (int k = 0; k < x.Length; k++)
            sums[k + 1] = sums[k] + x[k];
        return new(
            "Sum so far and state of the network", "", "step k", "value",
            [
                new("sum of the inputs so far", "--true", steps, sums) { Size = 2 },
                new("state s_k", "--generated", steps, network.States(SummedSequences.Test)) { Size = 2 },
            ])
        {
            XTicks = [.. steps.Where(k => k % 2 == 0)],
            Height = 320,
        };
    }

    private static string Short(double value) => Number("0.0e0", value);

    private static string Number(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
