using Attractor.Dynamics;

namespace Attractor.Tests.Dynamics.Atlas;

public sealed class FlatPieceTests
{
    [Fact]
    public void A_segment_is_cut_into_segments_that_meet_on_the_boundary()
    {
        List<FlatPiece> pieces = new FlatPiece([[-1, 4], [3, 8]], [[-1], [3]]).Cut();
        Assert.Equal(2, pieces.Count);
        foreach (FlatPiece piece in pieces)
        {
            Assert.Equal(2, piece.Points.Length);
            Assert.Contains(piece.Points, p => p is [0, 5]);
            Assert.Contains(piece.Values, v => v is [0]);
        }
        Assert.Contains(pieces, piece => piece.Points.Any(p => p is [-1, 4]));
        Assert.Contains(pieces, piece => piece.Points.Any(p => p is [3, 8]));
    }

    [Fact]
    public void A_square_is_cut_into_polygons_of_its_area()
    {
        // Along x = 1/4.
        double[][] corners = [[0, 0], [1, 0], [1, 1], [0, 1]];
        List<FlatPiece> pieces = new FlatPiece(corners, [.. corners.Select(c => (double[])[c[0] - 0.25])]).Cut();
        Assert.Equal([0.25, 0.75], pieces.Select(p => Area(p.Points)).Order());
        Assert.All(pieces, p => Assert.Equal(4, p.Points.Length));
    }

    private static double Area(double[][] p)
        => Math.Abs(Enumerable.Range(0, p.Length).Sum(k => Cross(p[k], p[(k + 1) % p.Length]))) / 2;

    private static double Cross(double[] a, double[] b) => (a[0] * b[1]) - (a[1] * b[0]);
}
