using Attractor.Studio.Folders;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Attractor.Studio.Hosting;

/// <summary>Files of data that are dropped on a page: written to <c>data</c> in the folder as they come, never held in memory.</summary>
internal static class Upload
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const long Most = 512L << 20;

    /// <summary>Adds the route.</summary>
    public static void MapUpload(this IEndpointRouteBuilder routes) => routes.MapPost("/upload", Receive).DisableAntiforgery();

    // The token comes as a header: it is checked before a byte of the file is read.
    private static async Task<IResult> Receive(HttpContext context, IAntiforgery antiforgery, StudioFolder folder, string name)
    {
        if (context.Request.ContentLength is null)
            return Results.Text("say how large the file is", statusCode: StatusCodes.Status411LengthRequired);
        if (context.Request.ContentLength > Most)
        {
            context.Response.Headers.Connection = "close";
            return Results.Text(
                $"the file is larger than the {Most >> 20} MB that are taken here: copy it into the folder of the studio",
                statusCode: StatusCodes.Status413PayloadTooLarge);
        }
        if (context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context).ConfigureAwait(false))
            return Results.Text("this page is out of date: load it again", statusCode: StatusCodes.Status400BadRequest);
        if (StudioFolder.WhyNoDataName(name) is { } reason)
            return Results.Text(reason, statusCode: StatusCodes.Status400BadRequest);
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = Most;
        try
        {
            string id = await folder.AddDataAsync(name, context.Request.Body, context.RequestAborted).ConfigureAwait(false);
            return Results.Json(new { id });
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return Results.Text(e.Message, statusCode: StatusCodes.Status507InsufficientStorage);
        }
    }
}
