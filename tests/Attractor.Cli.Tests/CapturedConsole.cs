using System.Text;
using Attractor.Cli.Output;

namespace Attractor.Cli.Tests;

/// <summary>
/// The console of this process, divided: what a captured action writes goes to the action's caller, from whatever thread it comes, and all
/// else where it went before.
/// </summary>
internal static class CapturedConsole
{
    private static readonly Redirection s_output = new(Console.Out), s_errors = new(Console.Error);

    static CapturedConsole()
    {
        Console.SetOut(s_output);
        Console.SetError(s_errors);
        StandardError.IsTerminal = false;
    }

    /// <summary>Runs the action, and gives what it wrote beside what it returned.</summary>
    public static async Task<Outcome> CaptureAsync(Func<Task<int>> action)
    {
        using StringWriter output = new() { NewLine = "\n" }, errors = new() { NewLine = "\n" };
        (s_output.Target, s_errors.Target) = (TextWriter.Synchronized(output), TextWriter.Synchronized(errors));
        int code = await action().ConfigureAwait(false);
        return new(code, output.ToString(), errors.ToString());
    }

    private sealed class Redirection(TextWriter otherwise) : TextWriter
    {
        private readonly AsyncLocal<TextWriter?> _target = new();

        public TextWriter Target
        {
            private get => _target.Value ?? otherwise;
            set => _target.Value = value;
        }

        public override Encoding Encoding => otherwise.Encoding;

        public override void Write(char value) => Target.Write(value);

        public override void Write(string? value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void Write(ReadOnlySpan<char> buffer) => Target.Write(buffer);

        public override void WriteLine() => Target.WriteLine();

        public override void WriteLine(string? value) => Target.WriteLine(value);

        public override void Flush() => Target.Flush();
    }
}
