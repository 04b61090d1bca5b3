using Attractor.Data;

namespace Attractor.Runs;

/// <summary>Fetches files over HTTP, each from the first mirror that gives the right one.</summary>
/// <remarks>
/// A file is held in memory until it has arrived and been checked, then written in one step: no part of a
/// file, and no wrong one, ever has its name.
/// </remarks>
/// <param name="handler">Sends the requests; stays the caller's.</param>
/// <param name="mirrors">Folders, each address with a slash at its end; the first is tried first.</param>
/// <param name="patience">A mirror that sends nothing for so long has failed.</param>
/// <param name="progress">Hears of bytes, files and failures; may be null.</param>
internal sealed class DatasetDownload(
    HttpMessageHandler handler, IReadOnlyList<Uri> mirrors, TimeSpan patience, IProgress<Transfer>? progress = null)
{
    // One that failed goes to the end, so that only the first file waits for it.
    private readonly List<Uri> _mirrors = [.. mirrors];

    /// <summary>
    /// Fetches the files that the folder lacks or holds with wrong contents; makes the folder once there is something to put into it.
    /// </summary>
    /// <exception cref="DownloadException">No mirror gave one of the files. Those before it are in the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task FetchAsync(IReadOnlyList<DatasetFile> files, string folder, CancellationToken token)
    {
        using HttpClient client = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (DatasetFile file in files)
        {
            if (file.IsIn(folder, token))
            {
                progress?.Report(new(file.Name, 0, null, "present"));
                continue;
            }
            using MemoryStream packed = await FromAnyMirrorAsync(client, file, token).ConfigureAwait(false);
            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, file.Name), packed.WriteTo);
        }
    }

    private async Task<MemoryStream> FromAnyMirrorAsync(HttpClient client, DatasetFile file, CancellationToken token)
    {
        List<string> failures = [];
        foreach (Uri mirror in _mirrors.ToArray())
        {
            string failure;
            try
            {
                MemoryStream packed = await FromAsync(client, new(mirror, file.Name), file, token).ConfigureAwait(false);
                progress?.Report(new(
                    file.Name, packed.Length, packed.Length, FormattableString.Invariant($"{packed.Length:N0} bytes from {mirror.Host}")));
                return packed;
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                failure = FormattableString.Invariant($"nothing came for {patience.TotalSeconds:0.#} s");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or DownloadException)
            {
                failure = e.Message.ReplaceLineEndings(" ").TrimEnd('.');
            }
            progress?.Report(new(file.Name, 0, null, $"{mirror.Host}: {failure}"));
            failures.Add($"{mirror.Host}: {failure}");
            _mirrors.Remove(mirror);
            _mirrors.Add(mirror);
        }
        throw new DownloadException($"{file.Name} cannot be fetched ({string.Join("; ", failures)})");
    }

    private async Task<MemoryStream> FromAsync(HttpClient client, Uri address, DatasetFile file, CancellationToken token)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(token);
        silence.CancelAfter(patience);
        using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, silence.Token)
            .ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new DownloadException(
                FormattableString.Invariant($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}"));
        long? total = response.Content.Headers.ContentLength;
        if (total > file.LargestPacked)
            throw TooLarge(file);
        MemoryStream packed = new();
        using Stream body = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        byte[] buffer = new byte[1 << 16];
        while (await body.ReadAsync(buffer, silence.Token).ConfigureAwait(false) is > 0 and int read)
        {
            silence.CancelAfter(patience);
            if (packed.Length + read > file.LargestPacked)
                throw TooLarge(file);
            packed.Write(buffer, 0, read);
            progress?.Report(new(file.Name, packed.Length, total));
        }
        packed.Position = 0;
        return file.FaultOfPacked(packed, token) is { } fault ? throw new DownloadException(fault) : packed;
    }

    private static DownloadException TooLarge(DatasetFile file)
        => new(FormattableString.Invariant($"too large: the server sends more than {file.LargestPacked} bytes"));
}
