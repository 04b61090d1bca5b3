using System.Globalization;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>An axis of a figure in a plane: its ends, its ticks, and where a value lies on it.</summary>
internal sealed class PlotAxis
{
    private const double Padding = 0.04;
    private const int FewestTicks = 4;

    // Ticks that the figure names, such as those of bars, are all read; numbers go on between their labels.
    private readonly bool _isNumbered;

    private PlotAxis(
        bool isLogarithmic,
        double low,
        double high,
        string title,
        IReadOnlyList<(double Place, string Text)> ticks,
        bool hasGrid,
        bool isNumbered)
        => (IsLogarithmic, Low, High, Title, Ticks, HasGrid, _isNumbered) = (isLogarithmic, low, high, title, ticks, hasGrid, isNumbered);

    /// <summary>Whether places are logarithms.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The place of the lower end.</summary>
    public double Low { get; private set; }

    /// <summary>The place of the upper end.</summary>
    public double High { get; private set; }

    /// <summary>Its label.</summary>
    public string Title { get; }

    /// <summary>Places and labels.</summary>
    public IReadOnlyList<(double Place, string Text)> Ticks { get; }

    /// <summary>Whether there are lines at the ticks.</summary>
    public bool HasGrid { get; }

    /// <summary>The axis that a layout describes.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="name">xaxis or yaxis.</param>
    public static PlotAxis Of(FigureSpec figure, string name)
    {
        JsonElement layout = figure.Layout(name) ?? default;
        bool log = FigureSpec.Word(layout, "type") == "log";
        double[] given = FigureSpec.Numbers(layout, "range");
        double low, high;
        if (given.Length == 2)
            (low, high) = (given[0], given[1]);
        else
        {
            IEnumerable<double> values = figure.Traces.SelectMany(t => Values(t, name[..1]));
            double[] places = [.. values.Select(v => log ? Math.Log10(v) : v).Where(double.IsFinite)];
            (low, high) = places.Length == 0 ? (0, 1) : (places.Min(), places.Max());
            if (FigureSpec.Word(layout, "rangemode") == "tozero")
                (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
            double room = high > low ? Padding * (high - low) : 0.5;
            (low, high) = (low - (FigureSpec.Word(layout, "rangemode") == "tozero" && low == 0 ? 0 : room), high + room);
        }
        return new(
            log, low, high, FigureSpec.Word(layout, "title", "text") ?? "", TicksOf(layout, log, low, high),
            FigureSpec.Part(layout, "showgrid") is not { ValueKind: JsonValueKind.False },
            FigureSpec.Numbers(layout, "tickvals").Length == 0);
    }

    /// <summary>Letters of the longest label.</summary>
    public int LongestLabel => Ticks.Max(t => (int?)Superscripts.Pattern().Replace(t.Text, "$1").Length) ?? 0;

    /// <summary>Which of the ticks have labels so that none touches the next: every one, every second, and so on.</summary>
    /// <param name="length">Of the axis, in pixels.</param>
    /// <param name="needed">What a label takes of it.</param>
    public int LabelStride(double length, double needed) => !_isNumbered || Ticks.Count < 2
        ? 1
        : Math.Max(1, (int)Math.Ceiling(needed / (length * Math.Abs(AtPlace(Ticks[1].Place) - AtPlace(Ticks[0].Place)))));

    /// <summary>Where a value lies between the ends, 0 to 1.</summary>
    public double At(double value) => ((IsLogarithmic ? Math.Log10(value) : value) - Low) / (High - Low);

    /// <summary>Where a place, which is a logarithm on a logarithmic axis, lies between the ends.</summary>
    public double AtPlace(double place) => (place - Low) / (High - Low);

    /// <summary>Makes the axis longer about its middle.</summary>
    public void Stretch(double factor)
    {
        double middle = (Low + High) / 2, half = factor * (High - Low) / 2;
        (Low, High) = (middle - half, middle + half);
    }

    // Dots of no size carry a scale of colours and lie outside.
    private static double[] Values(JsonElement trace, string axis)
        => FigureSpec.Part(trace, "marker", "showscale") is not null ? [] : FigureSpec.Numbers(trace, axis);

    private static List<(double, string)> TicksOf(JsonElement layout, bool log, double low, double high)
    {
        if (FigureSpec.Part(layout, "showticklabels") is { ValueKind: JsonValueKind.False })
            return [];
        double[] values = FigureSpec.Numbers(layout, "tickvals");
        string[] words = FigureSpec.Words(layout, "ticktext");
        if (values.Length > 0)
            return [.. values.Zip(words, (v, w) => (log ? Math.Log10(v) : v, w)).Where(t => t.Item1 >= low && t.Item1 <= high)];
        List<(double, string)> ticks = [];
        // Within a decade powers of ten may leave the axis without any tick.
        if (log && high - low < 1)
        {
            (double from, double to) = (Math.Pow(10, low), Math.Pow(10, high));
            double apart = NiceStep((to - from) / FewestTicks);
            for (double value = Math.Ceiling(from / apart) * apart; value <= to; value += apart)
                ticks.Add((Math.Log10(value), Number(Math.Round(value / apart) * apart)));
            return ticks;
        }
        if (log)
        {
            double step = Math.Max(1, FigureSpec.Number(layout, "dtick") ?? Math.Ceiling((high - low) / 6));
            for (double place = Math.Ceiling(low); place <= high; place += step)
                ticks.Add((place, place is 0 ? "1" : place is 1 ? "10" : $"10<sup>{Number(place)}</sup>"));
            return ticks;
        }
        double interval = NiceStep((high - low) / FewestTicks);
        for (double place = Math.Ceiling(low / interval) * interval; place <= high + (1e-9 * interval); place += interval)
            ticks.Add((place, Number(Math.Round(place / interval) * interval)));
        return ticks;
    }

    /// <summary>1, 2 or 5 times a power of ten, at most so much.</summary>
    public static double NiceStep(double most)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
    }

    /// <summary>A number as a tick says it.</summary>
    public static string Number(double value)
        => value == 0
            ? "0"
            : value.ToString(Math.Abs(value) is >= 1e-4 and < 1e6 ? "0.######" : "0.##e0", CultureInfo.InvariantCulture)
                .Replace("-", "\u2212", StringComparison.Ordinal);
}
