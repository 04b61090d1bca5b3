using Attractor.Dynamics;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Microsoft.DotNet.Interactive.Formatting;

namespace Attractor.Interactive;

/// <summary>
/// How a notebook of .NET Interactive shows what the library makes: series and figures as pictures, scores and exponents as tables,
/// trainings by their loss, reports as their page.
/// </summary>
public static class Formatters
{
    /// <summary>Makes them known to the kernel that the calling cell runs in. Once is enough, twice does no harm.</summary>
    public static void Register()
    {
        Show<Figure>(HtmlText.Picture);
        Show<TimeSeries>(series => HtmlText.Picture(SeriesFigure.Of(series, "Series")) + HtmlText.Line(
            FormattableString.Invariant($"{series.Length:N0} rows of {string.Join(", ", series.Names)}")));
        Show<TrainingResult>(result => HtmlText.Picture(LossFigure.Of(result.Losses)) + HtmlText.Line(
            FormattableString.Invariant($"{result.Ending}, {result.Seconds:F1} s")));
        Show<RecurrentModel>(model => HtmlText.Line(FormattableString.Invariant(
            $"{model.GetType().Name}: {model.Observed} observed of {model.Latent} latent units, {model.ParameterCount:N0} parameters")));
        Show<Reconstruction>(score => HtmlText.Table(
            ["score", "value", "a perfect model's"],
            score.Scores.Select(s => (IReadOnlyList<string>)[s.Name, HtmlText.Number(s.Value), HtmlText.Number(s.Floor)])));
        Show<LyapunovSpectrum>(spectrum => HtmlText.Table(
            ["exponent", "a step", "+-"],
            spectrum.Exponents.Select((exponent, i) => (IReadOnlyList<string>)
                [FormattableString.Invariant($"{i + 1}"), HtmlText.Number(exponent), HtmlText.Number(spectrum.StandardErrors[i])])));
        Show<Report>(HtmlText.Page);
    }

    private static void Show<T>(Func<T, string> html)
    {
        Formatter.Register<T>((value, writer) => writer.Write(html(value)), HtmlFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(T), HtmlFormatter.MimeType);
    }
}
