using System.Text;

namespace Attractor.Reports;

/// <summary>Something that stands in a section of a report.</summary>
public abstract record Element
{
    // Only the kinds of this assembly know how to write themselves.
    private protected Element()
    {
    }

    /// <summary>Appends the element's HTML, everything escaped.</summary>
    internal abstract void AppendTo(StringBuilder html);

    /// <summary>Text as HTML.</summary>
    private protected static string Escape(string text) => Markup.Escape(text);
}
