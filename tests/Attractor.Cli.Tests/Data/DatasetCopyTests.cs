using Attractor.Runs;

namespace Attractor.Cli.Tests;

public sealed class DatasetCopyTests : IDisposable
{
    private static readonly FakeFile s_images = FakeFile.Of("images.gz", 5000), s_labels = FakeFile.Of("labels.gz", 40);

    private readonly TemporaryFolder _temporary = new();

    private string Target => _temporary.File("cache");

    [Fact]
    public void A_gzipped_file_is_copied_as_it_is_and_an_unpacked_one_is_gzipped()
    {
        File.WriteAllBytes(_temporary.File("images.gz"), s_images.Packed);
        File.WriteAllBytes(_temporary.File("labels"), s_labels.Contents);
        Copy();
        Assert.Equal(s_images.Packed, File.ReadAllBytes(Path.Combine(Target, "images.gz")));
        Assert.True(s_labels.File.IsIn(Target, TestContext.Current.CancellationToken));
        Assert.True(s_labels.File.SeemsToBeIn(Target));
        Assert.Equal(2, Directory.GetFileSystemEntries(Target).Length);
    }

    [Fact]
    public void A_wrong_file_is_told_with_its_path_and_both_sums_and_is_not_copied()
    {
        File.WriteAllBytes(_temporary.File("images.gz"), new FakeFile(s_images.File, new byte[4999]).Packed);
        InvalidDataException e = Assert.Throws<InvalidDataException>(Copy);
        Assert.StartsWith(_temporary.File("images.gz") + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains($"(4999 bytes), expected {s_images.File.Sha256} (5000 bytes)", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void A_missing_file_and_a_missing_folder_are_named()
    {
        Assert.Contains("neither images.gz nor images", Assert.Throws<FileNotFoundException>(Copy).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(
            () => DatasetCopy.Copy([s_images.File], _temporary.File("nowhere"), Target, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_of_another_length_does_not_seem_to_be_there()
    {
        File.WriteAllBytes(_temporary.File("images.gz"), s_labels.Packed);
        Assert.False(s_images.File.SeemsToBeIn(_temporary.Path));
        File.WriteAllBytes(_temporary.File("images.gz"), [1]);
        Assert.False(s_images.File.SeemsToBeIn(_temporary.Path));
        File.WriteAllBytes(_temporary.File("images.gz"), s_images.Packed);
        Assert.True(s_images.File.SeemsToBeIn(_temporary.Path));
    }

    public void Dispose() => _temporary.Dispose();

    private void Copy()
        => DatasetCopy.Copy([s_images.File, s_labels.File], _temporary.Path, Target, null, TestContext.Current.CancellationToken);
}
