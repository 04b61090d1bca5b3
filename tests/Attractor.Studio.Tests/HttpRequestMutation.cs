using System.Text;

namespace Attractor.Studio.Tests;

/// <summary>Requests as a browser sends them to the studio, damaged in a few places: method, path, query, headers, names, body.</summary>
/// <param name="authority">Host and port.</param>
/// <param name="cookies">Those of whoever is in.</param>
/// <param name="formToken">That of a page, for uploads.</param>
internal sealed class HttpRequestMutation(string authority, string cookies, string formToken)
{
    private static readonly string[] s_methods =
        ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", "G\u00e9T", "G T", "", "PROPFIND"];

    private static readonly string[] s_paths =
    [
        "/", "/run/RUN", "/run/deep/RUN", "/compare?run=RUN&run=deep/RUN", "/new?data=data/a.csv", "/missing", "/report/RUN",
        "/file/data/a.csv", "/upload?name=b.csv", "/login", "/studio.js", "/plotly.js", "/_framework/blazor.web.js",
        "/_blazor/negotiate?negotiateVersion=1", "/_blazor?id=abcdef", "/_blazor/disconnect/", "/_blazor/initializers",
        "/_framework/opaque-redirect?url=x", "/?token=wrong",
    ];

    private static readonly string[] s_words =
    [
        "..", "/../outside/secret.csv", "%2e%2e%2f", "..%2foutside%2fsecret.csv", "%00", "%0d%0aX-A: b", "%ff%fe", "%u0041", "%", "//",
        "\\", "..\\outside", "NaN", "-1", "99999999999999999999", "<script>alert(1)</script>", "'\"", "{}", "[[", "null", "%F0%9F%98%80",
        "\u202e", ";", "&&", "?", "#", "=", "~", "$(id)", "`id`", "data/a.csv", "RUN", "link/secret.csv", "/etc/passwd", ".studio",
        "a,a,a", "\t", "\0", "\u007f",
    ];

    private static readonly string[] s_headers =
    [
        "Content-Type: application/json", "Content-Type: application/x-www-form-urlencoded", "Content-Type: text/plain; charset=utf-7",
        "Content-Type: multipart/form-data; boundary=x", "Content-Type: multipart/form-data; boundary=", "Content-Type: ;;;",
        "Accept: */*;q=x", "Accept-Encoding: gzip;q=9, \u00e9", "Range: bytes=0-", "Range: bytes=-99999999999999999999",
        "Range: bytes=5-1", "If-None-Match: \"", "If-Range: *",
        "If-Modified-Since: never", "Upgrade: websocket", "Connection: Upgrade, close", "Sec-WebSocket-Key: x",
        "Sec-WebSocket-Version: 13", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Expect: 100-continue",
        "Expect: nothing", "Cookie: a=b; =; ;;\u0001",
        "X-Forwarded-For: 1.2.3.4", "X-HTTP-Method-Override: DELETE", "Origin: null", "Host: evil.example", "Referer: javascript:1",
        "blazor-enhanced-nav: on", "Content-Length: 5", "Content-Length: -1", "Content-Encoding: gzip", ": nameless", "A B: c",
    ];

    private static readonly string[] s_bodies =
    [
        "x,y\n1,2\n3,4\n", "{\"a\": [1, {\"b\": null}]}", "[[[[[[[[[[[[[[[[[[[[[[[[", "{\"a\":1e999}", "password=wrong-word",
        "password=a&password=b",
        "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../../outside/x.csv\"\r\n\r\n1,2\r\n--x--\r\n", "--x\r\n\r\n", "",
        "_handler=f&__RequestVerificationToken=x", "\u0000\u0001\u0002", "{\"protocol\":\"blazorpack\",\"version\":1}\u001e",
    ];

    /// <summary>The request of a number, as bytes that end what is asked.</summary>
    public byte[] Make(int number)
    {
        Random random = new(unchecked((int)(number * 2654435761L)));
        bool isUpload = random.Next(4) == 0;
        string method = random.Next(4) == 0 ? Any(s_methods, random) : isUpload || random.Next(3) == 0 ? "POST" : "GET";
        string target = isUpload ? $"/upload?name={Uri.EscapeDataString(Any(s_words, random))}.csv" : Any(s_paths, random);
        for (int times = random.Next(3); times > 0; times--)
        {
            int at = random.Next(target.Length + 1), gone = Math.Min(random.Next(4), target.Length - at);
            target = target[..at] + Any(s_words, random) + target[(at + gone)..];
        }
        byte[] body = Encoding.UTF8.GetBytes(method is "GET" or "HEAD" && random.Next(4) != 0 ? "" : Any(s_bodies, random));
        for (int times = random.Next(3); times > 0 && body.Length > 0; times--)
            body[random.Next(body.Length)] = (byte)random.Next(256);
        List<string> headers = [$"Host: {authority}", "Connection: close"];
        if (random.Next(8) != 0)
            headers.Add($"Cookie: {cookies}");
        if (random.Next(8) != 0)
            headers.Add($"Origin: http://{authority}");
        if (random.Next(4) != 0)
            headers.Add($"X-Studio-Token: {formToken}");
        if (body.Length > 0 && random.Next(16) != 0)
            headers.Add(FormattableString.Invariant($"Content-Length: {(random.Next(16) == 0 ? random.Next(body.Length) : body.Length)}"));
        for (int times = random.Next(4); times > 0; times--)
            headers.Insert(random.Next(headers.Count + 1), Any(s_headers, random));
        if (random.Next(8) == 0)
        {
            int which = random.Next(headers.Count), at = random.Next(headers[which].Length);
            headers[which] = headers[which][..at] + Any(s_words, random) + headers[which][at..];
        }
        string head = $"{method} {target} HTTP/1.{(random.Next(16) == 0 ? random.Next(10) : 1)}\r\n{string.Join("\r\n", headers)}\r\n\r\n";
        return [.. Encoding.UTF8.GetBytes(head), .. body];
    }

    private static string Any(string[] words, Random random) => words[random.Next(words.Length)];
}
