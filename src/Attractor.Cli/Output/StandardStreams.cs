using System.Text;
using Spectre.Console;

namespace Attractor.Cli.Output;

/// <summary>The standard streams of a process of its own; inside another program they are that program's.</summary>
internal static class StandardStreams
{
    private const int OutputDescriptor = 1, ErrorDescriptor = 2, CloseOnExec = 0x80000, Octal = 8;

    private static TerminalWriter? s_output;
    private static TextWriter? s_rawError;

    /// <summary>Whether a part of the answer found no space where the standard output goes.</summary>
    public static bool IsCutOff => s_output is { IsFull: true };

    /// <summary>Puts writers in their place that neither fail nor obey.</summary>
    public static void Install()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        Encoding encoding = Console.OutputEncoding is UTF8Encoding ? utf8 : Console.OutputEncoding;
        Stream errors = WasGiven(ErrorDescriptor) ? Console.OpenStandardError() : Stream.Null;
        s_output = new(WasGiven(OutputDescriptor) ? Console.OpenStandardOutput() : Stream.Null, encoding);
        s_rawError = new TerminalWriter(errors, encoding, isRaw: true);
        Console.SetOut(s_output);
        Console.SetError(new TerminalWriter(errors, encoding));
    }

    /// <summary>Says nothing from here on: another process speaks for this one.</summary>
    public static void Silence()
    {
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
    }

    /// <summary>Makes the standard output UTF-8, whatever the terminal's encoding is.</summary>
    public static void UseUtf8()
    {
        if (s_output is null)
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        else
            s_output.UseUtf8();
    }

    /// <summary>The standard error as the terminal that progress bars are drawn on.</summary>
    public static IAnsiConsole Terminal() => s_rawError is null
        ? AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) })
        : AnsiConsole.Create(new() { Out = new ErrorTerminal(s_rawError), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });

    // Where a process begins without a stream, its number goes to the next file that is opened: to one of the runtime's own, which text
    // would upset. Those are closed to programs that are started, which what was given cannot have been.
    private static bool WasGiven(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            string? flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}").FirstOrDefault(
                line => line.StartsWith("flags:", StringComparison.Ordinal));
            return flags is null || (Convert.ToInt32(flags["flags:".Length..].Trim(), Octal) & CloseOnExec) == 0;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return true;
        }
    }

    private sealed class ErrorTerminal(TextWriter writer) : IAnsiConsoleOutput
    {
        private const int UsualWidth = 80, UsualHeight = 24;

        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => Size(() => Console.WindowWidth, UsualWidth);

        public int Height => Size(() => Console.WindowHeight, UsualHeight);

        public void SetEncoding(Encoding encoding)
        {
        }

        private static int Size(Func<int> ask, int usual)
        {
            try
            {
                return ask() is > 0 and var size ? size : usual;
            }
            catch (IOException)
            {
                return usual;
            }
        }
    }
}
