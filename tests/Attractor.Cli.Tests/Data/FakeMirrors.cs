using System.Net;

namespace Attractor.Cli.Tests;

/// <summary>Answers requests from memory and remembers them.</summary>
internal sealed class FakeMirrors(Func<Uri, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public static Uri First { get; } = new("https://first.invalid/files/");

    public static Uri Second { get; } = new("https://second.invalid/");

    public List<string> Asked { get; } = [];

    public static FakeMirrors Serving(Func<Uri, byte[]?> contents) => new((address, _) => Task.FromResult(
        contents(address) is { } bytes ? Found(new ByteArrayContent(bytes)) : new(HttpStatusCode.NotFound)));

    public static HttpResponseMessage Found(HttpContent content) => new(HttpStatusCode.OK) { Content = content };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request.RequestUri!.AbsoluteUri);
        return answer(request.RequestUri, cancellationToken);
    }
}
