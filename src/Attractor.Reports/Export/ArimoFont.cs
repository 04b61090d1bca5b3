using PdfSharp.Fonts;

namespace Attractor.Reports;

/// <summary>The font of figures on paper: Arimo, as wide as Helvetica and Arial, which journals ask for. It lies in this library.</summary>
internal sealed class ArimoFont : IFontResolver
{
    /// <summary>Its name.</summary>
    public const string Name = "Arimo";

    private static readonly Lazy<bool> s_known = new(Register);

    /// <summary>Makes it known to the library that writes PDF, which asks one resolver for all: what a program has set stays.</summary>
    public static void MakeKnown() => _ = s_known.Value;

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) => familyName == Name ? new(Name) : null;

    /// <inheritdoc/>
    public byte[]? GetFont(string faceName) => faceName == Name ? Read() : null;

    /// <summary>The contents of its file.</summary>
    public static byte[] Read()
    {
        using Stream stream = typeof(ArimoFont).Assembly.GetManifestResourceStream("font.ttf")!;
        byte[] font = new byte[stream.Length];
        stream.ReadExactly(font);
        return font;
    }

    private static bool Register()
    {
        if (GlobalFontSettings.FontResolver is null)
            GlobalFontSettings.FontResolver = new ArimoFont();
        else
            GlobalFontSettings.FallbackFontResolver ??= new ArimoFont();
        return true;
    }
}
