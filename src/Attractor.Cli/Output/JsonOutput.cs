using System.Text;
using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>One JSON object on the standard output.</summary>
internal static class JsonOutput
{
    public static void Print(JsonObject value) => Console.Out.Write(Encoding.UTF8.GetString(Json.Bytes(value)) + "\n");
}
