namespace Attractor.Runs;

/// <summary>No server gave the file; the message is one line.</summary>
internal sealed class DownloadException : Exception
{
    public DownloadException()
    {
    }

    public DownloadException(string message)
        : base(message)
    {
    }

    public DownloadException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
