using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>Rows of observed variables as a file: a picture of a grid of images, or a table.</summary>
internal static class RowsOutput
{
    private const int Magnification = 2;

    /// <summary>The file's name where none is given: a picture if the model is one of images.</summary>
    public static string NameOf(string? given, string stem, VariationalAutoencoder model)
        => given ?? stem + (model.Options.Image is null ? ".npy" : ".png");

    /// <summary>Writes rows by the extension of the file.</summary>
    /// <param name="path">.png, or what a series is written to.</param>
    /// <param name="rows">n x D.</param>
    /// <param name="model">Says what an image is.</param>
    /// <param name="columns">Images in a row of the grid; null for a square.</param>
    /// <param name="names">Of the variables; null for x1, x2, ...</param>
    public static void Write(
        string path, ReadOnlySpan<float> rows, VariationalAutoencoder model, int? columns = null, IReadOnlyList<string>? names = null)
    {
        if (!Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            double[] values = new double[rows.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = rows[i];
            SeriesFile.Write(path, new TimeSeries(values, model.Observed, names: names));
            return;
        }
        (int height, int width) = model.Options.Image
            ?? throw new ArgumentException(
                $"the model's variables are not the pixels of an image: write {Path.ChangeExtension(path, ".npy")} instead");
        Png.Write(path, new ImageGrid { Columns = columns, Magnification = Magnification }.Of(rows, height, width));
    }
}
