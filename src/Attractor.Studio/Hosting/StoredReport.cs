using Attractor.Studio.Folders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Attractor.Studio.Hosting;

/// <summary>The report of a run: a page that anyone who can write to the folder may have written, and is shut off from all else.</summary>
internal static class StoredReport
{
    // In a sandbox without an origin of its own a page reaches neither the cookie nor the studio, and without connections nothing else.
    private const string Policy =
        "sandbox allow-scripts allow-downloads; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        + "img-src data: blob:; frame-ancestors 'self'";

    /// <summary>Adds the route of reports, and that of files of series.</summary>
    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/report/{*id}", Send);
        routes.MapGet("/page/{*id}", SendPage);
        routes.MapGet("/file/{*id}", SendFile);
    }

    private static IResult SendFile(StudioFolder folder, string id)
        => folder.FindDataFile(id) is { } file
            ? Results.File(
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
                "application/octet-stream",
                Path.GetFileName(file))
            : Results.Text("there is no such file", statusCode: StatusCodes.Status404NotFound);

    private static IResult Send(HttpContext context, StudioFolder folder, string id)
        => Sandboxed(context, folder.FindRun(id) is { } run ? StudioFolder.FileIn(run, "report.html") : null);

    private static IResult SendPage(HttpContext context, StudioFolder folder, string id) => Sandboxed(context, folder.FindPage(id));

    private static IResult Sandboxed(HttpContext context, string? file)
    {
        if (file is null)
            return Results.Text("there is no such report", statusCode: StatusCodes.Status404NotFound);
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Stream(
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), "text/html; charset=utf-8");
    }
}
