using Attractor.Models;
using Attractor.Reports;

namespace Attractor.Studio.Folders;

/// <summary>What a model does by itself, beside the data it learns from.</summary>
internal sealed class Regrown
{
    /// <param name="model">The model.</param>
    /// <param name="truth">The data.</param>
    /// <param name="update">The updates it took; null of the trained model.</param>
    /// <param name="rows">Rows that are shown.</param>
    public Regrown(IGenerativeModel model, TimeSeries truth, long? update, int rows)
    {
        Update = update;
        int start = Enumerable.Range(0, truth.Length).FirstOrDefault(t => IsWhole(truth.Row(t)));
        int shown = Math.Min(rows, truth.Length - start);
        Truth = truth.Slice(start, shown);
        Generated = model.Generate(truth, shown, start, Math.Min(model.WarmUp, truth.Length - 1 - start));
    }

    /// <summary>The updates that the model took; null of the trained model.</summary>
    public long? Update { get; }

    /// <summary>The data.</summary>
    public TimeSeries Truth { get; }

    /// <summary>The model's run.</summary>
    public TimeSeries Generated { get; }

    /// <summary>Whether it is there at all.</summary>
    public bool IsFinite => Generated.FindNonFinite() is null;

    /// <summary>Both as figures that turn together.</summary>
    public IEnumerable<Figure> Attractor(string truth = "True", string generated = "Generated")
        => new GeometryFigures(Truth, Generated) { Names = (truth, generated) }.Elements()
            .SelectMany(e => e is Row row ? row.Elements : [e]).OfType<Figure>();

    /// <summary>Its return map and its spectra.</summary>
    public IEnumerable<Figure> Others()
    {
        if (!IsFinite || Truth.FindNonFinite() is not null)
            return [];
        IEnumerable<Figure> spectra = SpectrumFigures.Of(Truth, Generated).SelectMany(e => e is Row row ? row.Elements : [e])
            .OfType<Figure>();
        return ReturnMapFigure.Of(Truth, Generated) is { } map ? spectra.Append(map with { Height = 280 }) : spectra;
    }

    private static bool IsWhole(ReadOnlySpan<double> row)
    {
        foreach (double value in row)
            if (!double.IsFinite(value))
                return false;
        return true;
    }
}
