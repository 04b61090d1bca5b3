using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Reports;

/// <summary>
/// Rows and components of a mixture in a plane: the two columns of the position themselves, or of more the first two principal components.
/// </summary>
internal sealed class MapPlane
{
    /// <summary>Rows drawn at most.</summary>
    public const int MostRows = 5000;

    // One unit is as long on both axes unless the figure were a strip.
    private const double MostElongated = 6;

    private readonly PrincipalPlane? _principal;
    private readonly Vector<double>? _scale;

    public MapPlane(MixturePositions positions)
    {
        Rows = positions.Drawn(MostRows);
        int dimension = positions.Dimension;
        if (dimension > 2 && Rows.Length > 0)
        {
            Matrix<double> points = Matrix<double>.Build.Dense(
                Rows.Length, dimension, (i, j) => positions.Values[(Rows[i] * dimension) + j]);
            Vector<double> mean = points.ColumnSums() / Rows.Length;
            // A column that does not vary has no direction in the plane.
            _scale = Vector<double>.Build.Dense(
                dimension,
                j => points.Column(j).Subtract(mean[j]).PointwisePower(2).Sum() / Rows.Length is > 0 and double variance
                    ? 1 / Math.Sqrt(variance)
                    : 1);
            for (int i = 0; i < Rows.Length; i++)
                points.SetRow(i, points.Row(i).PointwiseMultiply(_scale));
            _principal = PrincipalPlane.Of(points);
        }
        (X, Y) = ([.. Rows.Select(n => Place(Row(positions, n)).X)], [.. Rows.Select(n => Place(Row(positions, n)).Y)]);
        Axes = _principal?.Axes ?? (positions.Label(0), positions.Label(1));
        Coast = positions.Geographic is { } columns && Rows.Length > 1 ? CoastAround(columns.Longitude == 0) : ([], []);
        EqualAspect = Elongation() < MostElongated;
        Note = (_principal is null
            ? ""
            : " In the plane in which the columns, each in units of its standard deviation, vary most; ellipses are the shadows in it.")
            + (EqualAspect ? "" : " The axes have different scales.")
            + (Rows.Length < (positions.AllRows ?? positions.Rows)
                ? string.Create(
                    CultureInfo.InvariantCulture, $" {Rows.Length:N0} of {positions.AllRows ?? positions.Rows:N0} rows are drawn.")
                : "");
    }

    // Of the extent of the rows: the coast beyond it is drawn as well.
    private const double Margin = 0.15;

    /// <summary>The coast around the rows, where the columns are a longitude and a latitude; empty elsewhere.</summary>
    public (double[] X, double[] Y) Coast { get; }

    /// <summary>The rows that are drawn.</summary>
    public int[] Rows { get; }

    /// <summary>Their abscissae.</summary>
    public double[] X { get; }

    /// <summary>Their ordinates.</summary>
    public double[] Y { get; }

    /// <summary>The labels of the axes.</summary>
    public (string X, string Y) Axes { get; }

    /// <summary>Whether one unit is as long on both axes.</summary>
    public bool EqualAspect { get; }

    /// <summary>What to say of the plane in a caption.</summary>
    public string Note { get; }

    /// <summary>Where a component's centre is.</summary>
    public (double X, double Y) Centre(MixtureComponent component) => Place(Vector<double>.Build.DenseOfEnumerable(component.Centre));

    /// <summary>The points at so many standard deviations from a component's centre, once around.</summary>
    public (double[] X, double[] Y) Ellipse(MixtureComponent component, double deviations)
    {
        const int points = 72;
        (double x, double y) = Centre(component);
        (double xx, double xy, double yy) = Covariance(component);
        // The Cholesky factor of the covariance takes the circle to the ellipse.
        double a = Math.Sqrt(xx), b = a > 0 ? xy / a : 0, c = Math.Sqrt(Math.Max(0, yy - (b * b)));
        double[] ex = new double[points + 1], ey = new double[points + 1];
        for (int i = 0; i <= points; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / points);
            ex[i] = x + (deviations * a * cos);
            ey[i] = y + (deviations * ((b * cos) + (c * sin)));
        }
        return (ex, ey);
    }

    private (double[] X, double[] Y) CoastAround(bool longitudeFirst)
    {
        (double[] longitudes, double[] latitudes) = longitudeFirst ? (X, Y) : (Y, X);
        double wide = Math.Max(Margin * (longitudes.Max() - longitudes.Min()), 1),
            high = Math.Max(Margin * (latitudes.Max() - latitudes.Min()), 1);
        (double[] x, double[] y) = Coastlines.Within(
            longitudes.Min() - wide, longitudes.Max() + wide, latitudes.Min() - high, latitudes.Max() + high);
        return longitudeFirst ? (x, y) : (y, x);
    }

    private (double XX, double XY, double YY) Covariance(MixtureComponent component)
    {
        if (_principal is null || _scale is null)
            return (component.Covariance[0], component.Covariance[1], component.Covariance[3]);
        int dimension = component.Centre.Count;
        Matrix<double> covariance = Matrix<double>.Build.Dense(
            dimension, dimension, (i, j) => component.Covariance[(i * dimension) + j] * _scale[i] * _scale[j]);
        Vector<double> first = covariance * _principal.First, second = covariance * _principal.Second;
        return (first * _principal.First, first * _principal.Second, second * _principal.Second);
    }

    private (double X, double Y) Place(Vector<double> point)
        => _principal is null || _scale is null ? (point[0], point[1]) : _principal.Project(point.PointwiseMultiply(_scale));

    private double Elongation()
    {
        if (Rows.Length < 2)
            return 1;
        double width = X.Max() - X.Min(), height = Y.Max() - Y.Min();
        return Math.Max(width / height, height / width);
    }

    private static Vector<double> Row(MixturePositions positions, int row)
        => Vector<double>.Build.Dense(positions.Dimension, d => positions.Values[(row * positions.Dimension) + d]);
}
