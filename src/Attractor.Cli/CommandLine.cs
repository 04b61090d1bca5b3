using System.CommandLine;
using System.CommandLine.Invocation;
using Attractor.Cli.Commands;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli;

/// <summary>The <c>attractor</c> command: its verbs, and what becomes of errors.</summary>
internal static class CommandLine
{
    private const int Failed = 1, BadInput = 2, Cancelled = 130;

    /// <summary>The command with all of its verbs.</summary>
    /// <param name="arguments">
    /// What it is to read: only the verb among them gets the options that its kinds of models declare, as reading these takes a good part
    /// of a short answer. All verbs do if null.
    /// </param>
    public static RootCommand Create(IReadOnlyList<string>? arguments = null)
    {
        RootCommand root = new("Learns generative models of time series, then checks that what they generate behaves like the data.")
        {
            DemoCommand.Create(),
            SystemsCommand.Create(),
            SimulateCommand.Create(),
            DataCommand.Create(),
            LookCommand.Create(),
            TrainCommand.Create(IsAsked("train")),
            ImportCommand.Create(),
            SearchCommand.Create(IsAsked("search")),
            LyapunovCommand.Create(),
            CyclesCommand.Create(),
            AtlasCommand.Create(),
            GradientsCommand.Create(),
            DimensionCommand.Create(),
            EmbedCommand.Create(),
            FloorCommand.Create(),
            ForecastCommand.Create(),
            LaplaceCommand.Create(),
            EstimatorsCommand.Create(),
            ReproduceCommand.Create(IsAsked("reproduce")),
            StudioCommand.Create(),
        };
        foreach (Command command in AskCommand.All(IsAsked))
            root.Add(command);
        root.Options.Add(CommonOptions.Quiet);
        NumberOptions.Install(root);
        HelpExamples.Install(root);
        return root;

        // What a response file holds is not known before it is parsed.
        bool IsAsked(string verb) => arguments is null
            || arguments.Any(a => a == verb || a.StartsWith('@'));
    }

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            Packages.Load();
            ParseResult parsed = Create(args).Parse(args);
            if (parsed.Action is ParseErrorAction || UsageError.Unknown(parsed) is not null)
                return Fail(UsageError.Describe(parsed, args));
            CommonOptions.RequireWords(parsed);
            OutputOption.Check(parsed);
            CommonOptions.RequireSeed(parsed);
            // Signals are heard elsewhere: the library's handler keeps all others waiting for as long as an action takes to end.
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            int code = await parsed.InvokeAsync(configuration, Interruption.Token).ConfigureAwait(false);
            DataLine.Flush();
            return code;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("attractor: cancelled");
            return Cancelled;
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            return Fail("this machine has not enough memory for that: ask for fewer steps, a smaller network or a smaller batch");
        }
        catch (IOException e) when (IsFull(e))
        {
            // Nothing is wrong with the command: with room it does what it should.
            Console.Error.WriteLine($"attractor: {OneLine(e).TrimEnd('.')}: free space, then {Again(args)}");
            return Failed;
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Fail(OneLine(e));
        }
        catch (ArithmeticException e)
        {
            Console.Error.WriteLine("attractor: " + OneLine(e));
            return Failed;
        }
        catch (Exception e)
        {
            // Nobody at a terminal is helped by a stack trace; the type and the message identify the fault.
            Console.Error.WriteLine($"attractor: a fault of the program: {e.GetType().Name}: {OneLine(e)}");
            return Failed;
        }
        finally
        {
            DataLine.Drop();
        }
    }

    // ENOSPC and EDQUOT of Linux and of macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows; the platform keeps them in what it
    // wraps.
    private static bool IsFull(Exception? e)
        => e is not null
            && (e.HResult is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027)
                || e.Message.Contains("No space left", StringComparison.Ordinal) || IsFull(e.InnerException));

    private static string Again(string[] args) => args.Contains("train") ? "go on with attractor train --resume RUN" : "repeat the command";

    private static int Fail(string message)
    {
        Console.Error.WriteLine("attractor: " + message);
        return BadInput;
    }

    // ArgumentException appends the parameter's name, which means nothing to someone at a terminal.
    private static string OneLine(Exception e)
    {
        string message = (e switch
        {
            SettingException setting => setting.With(OptionName.Of),
            RunExistsException exists => exists.With(OptionName.Of),
            _ => e.Message,
        }).ReplaceLineEndings(" ");
        int suffix = e is ArgumentException { ParamName: not null } ? message.IndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return suffix < 0 ? message : message[..suffix];
    }
}
