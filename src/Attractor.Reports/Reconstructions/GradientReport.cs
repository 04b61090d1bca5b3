using System.Globalization;
using Attractor.Learning;

namespace Attractor.Reports;

/// <summary>What the report on the gradients of a recurrent network is made from.</summary>
public sealed record GradientReport
{
    private const int MostDecades = 8;

    // What vanishes further would leave no room for what explodes.
    private const double Least = 1e-20;

    private static readonly string[] s_colors = ["--true", "--generated", "--third", "--fourth", "--fifth", "--sixth", "--seventh"];

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What the network is and what the gradients are of.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The gradients under each forcing.</summary>
    public required IReadOnlyList<GradientCurve> Curves { get; init; }

    /// <summary>The network's largest Lyapunov exponent, per step; null if it is not known.</summary>
    public double? Exponent { get; init; }

    /// <summary>Loss landscapes, each with the forcing it is of.</summary>
    public IReadOnlyList<(string Forcing, LossLandscape Landscape)> Landscapes { get; init; } = [];

    /// <summary>What to type to go on.</summary>
    public IReadOnlyList<(string Purpose, string Command)> Commands { get; init; } = [];

    /// <summary>The report.</summary>
    public Report ToReport() => new(Title, Subtitle, [.. Sections()]);

    private IEnumerable<Section> Sections()
    {
        List<Element> gradients = [Norms(), Rates()];
        yield return new("The gradient on its way back through time", gradients);
        if (Landscapes.Count > 0)
        {
            yield return new("The loss around the parameters",
            [
                new Paragraph(
                    "The same windows, the parameters moved along two directions: the dot is the network. Where the states are not forced "
                    + "the loss of a long prediction is rough or a cliff; forcing smooths it."),
                new Row([.. Landscapes.Select(l => Surface(l.Forcing, l.Landscape))]),
            ]);
        }
        if (Commands.Count > 0)
            yield return new("How to go on", [new CommandList(Commands)]);
    }

    private LineFigure Norms()
    {
        int steps = Curves.Max(c => c.Norms.Count);
        List<Curve> curves =
        [
            .. Curves.Select((c, i) => new Curve(
                c.Name,
                s_colors[i % s_colors.Length],
                [.. Enumerable.Range(0, c.Norms.Count).Select(s => (double)s)],
                [.. c.Norms.Select(n => n > Least && double.IsFinite(n) ? n : double.NaN)])),
        ];
        if (Exponent is { } exponent && Curves[0].Norms is [var first, ..])
        {
            double[] ends = [0, steps - 1];
            curves.Add(new("largest Lyapunov exponent", "--faint", ends, [.. ends.Select(s => first * Math.Exp(exponent * s))])
            {
                Dashed = true
            });
        }
        return new(
            "Norm of the gradient with respect to the state",
            "Of the error of the last prediction of a window; geometric mean over the windows. Without forcing it grows or shrinks as the "
            + "network's own Lyapunov exponent says: it explodes where the dynamics are chaotic. Each forced step takes a part of it away; "
            + "a state that is replaced ends it. What is below 1e-20 is not drawn.",
            "steps before the loss", "norm of the gradient", curves)
        {
            LogY = true,
            Height = 420,
        };
    }

    private TableElement Rates()
    {
        List<string[]> rows =
            [.. Curves.Select(c => (string[])[
                c.Name,
                Number(c.GrowthRate),
                double.IsFinite(c.GrowthRate) ? "a step back, in the mean" : "it ends at the first replaced state"
            ])];
        if (Exponent is { } exponent)
            rows.Add(["largest Lyapunov exponent", Number(exponent), "of the network itself, a step"]);
        return new(["forcing", "growth of its logarithm#", ""], rows);
    }

    private static ContourFigure Surface(string forcing, LossLandscape landscape)
    {
        double[] finite = [.. landscape.Losses.Where(l => double.IsFinite(l) && l > 0)];
        int low = finite.Length == 0 ? 0 : (int)Math.Floor(Math.Log10(finite.Min())),
            high = finite.Length == 0 ? 1 : (int)Math.Ceiling(Math.Log10(finite.Max()));
        high = Math.Clamp(high, low + 1, low + MostDecades);
        return new(
            forcing,
            $"Along {landscape.First.Name} and {landscape.Second.Name}.",
            landscape.First.Name,
            landscape.Second.Name,
            "loss",
            landscape.Coordinates,
            landscape.Coordinates,
            landscape.Losses)
        {
            Decades = (low, high),
            LevelsPerDecade = high - low > 4 ? 2 : 5,
            Curves = [new("the network", "--text", [0], [0]) { Style = CurveStyle.Dots, Size = 9 }],
        };
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("F5", CultureInfo.InvariantCulture) : "none";
}
