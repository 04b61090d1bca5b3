using System.Text.Json;
using Attractor.Data;
using Attractor.Runs;
using Attractor.Tests;

namespace Attractor.Cli.Tests;

public sealed class MnistCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void MNIST_is_copied_into_the_cache_and_read_from_there()
    {
        Assert.SkipUnless(SharedData.TryFind("mnist", out string shared), "MNIST is not there");
        Dictionary<string, string> environment = new() { ["ATTRACTOR_CACHE"] = _folder.Path };
        JsonElement files = Command.RunProcessIn(_folder.Path, environment, "data", "mnist", "--from", shared, "--json", "-q")
            .Succeeds().Json;
        string[] paths = [.. files.EnumerateObject().Select(file => file.Value.GetString()!)];
        Assert.Equal(4, paths.Length);
        Assert.All(paths, path => Assert.Equal(_folder.File("mnist"), Path.GetDirectoryName(path)));
        Assert.Equal(
            10_000, ImageFile.Read(files.GetProperty("test_images").GetString()!, files.GetProperty("test_labels").GetString()!).Count);
        DigitFiles digits = DigitFiles.Read(_folder.File("mnist"));
        Assert.Equal((60_000, 10_000, true), (digits.Training.Count, digits.Test.Count, digits.AreMnist));

        // Nothing is fetched when all is there: this succeeds without a network.
        Outcome again = Command.RunProcessIn(_folder.Path, Offline(environment), "data", "mnist").Succeeds();
        Assert.Equal(paths, again.Output.Split('\n')[..4]);
        Assert.Contains("train-images-idx3-ubyte.gz: present", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_network_one_line_says_what_to_do_and_the_work_has_failed()
    {
        Outcome outcome = Command.RunProcessIn(_folder.Path, Offline([]), "data", "mnist", "-q", "-o", "digits");
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        string line = outcome.Errors.TrimEnd('\n');
        Assert.DoesNotContain('\n', line);
        Assert.StartsWith("attractor: train-images-idx3-ubyte.gz cannot be fetched (", line, StringComparison.Ordinal);
        foreach (string word in (string[])[
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "attractor data mnist --from FOLDER",
            "attractor train vae --images FILE"
        ])
            Assert.Contains(word, line, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void An_experiment_without_data_reads_the_cache_if_all_four_files_are_there()
    {
        // Damaged files whose last four bytes tell the right length: whoever reads them says so.
        Directory.CreateDirectory(_folder.File("mnist"));
        foreach (DatasetFile file in Mnist.Files)
            File.WriteAllBytes(
                _folder.File($"mnist/{file.Name}"), [0x1f, 0x8b, .. new byte[20], .. BitConverter.GetBytes((uint)file.Length)]);
        Command.RunProcessIn(_folder.Path, new() { ["ATTRACTOR_CACHE"] = _folder.Path }, "reproduce", "vae-784-400-400-200", "-q")
            .IsBadInput("train-images-idx3-ubyte.gz");
    }

    [Fact]
    public void A_wrong_file_to_copy_is_bad_input()
    {
        Directory.CreateDirectory(_folder.File("downloads"));
        File.WriteAllBytes(_folder.File("downloads/train-images-idx3-ubyte.gz"), FakeFile.Of("x.gz", 100).Packed);
        Command.Run(_folder.Path, "data", "mnist", "--from", "downloads", "-o", "digits").IsBadInput(
            "train-images-idx3-ubyte.gz", "(100 bytes)", "expected ba891046e6505d7a", "(47040016 bytes)");
        Assert.False(Directory.Exists(_folder.File("digits")));
        Command.Run(_folder.Path, "data", "mnist", "--from", "nowhere").IsBadInput("no folder nowhere");
    }

    public void Dispose() => _folder.Dispose();

    // A proxy that nobody answers for: port 9 of this machine.
    private static Dictionary<string, string> Offline(Dictionary<string, string> environment)
        => new(environment)
        {
            ["https_proxy"] = "http://127.0.0.1:9",
            ["HTTPS_PROXY"] = "http://127.0.0.1:9",
            ["no_proxy"] = "",
            ["NO_PROXY"] = ""
        };
}
