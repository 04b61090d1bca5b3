using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Http;

namespace Attractor.Studio.Hosting;

/// <summary>
/// Which requests are of this site at all: the host is one that the studio is reached by, so that no name that a stranger turns here
/// (DNS rebinding) is, and what changes anything comes from its own pages.
/// </summary>
internal sealed class RequestGuard
{
    // What takes more than a question: files, the password, and the connection of a page.
    private static readonly PathString[] s_bodies = ["/upload", "/login", "/_blazor"];

    private readonly StudioOptions _options;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase) { "localhost" };

    public RequestGuard(StudioOptions options)
    {
        _options = options;
        if (!options.IsLoopback)
            _names.Add(Dns.GetHostName());
    }

    /// <summary>The port that is listened on.</summary>
    public int Port { get; set; }

    /// <summary>Lets a request through that is of this site; refuses all others, with the headers that go with every answer.</summary>
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        if (!IsOwn(context.Request.Host))
        {
            await Refuse(context, StatusCodes.Status421MisdirectedRequest, "This host name is not of this studio.").ConfigureAwait(false);
            return;
        }
        AddHeaders(context);
        if (!IsFromOwnPages(context.Request))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "This request comes from another site.").ConfigureAwait(false);
            return;
        }
        if (!IsSafe(context.Request) && !s_bodies.Any(path => context.Request.Path.StartsWithSegments(path)))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await Refuse(context, StatusCodes.Status405MethodNotAllowed, "Pages are read, not written.").ConfigureAwait(false);
            return;
        }
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfRequest(e, context.Request) && !context.Response.HasStarted)
        {
            // A body that ends early or is no form, wherever it was read: whoever sent it is told, and nobody else.
            await Refuse(context, StatusCodes.Status400BadRequest, "This request cannot be read.").ConfigureAwait(false);
        }
    }

    // What is read of a request that has a body is that; where the disk is at fault, whoever writes there says so.
    private static bool IsOfRequest(Exception? e, HttpRequest request)
        => e is BadHttpRequestException or InvalidDataException
            || (e is IOException && !IsSafe(request))
            || (e is not null && IsOfRequest(e.InnerException, request));

    private static Task Refuse(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }

    private bool IsOwn(HostString host)
    {
        if ((host.Port ?? (_options.Tls is null ? 80 : 443)) != Port)
            return false;
        string name = host.Host.TrimStart('[').TrimEnd(']');
        if (_names.Contains(name))
            return true;
        if (!IPAddress.TryParse(name, out IPAddress? address))
            return false;
        // A number is no name that somebody could turn elsewhere, but it is to be one of this machine.
        return IPAddress.IsLoopback(address) || address.Equals(_options.Address)
            || !_options.IsLoopback && NetworkInterface.GetAllNetworkInterfaces().Any(
                i => i.GetIPProperties().UnicastAddresses.Any(u => u.Address.Equals(address)));
    }

    private static bool IsFromOwnPages(HttpRequest request)
    {
        string own = $"{request.Scheme}://{request.Host}";
        if (request.Headers.Origin is { Count: > 0 } origin)
            return origin.Count == 1 && string.Equals(origin[0], own, StringComparison.OrdinalIgnoreCase);
        // Browsers name the origin of whatever may change anything, and of every socket.
        return IsSafe(request) && request.Headers.Upgrade.Count == 0;
    }

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static void AddHeaders(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        string host = context.Request.Host.Value ?? "";
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
            + $"connect-src 'self' ws://{host} wss://{host}; frame-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
