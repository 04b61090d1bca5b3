using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Attractor.Studio.Hosting;

/// <summary>The scripts and style sheets, which are in the assemblies.</summary>
internal static class EmbeddedFiles
{
    private static readonly Dictionary<string, (Assembly Assembly, string Resource, string Type)> s_files = new()
    {
        ["/_framework/blazor.web.js"] = (typeof(EmbeddedFiles).Assembly, "blazor.web.js", "text/javascript"),
        ["/studio.js"] = (typeof(EmbeddedFiles).Assembly, "studio.js", "text/javascript"),
        ["/studio.css"] = (typeof(EmbeddedFiles).Assembly, "studio.css", "text/css"),
        ["/report.css"] = (typeof(Report).Assembly, "report.css", "text/css"),
        ["/figures.js"] = (typeof(Report).Assembly, "figures.js", "text/javascript"),
        ["/plotly.js"] = (typeof(Report).Assembly, "plotly.js", "text/javascript"),
    };

    /// <summary>Adds them to the routes.</summary>
    public static void MapEmbeddedFiles(this IEndpointRouteBuilder routes)
    {
        foreach ((string path, (Assembly assembly, string resource, string type)) in s_files)
        {
            EntityTagHeaderValue tag = new($"\"{assembly.ManifestModule.ModuleVersionId:N}\"");
            routes.MapGet(path, (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "private, no-cache";
                return Results.Stream(assembly.GetManifestResourceStream(resource)!, type + "; charset=utf-8", entityTag: tag);
            });
        }
    }
}
