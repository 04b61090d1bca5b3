using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Attractor.Studio.Hosting;

/// <summary>Who may see the studio: whoever has the link once, or knows the password, and comes back with the cookie.</summary>
/// <param name="options">Whether there is a password.</param>
/// <param name="limit">How often it may be tried.</param>
internal sealed class Access(StudioOptions options, LoginLimit limit)
{
    /// <summary>The word of the link that is followed by the token.</summary>
    public const string TokenKey = "token";

    private const int LongestPassword = 1024;

    // In the colours of the pages, whose style sheet is not for strangers.
    private const string Style = """
        :root { color-scheme: light dark; --page: #fcfcfb; --text: #1c1e21; --line: #646a73; --accent: #0b62a8 }
        @media (prefers-color-scheme: dark) { :root { --page: #131518; --text: #e7e9ec; --line: #9aa1ab; --accent: #6fb6f2 } }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1.25rem;
               background: var(--page); color: var(--text) }
        h1 { font-size: 1.6rem }
        form p { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end }
        label { flex: 1 1 14rem; font-weight: 600 }
        input { display: block; width: 100%; box-sizing: border-box; margin-top: .2rem; background: var(--page); color: var(--text) }
        input, button { font: inherit; font-weight: 400; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: .4rem }
        button { background: var(--accent); border-color: var(--accent); color: var(--page); font-weight: 600; cursor: pointer }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
        """;

    private readonly string _session = NewSecret();

    /// <summary>The secret of the link.</summary>
    public string Token { get; } = NewSecret();

    /// <summary>Cookies are those of a host whatever the port: another studio beside this one has its own.</summary>
    public int Port { get; set; }

    private string Cookie => FormattableString.Invariant($"attractor-studio-{Port}");

    /// <summary>Lets a request through that may pass; answers all others.</summary>
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (request.Cookies[Cookie] is { } cookie && IsSame(cookie, _session))
        {
            if (request.Query.ContainsKey(TokenKey))
                context.Response.Redirect("/");
            else
                await next(context).ConfigureAwait(false);
        }
        else if (HttpMethods.IsGet(request.Method) && request.Query[TokenKey] is [{ } token] && IsSame(token, Token))
        {
            Enter(context);
        }
        else if (request.Path == "/login" && HttpMethods.IsPost(request.Method) && options.Password is { } password)
        {
            await LogIn(context, password).ConfigureAwait(false);
        }
        else
        {
            await Refuse(context, StatusCodes.Status401Unauthorized, "").ConfigureAwait(false);
        }
    }

    private async Task LogIn(HttpContext context, PasswordHash password)
    {
        if (context.Request.ContentLength is null or > (3 * LongestPassword))
        {
            await Refuse(context, StatusCodes.Status413PayloadTooLarge, "The password is too long.").ConfigureAwait(false);
            return;
        }
        if (!limit.Allows(context.Connection.RemoteIpAddress ?? IPAddress.None))
        {
            context.Response.Headers.RetryAfter = "60";
            await Refuse(context, StatusCodes.Status429TooManyRequests, "Too many tries: wait a minute.").ConfigureAwait(false);
            return;
        }
        if (!context.Request.HasFormContentType)
        {
            await Refuse(context, StatusCodes.Status415UnsupportedMediaType, "").ConfigureAwait(false);
            return;
        }
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (form["password"] is [{ Length: <= LongestPassword } word] && password.IsOf(word))
            Enter(context);
        else
            await Refuse(context, StatusCodes.Status401Unauthorized, "That is not the password.").ConfigureAwait(false);
    }

    // Lax: the link is followed from a terminal, a mail or a file; what changes anything asks for the origin as well.
    private void Enter(HttpContext context)
    {
        context.Response.Cookies.Append(Cookie, _session, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = options.Tls is not null,
            IsEssential = true,
            Path = "/",
        });
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
    }

    private Task Refuse(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        string form = options.Password is null
            ? "<p>Open the link that <code>attractor studio</code> printed: it holds the key to this page.</p>"
            : "<form method=\"post\" action=\"/login\"><p><label>Password <input name=\"password\" type=\"password\" "
                + "autocomplete=\"current-password\" required autofocus></label> <button>Log in</button></p></form>";
        return context.Response.WriteAsync(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Attractor studio</title>"
            + $"<meta name=\"viewport\" content=\"width=device-width\"><style>{Style}</style></head><body><main><h1>Attractor studio</h1>"
            + $"{(message.Length > 0 ? $"<p role=\"alert\">{message}</p>" : "")}{form}</main></body></html>",
            context.RequestAborted);
    }

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // Hashes are of one length whatever is given.
    private static bool IsSame(string given, string secret) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
