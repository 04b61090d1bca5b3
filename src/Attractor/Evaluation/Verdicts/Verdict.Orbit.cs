using System.Globalization;
using Attractor.Data;

namespace Attractor.Evaluation;

/// <content>The verdict on an orbit whose model is not at hand.</content>
public sealed partial record Verdict
{
    private const int RowsOfEnd = 1000, FewestJudged = 200;

    /// <summary>Judges one orbit by how it lies beside data and how it ends.</summary>
    /// <param name="orbit">Any length, in the units of the data.</param>
    /// <param name="data">T x N; of data with gaps the longest stretch without serves.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>It says less than the verdict on a model, which runs from many rows of the data.</remarks>
    /// <exception cref="ArgumentException">The numbers of variables differ, or the orbit has no rows.</exception>
    public static Verdict OfOrbit(TimeSeries orbit, TimeSeries data, CancellationToken cancellationToken = default)
    {
        ComparedRows.RequireSameDimension(data, orbit);
        ArgumentOutOfRangeException.ThrowIfZero(orbit.Length, nameof(orbit));
        TimeSeries whole = data.LongestWhole();
        if (whole.Length == 0)
            return new(VerdictKind.NotEnoughData, "the data have no row without missing values.");
        if (whole.Length > FreeRunScore.MostRows)
            whole = whole.Slice(0, FreeRunScore.MostRows);
        cancellationToken.ThrowIfCancellationRequested();
        int rows = Math.Min(RowsOfEnd, orbit.Length);
        TimeSeries end = orbit.Slice(orbit.Length - rows, rows);
        IReadOnlyList<double> scales = Standardization.Of([whole]).Scale;
        OrbitEnding ending = OrbitEnding.Of(end, scales);
        bool returns = ending.Period is not null && rows > 2 && OrbitEnding.Of(whole, scales).Period is null;
        if (!ending.IsFinite || returns || DataRange.Of(whole).IsOutside(end))
            return Ended(ending, returns);
        if (whole.Length < FewestJudged || orbit.Length < FewestJudged || ComparedRows.AnyConstant(whole))
            return new(
                VerdictKind.NotEnoughData,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the orbit stays in the region of the data; geometry takes {FewestJudged} rows of both, found {whole.Length:N0} of "
                    + $"the data and {orbit.Length:N0} of the orbit."));
        JudgedRuns judged = new(whole, orbit.Length);
        if (!(judged.Floor < judged.Ceiling))
            return new(
                VerdictKind.NotEnoughData,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the orbit stays in the region of the data, but on {whole.Length:N0} rows a perfect model has a D_stsp of "
                    + $"{judged.Floor:G3} and an orbit without dynamics one of {judged.Ceiling:G3}."));
        (double divergence, double spectrum) = judged.Judge(orbit);
        return new(
            OfScores(divergence, judged.Floor, judged.Ceiling, spectrum, judged.SpectrumFloor),
            string.Create(
                CultureInfo.InvariantCulture,
                $"the orbit stays; D_stsp {divergence:G3} (a perfect model {judged.Floor:G3}, a phase-randomised surrogate "
                + $"{judged.Surrogate:G3}), D_H {spectrum:G3} (a perfect model {judged.SpectrumFloor:G3})."));
    }

    private static Verdict Ended(OrbitEnding ending, bool returns)
    {
        if (!ending.IsFinite)
            return new(VerdictKind.Diverged, "the orbit grows without bound.");
        if (!returns)
            return new(VerdictKind.LeftIt, "the orbit ends in a region that the data do not visit.");
        return ending.Period is 1
            ? new(VerdictKind.LeftItForFixedPoint, "the orbit ends at a point at which it stands still.")
            : new(VerdictKind.LeftItForCycle, FormattableString.Invariant($"the orbit ends on a cycle of {ending.Period} rows."))
            {
                CycleOrder = ending.Period
            };
    }
}
