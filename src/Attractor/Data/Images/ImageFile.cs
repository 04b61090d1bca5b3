namespace Attractor.Data;

/// <summary>
/// Reads images and labels from files: idx (plain or gzipped), .npy, .csv, .tsv, and every <see cref="SeriesFormat"/> of one series.
/// </summary>
/// <remarks>
/// Grey levels are either real numbers from 0 to 1, or whole ones from 0 to 255, which are divided by 255; a file without a value above 1
/// is of the first kind. Every failure is an <see cref="InvalidDataException"/>, a <see cref="FileNotFoundException"/> or an
/// <see cref="IOException"/> whose message is one line that starts with the name of the file.
/// </remarks>
public static class ImageFile
{
    private static string Known => "idx, idx.gz, " + Tables;

    private static string Tables => SeriesFormat.Listed(format => !format.HoldsTrials);

    /// <summary>Reads a set of images.</summary>
    /// <param name="path">An idx file of shape (N, H, W), a .npy file of shape (N, H, W) or (N, D), or text of N rows of D cells. D pixels
    /// are a square if D is one, else 1 x D.</param>
    /// <param name="labels">A file of as many labels, if there is one: whole numbers from 0, as idx or .npy of
    /// shape (N), or as text of one column.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A file is empty, damaged, of an unknown kind, does not hold grey levels, or the labels are
    /// not as many as the images.</exception>
    /// <exception cref="IOException">A path is a directory, or a file cannot be read.</exception>
    public static ImageSet Read(string path, string? labels = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (float[] pixels, int height, int width) = FileErrors.Named(path, () => ReadPixels(path));
        if (labels is null)
            return new(pixels, height, width);
        int[] read = ReadLabels(labels);
        int count = pixels.Length / (height * width);
        return read.Length == count
            ? new(pixels, height, width, read)
            : throw new InvalidDataException(
                $"{FileErrors.NameOf(labels)}: holds {read.Length} labels, expected {count}, one for each image in "
                + $"{FileErrors.NameOf(path)}; name the labels of the same part");
    }

    /// <summary>Reads labels: whole numbers from 0.</summary>
    /// <param name="path">An idx or .npy file of shape (N), or text of one column.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged, of an unknown kind, or does not hold labels.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static int[] ReadLabels(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FileErrors.Named<int[]>(path, () =>
        {
            using FileStream file = FileErrors.Open(path, Known);
            if (IsIdx(file))
            {
                IdxArray array = IdxFile.Read(file);
                return array.Shape.Count == 1
                    ? [.. array.Values.Select(label => (int)label)]
                    : throw new InvalidDataException(
                        $"an array of shape {array.ShapeText}, expected labels of shape (N,); are these the images?");
            }
            (double[] values, int height, int width) = ReadNumbers(file, path, lowestRank: 1);
            if (height * width != 1)
                throw new InvalidDataException($"rows of {height * width} values, expected one label each; are these the images?");
            int wrong = Array.FindIndex(values, value => !(value is >= 0 and <= int.MaxValue) || value != Math.Floor(value));
            return wrong < 0
                ? [.. values.Select(value => (int)value)]
                : throw new InvalidDataException(
                    FormattableString.Invariant($"label {wrong} (from 0) is {values[wrong]}, expected whole numbers from 0"));
        });
    }

    private static (float[] Pixels, int Height, int Width) ReadPixels(string path)
    {
        using FileStream file = FileErrors.Open(path, Known);
        if (!IsIdx(file))
        {
            (double[] values, int rows, int columns) = ReadNumbers(file, path, lowestRank: 2);
            return (ToPixels(values, rows * columns), rows, columns);
        }
        IdxArray array = IdxFile.Read(file);
        if (array.Shape.Count is not (2 or 3))
            throw new InvalidDataException(
                $"an array of shape {array.ShapeText}, expected images of shape (N, H, "
                + $"W){(array.Shape.Count == 1 ? "; are these the labels?" : "")}");
        (int height, int width) = array.Shape.Count == 3 ? (array.Shape[1], array.Shape[2]) : Layout(array.Shape[1]);
        float scale = array.Values.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1) ? 255 : 1;
        float[] pixels = GC.AllocateUninitializedArray<float>(array.Values.Length);
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = array.Values[i] / scale;
        return (pixels, height, width);
    }

    private static (double[] Values, int Height, int Width) ReadNumbers(FileStream file, string path, int lowestRank)
    {
        SeriesFormat? format = SeriesFormat.OfContents(file, SeriesFormat.Find(path));
        if (format is NpyFormat)
        {
            (double[] values, NpyHeader header) = NpyReader.ReadImages(file, file.Length);
            if (header.Rank < lowestRank)
                throw new InvalidDataException(
                    $"an array of shape ({header.Rows},), expected images of shape (N, H, W) or (N, D); are these the labels?");
            (int height, int width) = header.Rank == 3 ? (header.Height, header.Width) : Layout(header.Columns);
            return (values, height, width);
        }
        if (format is null or { HoldsTrials: true })
            throw new InvalidDataException(
                $"neither an idx file, plain or gzipped, nor {Tables}; save images with np.save(\"images.npy\", x), x of shape (N, H, W)");
        TimeSeries rows = format.Read(file, null)[0];
        (int rowHeight, int rowWidth) = Layout(rows.Dimension);
        return (rows.Values.ToArray(), rowHeight, rowWidth);
    }

    private static float[] ToPixels(double[] values, int dimension)
    {
        bool whole = values.Any(value => value > 1);
        float[] pixels = GC.AllocateUninitializedArray<float>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            bool grey = whole ? value is >= 0 and <= 255 && value == Math.Floor(value) : value is >= 0 and <= 1;
            if (!grey)
            {
                string found = double.IsNaN(value) ? "missing" : FormattableString.Invariant($"{value}");
                throw new InvalidDataException(
                    $"pixel {i % dimension} of image {i / dimension} (from 0) is {found}, expected "
                    + $"{(whole ? "whole grey levels from 0 to 255, as other values exceed 1" : "grey levels from 0 to 1")}");
            }
            pixels[i] = (float)(whole ? value / 255 : value);
        }
        return pixels;
    }

    private static (int Height, int Width) Layout(int dimension)
    {
        int side = (int)Math.Round(Math.Sqrt(dimension));
        return side * side == dimension ? (side, side) : (1, dimension);
    }

    private static bool IsIdx(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return IdxFile.Announces(start[..length]);
    }
}
