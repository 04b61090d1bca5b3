using System.CommandLine;
using Attractor.Data;

namespace Attractor.Cli.Output;

/// <summary>The options that say what of a file of data is taken: the same of every verb.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "columns of the data, by name or by number from 1 [all but an index, times and words]",
        HelpName = "a,b"
    };
    private readonly Option<string?> _time = new("--time")
    {
        Description = "column of the data with times, which says the time step and gaps [one that is seen to be]",
        HelpName = "column"
    };
    private readonly Option<string?> _trial = new("--trial")
    {
        Description = "column of the data that says which trial a row belongs to",
        HelpName = "column"
    };
    private readonly Option<string?> _array = new("--array")
    {
        Description = "array of an archive, such as x_test of .npz [the only one; several are trials]",
        HelpName = "name"
    };

    /// <summary>Adds the options to a command.</summary>
    public DataOptions(Command command)
    {
        foreach (Option<string?> option in (Option<string?>[])[_columns, _time, _trial, _array])
            command.Add(option);
    }

    /// <summary>What a command line says; null if it says nothing.</summary>
    public DataSelection? Given(ParseResult parsed)
    {
        DataSelection selection = new()
        {
            Columns = parsed.GetValue(_columns) is { } text ? Names(text) : null,
            Time = parsed.GetValue(_time),
            Trial = parsed.GetValue(_trial),
            Array = parsed.GetValue(_array),
        };
        return selection is { Columns: null, Time: null, Trial: null, Array: null } ? null : selection;
    }

    private static string[] Names(string text)
        => text.Split(',', StringSplitOptions.TrimEntries) is var names && !names.Contains("")
            ? names
            : throw new ArgumentException($"--columns takes names or numbers of columns with commas between them, not '{text}'");
}
