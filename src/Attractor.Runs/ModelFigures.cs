using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>What shows a model as it is at one moment of its training.</summary>
/// <param name="Elements">Figures and pictures.</param>
/// <param name="Update">The updates it took, of a mixture the sweeps; null of the trained model.</param>
internal sealed record ModelFigures(IReadOnlyList<Element> Elements, long? Update)
{
    /// <summary>Whether a file is the trained model of a run, rather than a checkpoint.</summary>
    public static bool IsTrained(string file) => Path.GetFileName(file) == RunLayout.Model;
}
