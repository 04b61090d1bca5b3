namespace Attractor.Runs;

/// <summary>
/// The four files of MNIST (LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document
/// recognition", Proceedings of the IEEE 86, 1998).
/// </summary>
internal static class Mnist
{
    /// <summary>Where they are served, the first to be tried first.</summary>
    public static IReadOnlyList<Uri> Mirrors { get; } =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/")
    ];

    public static IReadOnlyList<DatasetFile> Files { get; } =
    [
        new("train-images-idx3-ubyte.gz", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte.gz", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new("t10k-images-idx3-ubyte.gz", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte.gz", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ];

    /// <summary>The cache, if it seems to hold all four files; else null.</summary>
    public static string? Cached() => CacheFolder.Of("mnist") is { } folder && Files.All(file => file.SeemsToBeIn(folder)) ? folder : null;
}
