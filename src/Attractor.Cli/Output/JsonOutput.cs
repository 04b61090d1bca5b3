using System.Text;
using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>One JSON object on the standard output, of work that failed too.</summary>
internal static class JsonOutput
{
    /// <summary>The version of the keys: it rises where one is renamed, removed or means something else, not where one is added.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The option that asks for it.</summary>
    public const string Option = "--json";

    private const string Version = "schema_version", Error = "error";

    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly AsyncLocal<Pending?> s_pending = new();
    private static Pending? s_latest;

    /// <summary>Begins a command: what it prints is written when it has ended, beside what went wrong.</summary>
    /// <param name="isAsked">Whether its answer is to be JSON.</param>
    public static void Begin(bool isAsked) => s_latest = s_pending.Value = new() { IsAsked = isAsked };

    /// <summary>The object that the command answers with.</summary>
    public static void Print(JsonObject value) => Present.Result = value;

    /// <summary>Says on the standard error what went wrong, and keeps it for the JSON.</summary>
    /// <param name="code">One of <see cref="ErrorCode"/>.</param>
    /// <param name="message">One line.</param>
    public static void Fail(string code, string message)
    {
        // A word of the command line, or a name in a file, may have line breaks in it: what is wrong is one line all the same.
        message = message.ReplaceLineEndings(" ");
        Console.Error.WriteLine("attractor: " + message);
        Note(code, message);
    }

    /// <summary>Keeps for the JSON what went wrong, where the standard error says it in its own way; the first word counts.</summary>
    public static void Note(string code, string message)
    {
        if (Present is { Code: null } pending)
            (pending.Code, pending.Message) = (code, message);
    }

    /// <summary>Writes the object of the command.</summary>
    /// <param name="exitCode">How it ended.</param>
    public static void End(int exitCode) => Write(Present, exitCode);

    /// <summary>Writes the object of a command that is cut off.</summary>
    public static void CutOff(int exitCode)
    {
        if (s_latest is not { } pending)
            return;
        pending.Result = null;
        (pending.Code, pending.Message) = (pending.Code ?? ErrorCode.Cancelled, pending.Message ?? "cancelled");
        Write(pending, exitCode);
    }

    /// <summary>Whether what went wrong with the command has been said.</summary>
    public static bool HasFailed => s_latest is { Code: not null };

    private static Pending Present => s_pending.Value ??= new();

    private static void Write(Pending pending, int exitCode)
    {
        lock (pending)
        {
            if (pending.IsWritten || (pending.Result is null && (!pending.IsAsked || exitCode == 0)))
                return;
            pending.IsWritten = true;
            JsonObject value = pending.Result ?? [];
            value.Remove(Version);
            value.Insert(0, Version, SchemaVersion);
            if (exitCode != 0)
                value[Error] = new JsonObject
                {
                    ["code"] = pending.Code ?? ErrorCode.Failed,
                    ["message"] = pending.Message ?? "the work was done and came to nothing: the other keys say what was found",
                    ["exit_code"] = exitCode,
                };
            StandardStreams.UseUtf8();
            Console.Out.Write(s_encoding.GetString(Json.Bytes(value)));
            Console.Out.Write('\n');
        }
    }

    private sealed class Pending
    {
        public bool IsAsked { get; init; }

        public bool IsWritten { get; set; }

        public JsonObject? Result { get; set; }

        public string? Code { get; set; }

        public string? Message { get; set; }
    }
}
