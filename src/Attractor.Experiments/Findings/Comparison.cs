using System.Text.Json.Nodes;
using Attractor.Reports;

namespace Attractor.Experiments;

/// <summary>What a document says of a quantity, what was found here, and why the two differ.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Document">The document's value; <see cref="ComparedValue.None"/> where it has none.</param>
/// <param name="Here">The value found.</param>
/// <param name="Why">Why they differ or agree, in a sentence; what of the document is corrected.</param>
internal sealed record Comparison(string Quantity, ComparedValue Document, ComparedValue Here, string Why)
{
    private ComparedValue? Difference => Here.Less(Document);

    public ComparisonRow ToRow() => new(Quantity, $"{Document}", $"{Here}", $"{Difference}", Why);

    public JsonObject ToJson() => new()
    {
        ["quantity"] = Quantity,
        ["document"] = Document.ToJson(),
        ["here"] = Here.ToJson(),
        ["difference"] = Difference?.ToJson(),
        ["why"] = Why,
    };
}
