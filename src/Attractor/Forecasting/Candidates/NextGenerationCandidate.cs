using Attractor.Models;

namespace Attractor.Forecasting;

/// <summary>Nonlinear vector autoregressions over a path of delays, degrees and penalties.</summary>
/// <remarks>Gauthier, Bollt, Griffith and Barbosa, Nature Communications 12, 5564 (2021).</remarks>
internal sealed class NextGenerationCandidate : ForecastCandidate
{
    private const int MostShapes = 5, MostFeatures = 400;

    // From few features to many; what the rows cannot determine is left out.
    private static readonly (int Delays, int Degree)[] s_shapes =
    [
        (1, 2), (1, 3), (1, 5), (2, 2), (2, 3), (3, 2), (3, 3), (4, 3), (6, 3), (6, 4)
    ];
    private static readonly double[] s_ridges = [1e-7, 1e-5, 1e-3, 1e-2, 1e-1, 1];

    public override string Name => "ngrc";

    public override string Description => "next generation reservoir: a nonlinear vector autoregression";

    public override string? WhyNot(ForecastContext context)
        => Settings(context).Count == 0 ? $"{context.Measured.Dimension} variables have too many products for the rows there are" : null;

    public override IReadOnlyList<ForecastSetting> Settings(ForecastContext context)
    {
        int rows = context.Pieces.Max(piece => piece.Length), n = context.Measured.Dimension;
        // Of few variables a state is made of delays.
        IEnumerable<(int Delays, int Degree)> shapes = n >= 3 ? s_shapes : s_shapes.Where(shape => shape.Delays * n >= 3);
        return [.. shapes.Where(shape => CountOf(n * shape.Delays, shape.Degree) is var features && features <= MostFeatures
                && 5 * features < rows)
            .Take(MostShapes)
            .SelectMany(shape => s_ridges.Select(ridge => new AutoregressionSetting(shape.Delays, 1, shape.Degree, ridge)))];
    }

    public override IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
        => AutoregressionPath.Fit(pieces, settings, cancellationToken);

    // All monomials up to the degree: C(m + d, d).
    private static long CountOf(int variables, int degree)
        => 1 + Monomials.CountOf(variables, Enumerable.Range(1, degree), NonlinearVectorAutoregression.MostFeatures);
}
