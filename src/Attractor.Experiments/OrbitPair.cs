using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>Two orbits side by side that turn together and share their axes.</summary>
internal static class OrbitPair
{
    public static IReadOnlyList<OrbitFigure> Of(
        (string Title, string Caption, double[][] Points) truth,
        (string Title, string Caption, double[][] Points) generated,
        IReadOnlyList<string> labels)
        => OrbitFigure.SharingAxes(
        [
            new(truth.Title, truth.Caption, "--true", labels, truth.Points) { Link = "attractor" },
            new(generated.Title, generated.Caption, "--generated", labels, generated.Points) { Link = "attractor" },
        ]);
}
