using System.Globalization;

namespace Attractor.Reports;

/// <summary>The evidence lower bound during learning, from every start.</summary>
internal static class BoundTrace
{
    /// <summary>The start that ended highest.</summary>
    public static int Best(IReadOnlyList<RestartTrace> traces)
    {
        int best = 0;
        for (int i = 1; i < traces.Count; i++)
            if (traces[i].Last > traces[best].Last || double.IsNaN(traces[best].Last))
                best = i;
        return best;
    }

    /// <summary>The bound over the steps.</summary>
    /// <param name="traces">One for each start, at least one.</param>
    /// <param name="step">What a step is: sweep, epoch.</param>
    public static LineFigure Bounds(IReadOnlyList<RestartTrace> traces, string step)
    {
        int best = Best(traces);
        return new(
            "Evidence lower bound",
            traces.Count > 1
                ? string.Create(CultureInfo.InvariantCulture, $"From {traces.Count} starts; the one that ended highest is kept.")
                : "A lower bound on the log evidence.",
            step, "ELBO, nats", Curves(traces, best, t => t.Bounds));
    }

    /// <summary>What each start lacks of the highest bound that was reached.</summary>
    /// <inheritdoc cref="Bounds"/>
    public static LineFigure Remainders(IReadOnlyList<RestartTrace> traces, string step)
    {
        int best = Best(traces);
        double last = traces[best].Last;
        return new(
            "What is left to gain",
            "The highest bound reached less the bound: a straight line converges by the same factor in each step"
                + (traces.Count > 1 ? ", a level one has settled below the best." : "."),
            step, "nats below the best", Curves(
                traces, best, t => [.. t.Bounds.Select(b => last - b is > 0 and double left ? left : double.NaN)]))
        {
            LogY = true,
        };
    }

    /// <summary>The terms, with their sum.</summary>
    public static TableElement Terms(IReadOnlyList<BoundTerm> terms) => new(
        ["term", "nats#", "what it says"],
        [.. terms.Select(t => (string[])[t.Name, Nats(t.Value), t.Explanation]), ["ELBO", Nats(terms.Sum(t => t.Value)), "their sum"]]);

    /// <summary>A bound as text.</summary>
    public static string Nats(double value) => double.IsFinite(value) ? value.ToString("N3", CultureInfo.InvariantCulture) : "not finite";

    private static List<Curve> Curves(IReadOnlyList<RestartTrace> traces, int best, Func<RestartTrace, IReadOnlyList<double>> ordinates)
    {
        List<Curve> curves = [];
        if (traces.Count > 1)
        {
            // One curve with gaps, so that the legend has one entry.
            List<double> x = [], y = [];
            foreach (RestartTrace trace in traces.Where((_, i) => i != best))
            {
                x.AddRange([.. trace.Steps, double.NaN]);
                y.AddRange([.. ordinates(trace), double.NaN]);
            }
            curves.Add(new("other starts", "--faint", x, y) { Size = 0.8 });
        }
        curves.Add(new("best start", "--true", traces[best].Steps, ordinates(traces[best])) { Size = 2.6 });
        return curves;
    }
}
