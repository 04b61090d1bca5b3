using System.Globalization;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Benchmarks;

/// <summary>
/// Epochs of the variational autoencoder 784-400-400-200 on rounded MNIST digits, batch 100, Adam; float32. Prints the seconds of each and
/// the losses as a JSON line.
/// </summary>
internal static class Autoencoders
{
    /// <param name="arguments">The folder of the four MNIST files, the number of epochs (3), and of threads (0 for all processors).</param>
    public static void Run(string[] arguments)
    {
        string folder = arguments.Length > 0 ? arguments[0] : throw new ArgumentException("Expected the folder of the MNIST files.");
        int epochs = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 3;
        int? threads = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : null;
        ImageSet images = ImageFile.Read(Path.Combine(folder, "train-images-idx3-ubyte.gz"));
        VariationalAutoencoder model = new(new() { Observed = images.Dimension, Seed = 1 });
        List<double> seconds = [], losses = [];
        // Rounded once: what the peer does too.
        AutoencoderTraining.Fit(
            model,
            SampleSet.Of(images.Binarize(Binarization.Rounded)),
            null,
            new() { Epochs = epochs, Threads = threads, Seed = 1 },
            callbacks: new()
            {
                Epoch = point =>
                {
                    seconds.Add(point.EpochSeconds);
                    losses.Add(point.Loss);
                },
            });
        Console.WriteLine($$"""{"threads":{{threads ?? Environment.ProcessorCount}},"seconds":[{{List(seconds)}}]"""
            + $$""","loss":[{{List(losses)}}]}""");

        static string List(IEnumerable<double> values)
            => string.Join(',', values.Select(v => v.ToString("F3", CultureInfo.InvariantCulture)));
    }
}
