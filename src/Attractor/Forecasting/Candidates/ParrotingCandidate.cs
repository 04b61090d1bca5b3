using Attractor.Evaluation;

namespace Attractor.Forecasting;

/// <summary>A copy of what followed when the context last looked like this: the nearest neighbour in delay coordinates.</summary>
internal sealed class ParrotingCandidate : ForecastCandidate
{
    private static readonly int[] s_coordinates = [2, 5, 10, 20];

    public override string Name => "parroting";

    public override string Description => "context parroting: a copy of what followed the most similar stretch";

    // A copy of the context has its geometry and its spectrum, whatever the dynamics are.
    public override double Handicap => 2;

    public override IReadOnlyList<ForecastSetting> Settings(ForecastContext context)
        => [.. s_coordinates.Where(m => 4 * m < context.Pieces.Max(piece => piece.Length)).Select(m => new Coordinates(m))];

    public override IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
    {
        // One after the other, with a row of gaps between: no analogue reaches across.
        int n = pieces[0].Dimension;
        double[] gap = new double[n];
        Array.Fill(gap, double.NaN);
        List<double> values = [];
        foreach (TimeSeries piece in pieces)
        {
            values.AddRange(gap);
            values.AddRange(piece.Values);
        }
        TimeSeries context = new([.. values], n, pieces[0].Dt, pieces[0].Names) { Standardization = pieces[0].Standardization };
        return [.. settings.Select(setting => new Parrot(new(context, ((Coordinates)setting).Rows), context.Length))];
    }

    private sealed record Coordinates(int Rows) : ForecastSetting(FormattableString.Invariant($"{Rows} rows alike"));

    private sealed class Parrot(ContextParroting parroting, int rows) : IForecaster
    {
        // A copy costs next to nothing, the search that begins it a pass over the context.
        private const double ShareOfSearches = 0.05;

        public int WarmUp => parroting.Coordinates - 1;

        public double StepCost => ShareOfSearches * rows * parroting.Coordinates;

        public TimeSeries Continue(TimeSeries history, int steps, CancellationToken cancellationToken = default)
            => parroting.Continue(history, history.Length - 1, steps);
    }
}
