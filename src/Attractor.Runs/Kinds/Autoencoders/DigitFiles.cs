using Attractor.Data;

namespace Attractor.Runs;

/// <summary>Training and test digits: MNIST where it can be found, else digits that the program draws.</summary>
/// <param name="Training">For training.</param>
/// <param name="Test">For the test.</param>
/// <param name="AreMnist">Whether they are MNIST.</param>
internal sealed record DigitFiles(ImageSet Training, ImageSet Test, bool AreMnist)
{
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
        folder ??= Mnist.Cached();
        if (folder is null)
            return Drawn();
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"there is no folder {folder} with the MNIST files");
        return new(Pair(folder, "train"), Pair(folder, "t10k"), AreMnist: true);
    }

    private static ImageSet Pair(string folder, string stem)
        => ImageFile.Read(Existing(folder, $"{stem}-images-idx3-ubyte"), Existing(folder, $"{stem}-labels-idx1-ubyte"));

    // Gzipped as they are served, or unpacked.
    private static string Existing(string folder, string name)
    {
        string packed = Path.Combine(folder, name + ".gz"), plain = Path.Combine(folder, name);
        return File.Exists(packed) || !File.Exists(plain) ? packed : plain;
    }
}
