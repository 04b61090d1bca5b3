using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The number of components with the highest bound, and the fit with it.</summary>
/// <param name="Bounds">The bound of each number that was tried.</param>
/// <param name="Fit">The fit with the best one, from more starts.</param>
internal sealed record ComponentSearch(IReadOnlyList<(int Components, double Bound)> Bounds, MixtureFit Fit)
{
    // In nats: a factor of 1.1 in evidence.
    private const double Same = 0.1;

    // Starts of the best number for each of those that it was chosen by.
    private const int MoreStarts = 4;

    /// <summary>Tries every number of components.</summary>
    /// <param name="rows">What is fitted.</param>
    /// <param name="numbers">The numbers; those above the number of rows are left out.</param>
    /// <param name="model">The mixture of so many components.</param>
    /// <param name="restarts">Starts of each.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <param name="token">Ends it before its time.</param>
    public static ComponentSearch Of(
        IRowSource rows, IReadOnlyList<int> numbers, Func<int, Mixture> model, int restarts, long seed, CancellationToken token)
    {
        int[] tried = [.. numbers.Where(k => k <= rows.Count).DefaultIfEmpty((int)Math.Min(rows.Count, numbers[0])).Distinct().Order()];
        List<(int, double)> bounds = [];
        foreach (int k in tried)
            bounds.Add((k, Fit(k, restarts).Elbo));
        MixtureFit best = Fit(bounds.MaxBy(b => b.Item2).Item1, MoreStarts * restarts);
        return new([.. bounds.Select(b => b.Item1 == best.Mixture.Components ? (b.Item1, Math.Max(b.Item2, best.Elbo)) : b)], best);

        MixtureFit Fit(int components, int starts)
        {
            MixtureFit fit = CoordinateAscent.Fit(
                model(components), rows, new() { Restarts = starts, Seed = (ulong)seed }, cancellationToken: token);
            token.ThrowIfCancellationRequested();
            return fit;
        }
    }

    public int Components => Fit.Mixture.Components;

    /// <summary>How many starts reached the best bound.</summary>
    public int Reached => Fit.Traces.Count(t => Fit.Elbo - t[^1] <= Same);

    /// <summary>How sure one may be of the bound, in a sentence.</summary>
    public string Sentence => Fit.Traces.Count == 1 ? "From one start only: another may find a higher bound."
        : Reached == 1 ? string.Create(
            CultureInfo.InvariantCulture,
            $"Only one of {Fit.Traces.Count} starts reached this bound: there may be a higher one, which more starts might find.")
        : string.Create(CultureInfo.InvariantCulture, $"{Reached} of {Fit.Traces.Count} starts reached it.");

    /// <summary>How far each number of components stays below the best one.</summary>
    public LineFigure Figure()
    {
        double best = Bounds.Max(b => b.Bound);
        double[] k = [.. Bounds.Select(b => (double)b.Components)];
        return new(
            "How many components",
            "The bound has every constant, so that models of different sizes can be compared: how far each number of components stays "
            + "below the best one. Linear up to 1, logarithmic beyond.",
            "components K",
            "nats below the best",
            [new("best of all starts", "--true", k, [.. Bounds.Select(b => best - b.Bound)]) { Style = CurveStyle.LinesAndDots }])
        {
            SymmetricLogY = 1,
            XTicks = k,
            Mark = (Bounds.MaxBy(b => b.Bound).Components, "the best"),
        };
    }

    public JsonArray ToJson() =>
    [
        .. Bounds.Select(JsonNode (b) => new JsonObject { ["components"] = b.Components, ["elbo"] = Json.Number(b.Bound) }),
    ];
}
