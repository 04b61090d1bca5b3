namespace Attractor.Runs;

/// <summary>What an exception comes to for whoever asked: an exit code, a stable word and a line.</summary>
/// <param name="ExitCode">1 where the work failed, 2 where the request did, 130 where it was cancelled.</param>
/// <param name="Code">One of <see cref="ErrorCode"/>.</param>
/// <param name="Message">One line that says what is wrong and how to mend it.</param>
internal readonly record struct Failure(int ExitCode, string Code, string Message)
{
    private const int Failed = 1, BadInput = 2, Cancelled = 130;

    // A message that quotes a word or a file may be as long as that; what is wrong stands at one of its ends.
    private const int Longest = 1500, Beginning = 1000, End = 400;

    /// <summary>What an exception comes to.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="name">From the name of a property to that of, say, an option.</param>
    public static Failure Of(Exception e, Func<string, string> name) => e switch
    {
        // What went wrong in one of several that went side by side is what whoever asked needs to hear.
        AggregateException several => Of(several.Flatten().InnerExceptions[0], name),
        OperationCanceledException => new(Cancelled, ErrorCode.Cancelled, "cancelled"),
        OutOfMemoryException or OverflowException => new(
            BadInput,
            ErrorCode.Memory,
            "this machine has not enough memory for that: ask for fewer steps, a smaller network or a smaller batch"),
        IOException when DiskSpace.IsFull(e) => new(Failed, ErrorCode.DiskFull, OneLine(e, name).TrimEnd('.')),
        RunExistsException => new(BadInput, ErrorCode.Exists, OneLine(e, name)),
        FileNotFoundException or DirectoryNotFoundException => new(BadInput, ErrorCode.NotFound, OneLine(e, name)),
        InvalidDataException => new(BadInput, ErrorCode.Data, OneLine(e, name)),
        IOException or UnauthorizedAccessException => new(BadInput, ErrorCode.File, OneLine(e, name)),
        ArgumentException => new(BadInput, ErrorCode.Usage, OneLine(e, name)),
        ArithmeticException => new(Failed, ErrorCode.Failed, OneLine(e, name)),
        // Few are helped by a stack trace; the type and the message identify the fault.
        _ => new(Failed, ErrorCode.Fault, $"a fault of the program: {e.GetType().Name}: {OneLine(e, name)}"),
    };

    /// <summary>A message without its middle, where it is longer than anybody reads.</summary>
    public static string Short(string message)
        => message.Length <= Longest ? message : $"{message[..Beginning]} ... {message[^End..]}";

    // ArgumentException appends the parameter's name, which means nothing to someone at a terminal.
    private static string OneLine(Exception e, Func<string, string> name)
    {
        string message = (e switch
        {
            SettingException setting => setting.With(name),
            RunExistsException exists => exists.With(name),
            _ => e.Message,
        }).ReplaceLineEndings(" ");
        int suffix = e is ArgumentException { ParamName: not null } ? message.IndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return Short(suffix < 0 ? message : message[..suffix]);
    }
}
