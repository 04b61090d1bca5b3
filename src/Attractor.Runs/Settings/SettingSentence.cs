using System.Globalization;
using System.Runtime.CompilerServices;

namespace Attractor.Runs;

/// <summary>
/// Sentences that name settings, each formatted as <c>{nameof(Property):setting}</c>, for whoever asks for them by which name.
/// </summary>
internal static class SettingSentence
{
    private const string NameFormat = "setting";

    /// <summary>The sentence with the names of the settings as they are asked for.</summary>
    /// <param name="sentence">It may hold other such sentences.</param>
    /// <param name="name">From the name of a property or an argument to that of, say, an option.</param>
    public static string Render(FormattableString sentence, Func<string, string> name)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return string.Format(new Naming(name), sentence.Format, sentence.GetArguments());
    }

    /// <summary>The sentence with the names as the library has them.</summary>
    public static string Render(FormattableString sentence) => Render(sentence, name => name);

    /// <summary>One sentence of parts that would not fit in a line.</summary>
    public static FormattableString Join(params FormattableString[] parts)
        => FormattableStringFactory.Create(string.Concat(parts.Select((_, i) => $"{{{i}}}")), [.. parts]);

    private sealed class Naming(Func<string, string> name) : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType)
            => formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType!);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            string property when format == NameFormat => name(property),
            FormattableString sentence => Render(sentence, name),
            IFormattable value => value.ToString(format, CultureInfo.InvariantCulture),
            _ => arg?.ToString() ?? "",
        };
    }
}
