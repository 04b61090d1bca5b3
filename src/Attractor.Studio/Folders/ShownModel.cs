using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Studio.Folders;

/// <summary>What shows a model beside what it does by itself.</summary>
internal sealed class ShownModel
{
    public ShownModel(ModelFigures figures) => (Elements, Update) = (Flat(figures.Elements), figures.Update);

    /// <summary>Figures and pictures.</summary>
    public IReadOnlyList<Element> Elements { get; }

    /// <summary>The updates that the model took; null of the trained one.</summary>
    public long? Update { get; }

    private static IReadOnlyList<Element> Flat(IEnumerable<Element> elements)
        => [.. elements.SelectMany(e => e is Row row ? Flat(row.Elements) : [e]).Where(e => e is Figure or Picture)];
}
