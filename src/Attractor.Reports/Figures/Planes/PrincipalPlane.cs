using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Attractor.Reports;

/// <summary>The plane of the first two principal components of some points.</summary>
/// <param name="Mean">Of the points: D.</param>
/// <param name="First">The direction in which they vary most: D, of length 1.</param>
/// <param name="Second">The one after it.</param>
/// <param name="Shares">Which part of the variance either direction has.</param>
internal sealed record PrincipalPlane(
    Vector<double> Mean, Vector<double> First, Vector<double> Second, (double First, double Second) Shares)
{
    /// <summary>The plane of n x D points, D at least 2.</summary>
    public static PrincipalPlane Of(Matrix<double> points)
    {
        int dimension = points.ColumnCount;
        Vector<double> mean = points.ColumnSums() / points.RowCount;
        Matrix<double> centred = points.Clone();
        for (int i = 0; i < points.RowCount; i++)
            centred.SetRow(i, centred.Row(i) - mean);
        Evd<double> evd = (centred.TransposeThisAndMultiply(centred) / points.RowCount).Evd(Symmetricity.Symmetric);
        double[] variances = [.. evd.EigenValues.Select(e => e.Real)];
        double total = variances.Sum();
        return new(
            mean,
            evd.EigenVectors.Column(dimension - 1),
            evd.EigenVectors.Column(dimension - 2),
            (variances[dimension - 1] / total, variances[dimension - 2] / total));
    }

    /// <summary>Where a point is in the plane.</summary>
    public (double X, double Y) Project(Vector<double> point)
    {
        Vector<double> centred = point - Mean;
        return (centred * First, centred * Second);
    }

    /// <summary>The labels of the axes.</summary>
    public (string X, string Y) Axes => (Axis(1, Shares.First), Axis(2, Shares.Second));

    private static string Axis(int index, double share)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"principal component {index} ({share:P0} of the variance)");
}
