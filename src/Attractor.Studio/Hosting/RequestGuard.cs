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
            await Refuse(context, StatusCodes.Status403Forbidden, "This request comes from another site.").ConfigureAwait(false);
        else
            await next(context).ConfigureAwait(false);
    }

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
        bool isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return isSafe && request.Headers.Upgrade.Count == 0;
    }

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
