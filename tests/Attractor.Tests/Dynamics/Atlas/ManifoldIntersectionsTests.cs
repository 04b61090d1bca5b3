using Attractor.Dynamics;

namespace Attractor.Tests.Dynamics.Atlas;

public sealed class ManifoldIntersectionsTests
{
    // Two crossings a ten-thousandth apart: two points of segments as long as 1, one of segments as long as a million.
    [Theory]
    [InlineData(1, 2)]
    [InlineData(1e6, 1)]
    public void Crossings_are_one_where_a_segment_cannot_tell_them_apart(double size, int expected)
    {
        InvariantManifold across = Of([[0, -size], [0, size]]);
        InvariantManifold along = Of([[-size, 0], [size, 0]], [[-size, 1e-4], [size, 1e-4]]);
        Assert.Equal(expected, ManifoldIntersections.Between(across, along).Count);
    }

    [Fact]
    public void Segments_cross_where_their_lines_do()
    {
        IReadOnlyList<double> point = Assert.Single(ManifoldIntersections.Between(Of([[0, 0], [4, 2]]), Of([[0, 3], [3, 0]])));
        Assert.Equal([2, 1], point);
        Assert.Empty(ManifoldIntersections.Between(Of([[0, 0], [4, 2]]), Of([[0, 3], [1.5, 1.5]])));
        Assert.Empty(ManifoldIntersections.Between(Of([[0, 0], [4, 2]]), Of([[0, 3], [3, 0]]), except: [[2, 1]]));
    }

    private static InvariantManifold Of(params double[][][] segments) => new(
        true, 1, [.. segments.Select(s => new ManifoldPiece([s[0], s[1]]))], 1, Complete: true, AllRegions: true, Singular: 0);
}
