using System.Buffers.Binary;
using System.IO.Compression;
using Attractor.Data;

namespace Attractor.Cli.Tests;

public sealed class AutoencoderBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AutoencoderBadInputTests()
    {
        ImageFiles.Write(_folder.File("train.idx"), _folder.File("labels.idx"));
        ImageFiles.WriteTable(_folder.File("table.npy"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train vae --images train.idx --layers 0", "--layers")]
    [InlineData("train vae --images train.idx --layers a,b", "--layers")]
    [InlineData("train vae --images train.idx --layers 16,,16", "--layers")]
    [InlineData("train vae --images train.idx --layers 2000000", "fits")]
    [InlineData("train vae --images train.idx --layers 1000000,1000000", "--layers 1,000,000 takes more memory than there can be")]
    [InlineData("train vae --images train.idx --latent 0", "--latent")]
    [InlineData("train vae --images train.idx --latent -3", "--latent")]
    [InlineData("train vae --images train.idx --batch 0", "--batch")]
    [InlineData("train vae --images train.idx --epochs 0", "--epochs")]
    [InlineData("train vae --images train.idx --lr 0", "--lr")]
    [InlineData("train vae --images train.idx --lr-end 0", "--lr-end")]
    [InlineData("train vae --images train.idx --beta -1", "--beta")]
    [InlineData("train vae --images train.idx --warm-up-epochs -1", "--warm-up-epochs")]
    [InlineData("train vae --images train.idx --clip -1", "--clip")]
    [InlineData("train vae --images train.idx --shards 0", "--shards")]
    [InlineData("train vae --images train.idx --threads -1", "--threads")]
    [InlineData("train vae --images train.idx --seed -1", "--seed")]
    [InlineData("train vae --images train.idx --importance-samples 0", "--importance-samples")]
    [InlineData("train vae --images train.idx --binarize foo", "one of real, round, sample")]
    [InlineData("train vae --images train.idx --binarize rond", "did you mean round")]
    [InlineData("train vae --images train.idx --activation foo", "one of relu, leaky-relu")]
    [InlineData("train vae --images train.idx --activation thanh", "did you mean tanh")]
    [InlineData("train vae --images train.idx --observation bernouli", "did you mean bernoulli")]
    [InlineData("train vae --images train.idx --latnet 3", "did you mean --latent")]
    [InlineData("train vae --images train.idx --observation poisson --binarize real", "counts")]
    [InlineData("train vae table.npy --images train.idx", "both data")]
    [InlineData("train vae table.npy --labels labels.idx", "--labels is for images")]
    [InlineData("train vae table.npy --test-images train.idx", "--test-images is for images")]
    [InlineData("train vae table.npy --binarize real", "--binarize is for images")]
    [InlineData("train vae --images train.idx --test-data table.npy", "--test-data is for tables")]
    [InlineData("train vae --images train.idx --test-labels labels.idx", "--test-labels needs --test-images")]
    [InlineData("train vae --images missing.idx", "missing.idx")]
    [InlineData("train vae --images .", "directory")]
    [InlineData("train vae --images train.idx --labels missing.idx", "missing.idx")]
    [InlineData("train vae missing.npy", "missing.npy")]
    [InlineData("train vae --images labels.idx", "labels.idx")]
    [InlineData("train vae --images train.idx --labels train.idx", "labels")]
    [InlineData("train vae --images train.idx --test-images labels.idx", "labels.idx")]
    [InlineData("train vae --images train.idx --test-images train.idx --test-labels train.idx", "labels")]
    [InlineData("train vae table.npy --observation bernoulli", "a Bernoulli decoder observes 0 to 1")]
    [InlineData("train vae table.npy --observation poisson", "a Poisson decoder observes counts")]
    [InlineData("train vae --images table.npy", "table.npy")]
    [InlineData("interpolate nowhere", "nowhere")]
    [InlineData("reconstruct table.npy", "safetensors")]
    public void What_cannot_be_trained_gets_one_line_and_leaves_nothing(string line, string words)
    {
        string[] arguments = line.Split(' ');
        Command.Run(_folder.Path, arguments[0] == "train" ? [.. arguments, "-o", "RUN"] : arguments).IsBadInput(words);
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    [Fact]
    public void Images_and_labels_of_different_counts_are_refused()
    {
        ImageFiles.Write(_folder.File("few.idx"), _folder.File("few-labels.idx"), count: 290);
        TrainRefuses(["--images", "train.idx", "--labels", "few-labels.idx"], "300", "290", "few-labels.idx");
        TrainRefuses(["--images", "train.idx", "--test-images", "few.idx", "--test-labels", "labels.idx"], "300", "290", "labels.idx");
    }

    [Fact]
    public void Test_images_of_another_size_are_refused()
    {
        ImageFiles.Write(_folder.File("large.idx"), side: 7);
        TrainRefuses(["--images", "train.idx", "--test-images", "large.idx"], "36", "49", "test");
    }

    [Theory]
    [InlineData("magic", "neither an idx file")]
    [InlineData("type", "expected unsigned bytes")]
    [InlineData("truncated", "truncated")]
    [InlineData("long", "too long")]
    [InlineData("empty", "empty")]
    [InlineData("truncated gzip", "damaged or cut off")]
    [InlineData("damaged gzip", "damaged or cut off")]
    [InlineData("announced bomb", "truncated")]
    [InlineData("unpacking bomb", "too long")]
    public void A_damaged_or_hostile_file_is_refused_at_little_cost(string what, string words)
    {
        byte[] good = File.ReadAllBytes(_folder.File("train.idx")), packed = Packed(good, 0);
        byte[] bad = what switch
        {
            "magic" => [1, 2, .. good[2..]],
            "type" => [.. good[..2], 0x0D, .. good[3..]],
            "truncated" => good[..^100],
            "long" => [.. good, 1, 2, 3],
            "empty" => [],
            "truncated gzip" => packed[..^200],
            "damaged gzip" => [.. packed[..(packed.Length / 2)], .. new byte[40], .. packed[((packed.Length / 2) + 40)..]],
            // A header of a gigabyte over next to nothing, and next to nothing that unpacks to 300 MB.
            "announced bomb" => Packed([.. good[..4], .. BigEndian(1 << 18), .. BigEndian(64), .. BigEndian(64), .. new byte[1000]], 0),
            _ => Packed(good, 300),
        };
        File.WriteAllBytes(_folder.File("bad.idx"), bad);
        // The heap has less room than the bomb.
        Outcome outcome = Command.RunProcessIn(
            _folder.Path, new() { ["DOTNET_GCHeapHardLimit"] = "0x8000000" }, "train", "vae", "--images", "bad.idx", "--layers", "8",
            "--latent", "2", "-o", "RUN");
        outcome.IsBadInput("bad.idx", words);
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    [Fact]
    public void A_table_with_infinite_values_is_refused_with_the_place_of_the_first()
    {
        double[] values = SeriesFile.Read(_folder.File("table.npy")).Values.ToArray();
        values[(7 * 4) + 2] = double.PositiveInfinity;
        SeriesFile.Write(_folder.File("gap.npy"), new TimeSeries(values, 4));
        TrainRefuses(["gap.npy"], "Variable 2", "sample 7", "not finite");
        TrainRefuses(["table.npy", "--test-data", "gap.npy"], "test sample 7", "not finite");
        SeriesFile.Write(_folder.File("narrow.npy"), SeriesFile.Read(_folder.File("table.npy")).Columns(0, 1));
        TrainRefuses(["table.npy", "--test-data", "narrow.npy"], "4 variables", "2");
    }

    [Fact]
    public void A_run_whose_images_are_gone_says_which()
    {
        Command.Run(_folder.Path, "train", "vae", "--images", "train.idx", "--layers", "8", "--latent", "2", "--epochs", "1", "-o", "RUN")
            .Succeeds();
        File.Delete(_folder.File("train.idx"));
        Command.Run(_folder.Path, "reconstruct", "RUN").IsBadInput("train.idx");
        Command.Run(_folder.Path, "generate", "RUN").Succeeds();
    }

    [Fact]
    public void A_finished_run_is_replaced_only_with_overwrite()
    {
        string[] settings = ["train", "vae", "--images", "train.idx", "--layers", "8", "--latent", "2", "--epochs", "1", "-o", "RUN"];
        Command.Run(_folder.Path, settings).Succeeds();
        byte[] model = File.ReadAllBytes(_folder.File("RUN/model.safetensors"));
        Command.Run(_folder.Path, [.. settings, "--seed", "5"]).IsBadInput("--overwrite");
        // What is refused with --overwrite costs nothing, either.
        Command.Run(_folder.Path, [.. settings, "--overwrite", "--labels", "missing.idx"]).IsBadInput("missing.idx");
        Assert.Equal(model, File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
    }

    private void TrainRefuses(string[] data, params string[] words)
    {
        Command.Run(_folder.Path, ["train", "vae", .. data, "--layers", "8", "--latent", "2", "-o", "RUN"]).IsBadInput(words);
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    // Gzipped, with so many megabytes of zeros after it.
    private static byte[] Packed(byte[] bytes, int megabytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++)
                gzip.Write(zeros);
        }
        return packed.ToArray();
    }
}
