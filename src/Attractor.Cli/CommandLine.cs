using System.CommandLine;
using System.CommandLine.Invocation;
using Attractor.Cli.Commands;
using Attractor.Cli.Output;

namespace Attractor.Cli;

/// <summary>The <c>attractor</c> command: its verbs, and what becomes of errors.</summary>
internal static class CommandLine
{
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
            PlotCommand.Create(),
            TrainCommand.Create(IsAsked("train")),
            ImportCommand.Create(),
            ExportCommand.Create(),
            SearchCommand.Create(IsAsked("search")),
            StudyCommand.Create(),
            CompareCommand.Create(),
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
            CompletionCommand.Create(),
        };
        foreach (Command command in AskCommand.All(IsAsked))
            root.Add(command);
        foreach (Option option in CommonOptions.OfAll)
            root.Options.Add(option);
        NumberOptions.Install(root);
        HelpExamples.Install(root);
        return root;

        // What a response file holds is not known before it is parsed.
        bool IsAsked(string verb) => arguments is null || Completion.IsAsked(arguments)
            || arguments.Any(a => a == verb || a.StartsWith('@'));
    }

    public static async Task<int> RunAsync(string[] args)
    {
        JsonOutput.Begin(isAsked: args.Contains(JsonOutput.Option));
        int code = await AnswerAsync(args).ConfigureAwait(false);
        JsonOutput.End(code);
        return code == 0 && StandardStreams.IsCutOff ? Failures.TellCutOff() : code;
    }

    private static async Task<int> AnswerAsync(string[] args)
    {
        try
        {
            Packages.Load();
            ResponseFile files = new();
            ParseResult parsed = Create(args).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = files.TryRead });
            if (files.Fault is { } fault)
                return Failures.TellUsage(fault);
            if (!Completion.IsAsked(args) && (parsed.Action is ParseErrorAction || UsageError.Unknown(parsed) is not null))
                return Failures.TellUsage(UsageError.Describe(parsed, args));
            CommonOptions.RequireWords(parsed);
            OutputOption.Check(parsed);
            CommonOptions.RequireSeed(parsed);
            // Signals are heard elsewhere: the library's handler keeps all others waiting for as long as an action takes to end.
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            int code = await parsed.InvokeAsync(configuration, Interruption.Token).ConfigureAwait(false);
            DataLine.Flush();
            return code;
        }
        catch (Exception e)
        {
            return Failures.Tell(
                IsFolderGone() ? new IOException("the current folder is gone, or cannot be read: change to one that is there", e) : e,
                args);
        }
        finally
        {
            DataLine.Drop();
        }
    }

    // What the platform says of it names no file.
    private static bool IsFolderGone()
    {
        try
        {
            return Directory.GetCurrentDirectory().Length == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
