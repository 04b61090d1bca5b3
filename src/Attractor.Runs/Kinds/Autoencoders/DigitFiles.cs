using Attractor.Data;

namespace Attractor.Runs;

/// <summary>Training and test digits: MNIST where it can be found, else digits that the program draws.</summary>
/// <param name="Training">For training.</param>
/// <param name="Test">For the test.</param>
/// <param name="AreMnist">Whether they are MNIST.</param>
internal sealed record DigitFiles(ImageSet Training, ImageSet Test, bool AreMnist)
{
    private const string TrainingStem = "train", TestStem = "t10k";

    private const int DrawnForTraining = 10_000, DrawnForTest = 1_000;
    private const ulong SeedOfTraining = 1, SeedOfTest = 2;

    public string Description => FormattableString.Invariant(
        $"{Training.Count:N0} training and {Test.Count:N0} test digits {(AreMnist ? "of MNIST" : "drawn by the program")}");

    /// <summary>The digits that the program draws.</summary>
    public static DigitFiles Drawn()
        => new(DrawnDigits.Draw(DrawnForTraining, SeedOfTraining), DrawnDigits.Draw(DrawnForTest, SeedOfTest), AreMnist: false);

    /// <summary>The four files of a folder; null for those of the cache, or drawn ones.</summary>
    public static DigitFiles Read(string? folder)
    {
        folder = Folder(folder);
        if (folder is null)
            return Drawn();
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"there is no folder {folder} with the MNIST files");
        return new(Pair(folder, TrainingStem), Pair(folder, TestStem), AreMnist: true);
    }

    /// <summary>The settings of an autoencoder that learns the same digits.</summary>
    /// <param name="folder">As <see cref="Read"/> takes it.</param>
    /// <param name="settings">Its other settings.</param>
    public static AutoencoderSettings Name(string? folder, AutoencoderSettings settings) => Folder(folder) is not { } files
        ? settings
        : settings with
        {
            Images = Images(files, TrainingStem),
            Labels = Labels(files, TrainingStem),
            TestImages = Images(files, TestStem),
            TestLabels = Labels(files, TestStem),
        };

    private static string? Folder(string? named) => named ?? Mnist.Cached();

    private static ImageSet Pair(string folder, string stem)
        => ImageFile.Read(Images(folder, stem), Labels(folder, stem));

    private static string Images(string folder, string stem) => Existing(folder, $"{stem}-images-idx3-ubyte");

    private static string Labels(string folder, string stem) => Existing(folder, $"{stem}-labels-idx1-ubyte");

    // Gzipped as they are served, or unpacked.
    private static string Existing(string folder, string name)
    {
        string packed = Path.Combine(folder, name + ".gz"), plain = Path.Combine(folder, name);
        return File.Exists(packed) || !File.Exists(plain) ? packed : plain;
    }
}
