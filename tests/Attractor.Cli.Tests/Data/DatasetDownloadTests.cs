using System.IO.Compression;
using System.Security.Cryptography;
using Attractor.Runs;

namespace Attractor.Cli.Tests;

public sealed class DatasetDownloadTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly FakeFile s_images = FakeFile.Of("images.gz", 5000), s_labels = FakeFile.Of("labels.gz", 40);

    private readonly TemporaryFolder _temporary = new();

    private string Folder => _temporary.File("cache");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_that_the_first_mirror_serves_are_checked_and_kept_as_they_came()
    {
        using FakeMirrors mirrors = FakeMirrors.Serving(Right);
        await Fetch(mirrors);
        Assert.Equal(s_images.Packed, File.ReadAllBytes(Path.Combine(Folder, "images.gz")));
        Assert.Equal(s_labels.Packed, File.ReadAllBytes(Path.Combine(Folder, "labels.gz")));
        Assert.Equal(["https://first.invalid/files/images.gz", "https://first.invalid/files/labels.gz"], mirrors.Asked);
        HoldsOnly("images.gz", "labels.gz");
    }

    [Fact]
    public async Task The_same_contents_packed_otherwise_are_right()
    {
        byte[] other = FakeFile.Pack(s_images.Contents, CompressionLevel.NoCompression);
        Assert.NotEqual(s_images.Packed, other);
        using FakeMirrors mirrors = FakeMirrors.Serving(address => IsImages(address) ? other : s_labels.Packed);
        await Fetch(mirrors);
        Assert.Equal(other, File.ReadAllBytes(Path.Combine(Folder, "images.gz")));
    }

    [Fact]
    public async Task The_second_mirror_serves_when_the_first_fails_and_is_asked_first_from_then_on()
    {
        using FakeMirrors mirrors = FakeMirrors.Serving(address => address.Host == FakeMirrors.First.Host ? null : Right(address));
        await Fetch(mirrors);
        Assert.Equal(
            ["https://first.invalid/files/images.gz", "https://second.invalid/images.gz", "https://second.invalid/labels.gz"],
            mirrors.Asked);
        HoldsOnly("images.gz", "labels.gz");
    }

    [Fact]
    public async Task A_wrong_file_of_the_first_mirror_is_replaced_by_the_right_one_of_the_second()
    {
        using FakeMirrors mirrors = FakeMirrors.Serving(
            address => address.Host == FakeMirrors.First.Host ? FakeFile.Pack(new byte[5000], CompressionLevel.Optimal) : Right(address));
        await Fetch(mirrors);
        Assert.Equal(s_images.Packed, File.ReadAllBytes(Path.Combine(Folder, "images.gz")));
    }

    [Fact]
    public async Task A_wrong_sum_is_told_with_the_file_and_both_sums_and_leaves_nothing()
    {
        FakeFile zeros = new(s_images.File, new byte[5000]);
        using FakeMirrors mirrors = FakeMirrors.Serving(_ => zeros.Packed);
        string message = await Failure(mirrors);
        string found = Convert.ToHexStringLower(SHA256.HashData(zeros.Contents));
        Assert.Contains("images.gz", message, StringComparison.Ordinal);
        Assert.Contains($"sum {found} (5000 bytes), expected {s_images.File.Sha256} (5000 bytes)", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task What_is_not_gzipped_or_cut_short_is_refused()
    {
        using FakeMirrors page = FakeMirrors.Serving(_ => "<html>please log in</html>"u8.ToArray());
        Assert.Contains("not a gzip file", await Failure(page), StringComparison.Ordinal);
        using FakeMirrors part = FakeMirrors.Serving(_ => s_images.Packed[..^200]);
        await Failure(part);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_file_that_is_announced_too_large_is_not_read()
    {
        using FakeMirrors mirrors = FakeMirrors.Serving(_ => new byte[100_000]);
        Assert.Contains("too large", await Failure(mirrors), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_file_without_end_is_cut_off()
    {
        List<EndlessStream> streams = [];
        using FakeMirrors mirrors = new((_, _) =>
        {
            streams.Add(new());
            return Task.FromResult(FakeMirrors.Found(new StreamContent(streams[^1])));
        });
        Assert.Contains("too large", await Failure(mirrors), StringComparison.Ordinal);
        Assert.Equal(2, streams.Count);
        Assert.All(streams, stream => Assert.InRange(stream.Taken, 1, 1 << 18));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_small_file_that_unpacks_to_a_large_one_is_refused()
    {
        using FakeMirrors mirrors = FakeMirrors.Serving(_ => FakeFile.Pack(new byte[1_000_000], CompressionLevel.Optimal));
        Assert.Contains("unpacks to more than the 5000 bytes", await Failure(mirrors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_the_failure_names_the_file_and_what_each_mirror_said_in_one_line()
    {
        using FakeMirrors mirrors = new((address, _) => throw new HttpRequestException($"No such host is known.\n({address.Host})"));
        string message = await Failure(mirrors);
        Assert.Contains(
            "images.gz cannot be fetched (first.invalid: No such host is known. (first.invalid); second.invalid: ",
            message,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_mirror_that_stays_silent_has_failed()
    {
        using FakeMirrors mirrors = new(async (address, token) =>
        {
            if (address.Host == FakeMirrors.First.Host)
                await Task.Delay(Timeout.Infinite, token);
            return FakeMirrors.Found(new ByteArrayContent(Right(address)));
        });
        await Fetch(mirrors, TimeSpan.FromMilliseconds(200));
        HoldsOnly("images.gz", "labels.gz");
    }

    [Fact]
    public async Task Files_that_are_there_and_right_are_not_fetched_again_and_wrong_ones_are()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, "images.gz"), s_images.Packed);
        File.WriteAllBytes(Path.Combine(Folder, "labels.gz"), s_images.Packed);
        using FakeMirrors mirrors = FakeMirrors.Serving(Right);
        await Fetch(mirrors);
        Assert.Equal(["https://first.invalid/files/labels.gz"], mirrors.Asked);
        await Fetch(mirrors);
        Assert.Single(mirrors.Asked);
        Assert.Equal(s_labels.Packed, File.ReadAllBytes(Path.Combine(Folder, "labels.gz")));
    }

    [Fact]
    public async Task A_cancelled_download_asks_no_other_mirror_and_leaves_nothing()
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using FakeMirrors mirrors = new(async (_, token) =>
        {
            await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            return FakeMirrors.Found(new ByteArrayContent(s_images.Packed));
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Download(mirrors, s_patience).FetchAsync([s_images.File], Folder, source.Token));
        Assert.Single(mirrors.Asked);
        Assert.False(Directory.Exists(Folder));
    }

    public void Dispose() => _temporary.Dispose();

    private static bool IsImages(Uri address) => address.AbsolutePath.EndsWith("images.gz", StringComparison.Ordinal);

    private static byte[] Right(Uri address) => IsImages(address) ? s_images.Packed : s_labels.Packed;

    private static DatasetDownload Download(FakeMirrors mirrors, TimeSpan patience)
        => new(mirrors, [FakeMirrors.First, FakeMirrors.Second], patience);

    private Task Fetch(FakeMirrors mirrors, TimeSpan? patience = null)
        => Download(mirrors, patience ?? s_patience).FetchAsync([s_images.File, s_labels.File], Folder, Token);

    private async Task<string> Failure(FakeMirrors mirrors) => (await Assert.ThrowsAsync<DownloadException>(() => Fetch(mirrors))).Message;

    private void HoldsOnly(params string[] names)
        => Assert.Equal(names, Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
