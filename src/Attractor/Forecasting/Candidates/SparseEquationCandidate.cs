using Attractor.Learning;

namespace Attractor.Forecasting;

/// <summary>The differential equations that the context obeys, if these have few terms.</summary>
/// <remarks>Identified in the units of the context: shifted variables would have more terms.</remarks>
internal sealed class SparseEquationCandidate : ForecastCandidate
{
    private static readonly int[] s_widths = [8, 16, 32];
    private static readonly (int Degree, bool Trigonometric)[] s_libraries = [(2, false), (3, false), (2, true)];

    public override string Name => "sindy";

    public override string Description => "sparse identification of nonlinear dynamics: differential equations of few terms";

    public override string? WhyNot(ForecastContext context)
        => Settings(context).Count == 0 ? $"{context.Measured.Dimension} variables have too many terms for the rows there are" : null;

    public override IReadOnlyList<ForecastSetting> Settings(ForecastContext context)
    {
        int rows = context.Pieces.Max(piece => piece.Length), n = context.Measured.Dimension;
        return [.. s_libraries.SelectMany(library => s_widths
            .Where(width => 2 * EquationTerm.Count(n, library.Degree, library.Trigonometric)
                < (rows - (2 * width)) * 0.8 / WeakForm.StrideOf(width))
            .Select(width => new LibrarySetting(library.Degree, library.Trigonometric, width)))];
    }

    public override IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
    {
        TimeSeries[] own = [.. pieces.Select(piece => piece.Standardization?.Undo(piece) ?? piece)];
        return [.. settings.Cast<LibrarySetting>().Select(setting =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (own.Sum(piece => Math.Max(0, piece.Length - (2 * setting.Width))) < 2 * setting.Width)
                return null;
            IdentifiedEquations equations = SparseIdentification.Fit(own, new()
            {
                Degree = setting.Degree,
                Trigonometric = setting.Trigonometric,
                HalfWidth = setting.Width,
                Smooth = false,
            });
            return new EquationForecaster(equations, pieces[0]);
        })];
    }

    private sealed record LibrarySetting(int Degree, bool Trigonometric, int Width) : ForecastSetting(FormattableString.Invariant(
        $"degree {Degree}{(Trigonometric ? " with sines and cosines" : "")}, test functions of {2 * Width} rows"));
}
