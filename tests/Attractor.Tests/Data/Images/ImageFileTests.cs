using System.Text;
using Attractor.Data;
using Attractor.Tests.Data.Formats;

namespace Attractor.Tests.Data.Images;

public sealed class ImageFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_idx_file_and_its_labels_are_a_set()
    {
        IdxFile.Write(_folder.File("images"), new([0, 51, 102, 255, 255, 0, 0, 0], [2, 2, 2]));
        IdxFile.Write(_folder.File("labels.gz"), new([4, 9], [2]));
        ImageSet images = ImageFile.Read(_folder.File("images"), _folder.File("labels.gz"));
        Assert.Equal((2, 2, 2), (images.Count, images.Height, images.Width));
        Assert.Equal([0, 0.2f, 0.4f, 1, 1, 0, 0, 0], images.Pixels);
        Assert.Equal([4, 9], images.Labels);
    }

    [Theory]
    [InlineData("'|u1'", false)]
    [InlineData("'<f4'", false)]
    [InlineData("'|u1'", true)]
    public void An_array_of_images_is_read_whatever_its_type_and_order(string type, bool columnMajor)
    {
        // x[n, h, w] = 100 n + 10 h + w, of shape (2, 3, 4).
        float[] expected = [.. from n in Enumerable.Range(
            0, 2) from h in Enumerable.Range(0, 3) from w in Enumerable.Range(0, 4) select (float)((100 * n) + (10 * h) + w)];
        float[] stored = columnMajor
            ? [.. from w in Enumerable.Range(
                0, 4) from h in Enumerable.Range(0, 3) from n in Enumerable.Range(0, 2) select (float)((100 * n) + (10 * h) + w)]
            : expected;
        byte[] data = type == "'<f4'" ? [.. stored.SelectMany(BitConverter.GetBytes)] : [.. stored.Select(x => (byte)x)];
        string header = $"{{'descr': {type}, 'fortran_order': {(columnMajor ? "True" : "False")}, 'shape': (2, 3, 4)}}";
        ImageSet images = ImageFile.Read(_folder.File("images.npy", NumpyFilesTests.Npy(header, data)));
        Assert.Equal((2, 3, 4), (images.Count, images.Height, images.Width));
        Assert.Equal([.. expected.Select(x => x / 255)], images.Pixels);
    }

    [Fact]
    public void Rows_of_a_square_number_of_pixels_are_squares_and_others_are_rows()
    {
        Assert.Equal((2, 2, 2), Shape("0,0.25,0.5,1\n1,1,1,1\n"));
        Assert.Equal((2, 1, 3), Shape("a,b,c\n0,0.25,0.5\n1,1,1\n"));

        (int, int, int) Shape(string text)
        {
            ImageSet images = ImageFile.Read(_folder.File("x.csv", Encoding.UTF8.GetBytes(text)));
            return (images.Count, images.Height, images.Width);
        }
    }

    [Fact]
    public void A_file_without_a_value_above_1_holds_no_bytes()
    {
        Assert.Equal([0, 0.25f, 1], ImageFile.Read(_folder.File("grey.csv", "0,0.25,1\n"u8.ToArray())).Pixels);
        Assert.Equal([0, 1, 1], ImageFile.Read(_folder.File("levels.csv", "0,255,255\n"u8.ToArray())).Pixels);
        IdxFile.Write(_folder.File("binary"), new([0, 1, 1], [1, 3]));
        Assert.Equal([0, 1, 1], ImageFile.Read(_folder.File("binary")).Pixels);
    }

    [Theory]
    [InlineData(
        "x.csv",
        "0,0.5,2,3\n0,0,0,0\n",
        "x.csv: pixel 1 of image 0 (from 0) is 0.5, expected whole grey levels from 0 to 255, as other values exceed 1")]
    [InlineData("x.csv", "0,0.5\n-1,0\n", "x.csv: pixel 0 of image 1 (from 0) is -1, expected grey levels from 0 to 1")]
    [InlineData("x.csv", "0,0.5\n,0\n", "x.csv: pixel 0 of image 1 (from 0) is missing")]
    [InlineData("x.csv", "0,256\n", "x.csv: pixel 1 of image 0 (from 0) is 256")]
    [InlineData("x.foo", "0,256\n", "x.foo: neither an idx file, plain or gzipped, nor .npy, .csv, .tsv, .txt, .dat, .jsonl")]
    [InlineData("x.csv", "", "x.csv: the file is empty")]
    public void What_are_not_images_is_refused_in_one_line(string name, string contents, string message)
    {
        string path = _folder.File(name, Encoding.UTF8.GetBytes(contents));
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => ImageFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_another_rank_are_refused()
    {
        byte[] colours = NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3, 4, 3)}", new byte[72]);
        Assert.Contains(
            "(2, 3, 4, 3), expected images of shape (N, H, W) or (N, D)",
            Refusal(() => ImageFile.Read(_folder.File("x.npy", colours))),
            StringComparison.Ordinal);
        byte[] flat = NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", [1, 2, 3]);
        Assert.Contains(
            "(3,), expected images of shape (N, H, W) or (N, D); are these the labels?",
            Refusal(() => ImageFile.Read(_folder.File("x.npy", flat))),
            StringComparison.Ordinal);
        byte[] beyond = NumpyFilesTests.Npy(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775807, 9223372036854775807, 9223372036854775807)}", []);
        Assert.Contains(
            "more than the 268435456 values", Refusal(() => ImageFile.Read(_folder.File("x.npy", beyond))), StringComparison.Ordinal);
        IdxFile.Write(_folder.File("labels"), new([1, 2], [2]));
        IdxFile.Write(_folder.File("images"), new([1, 2, 3], [3, 1, 1]));
        Assert.Contains("are these the labels?", Refusal(() => ImageFile.Read(_folder.File("labels"))), StringComparison.Ordinal);
        Assert.Contains("are these the images?", Refusal(() => ImageFile.ReadLabels(_folder.File("images"))), StringComparison.Ordinal);
        Assert.Equal(
            "labels: holds 2 labels, expected 3, one for each image in images; name the labels of the same part",
            Refusal(() => ImageFile.Read(_folder.File("images"), _folder.File("labels"))));
    }

    [Fact]
    public void Labels_are_whole_numbers_from_0_in_any_format()
    {
        Assert.Equal([3, 0], ImageFile.ReadLabels(
            _folder.File("y.npy", NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", [3, 0]))));
        Assert.Equal([3, 0], ImageFile.ReadLabels(_folder.File("y.csv", "label\n3\n0\n"u8.ToArray())));
        Assert.Equal(
            "y.csv: label 1 (from 0) is 0.5, expected whole numbers from 0",
            Refusal(() => ImageFile.ReadLabels(_folder.File("y.csv", "3\n0.5\n"u8.ToArray()))));
        Assert.Equal(
            "y.csv: rows of 2 values, expected one label each; are these the images?",
            Refusal(() => ImageFile.ReadLabels(_folder.File("y.csv", "3,1\n"u8.ToArray()))));
        Assert.Equal("y.npy: rows of 4 values, expected one label each; are these the images?",
            Refusal(() => ImageFile.ReadLabels(
                _folder.File("y.npy", NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 4, 1)}", [3, 0, 1, 2])))));
        Assert.Throws<FileNotFoundException>(() => ImageFile.ReadLabels(_folder.File("nothing")));
    }

    [Fact]
    public void The_published_digits_have_their_known_fraction_of_white_pixels()
    {
        Assert.SkipUnless(SharedData.TryFind("mnist", out string folder), "MNIST is not there");
        ImageSet test = ImageFile.Read(
            Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"));
        Assert.Equal((10_000, 28, 28), (test.Count, test.Height, test.Width));
        Assert.Equal([7, 2, 1, 0, 4], test.Labels[..5]);
        double white = 0;
        foreach (float pixel in test.Binarize(Binarization.Rounded).Pixels)
            white += pixel;
        Assert.Equal(0.13423, white / test.Pixels.Length, 5e-6);
    }

    private static string Refusal(Action read) => Assert.Throws<InvalidDataException>(read).Message;
}
