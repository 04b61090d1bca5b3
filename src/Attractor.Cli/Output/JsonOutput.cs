using System.Text;
using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>One JSON object on the standard output.</summary>
internal static class JsonOutput
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    public static void Print(JsonObject value)
    {
        StandardStreams.UseUtf8();
        Console.Out.Write(s_encoding.GetString(Json.Bytes(value)));
        Console.Out.Write('\n');
    }
}
