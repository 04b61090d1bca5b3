using System.CommandLine;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>The options that say what of a file of data is taken: the same of every verb.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "columns of the data, by name or by number from 1 [all but an index, times and words]",
        HelpName = "a,b"
    };
    private readonly Option<string?> _inputs = new("--inputs")
    {
        Description = "columns of the data that drive the system from outside [those of the run]",
        HelpName = "a,b"
    };
    private readonly Option<string?> _time = new("--time")
    {
        Description = "column of the data with times, which says the time step and gaps [one that is seen to be]",
        HelpName = "column"
    };
    private readonly Option<string?> _trial = new("--trial")
    {
        Description = "column of the data that says which trial a row belongs to; column=name, or of a file of trials a name or number, "
            + "takes one of them",
        HelpName = "trial"
    };
    private readonly Option<string?> _group = new("--group")
    {
        Description = "column of the data with groups, such as subjects: trials of the same number in two groups are two",
        HelpName = "column"
    };
    private readonly Option<string?> _array = new("--array")
    {
        Description = "array of an archive, such as x_test of .npz, or sheet of a workbook [the only one; several are trials]",
        HelpName = "name"
    };

    private readonly Option<double?> _resample = new("--resample")
    {
        Description = "time step of a regular grid on which the data are interpolated linearly [the rows as they are]",
        HelpName = "dt"
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="takesInputs">Whether what it asks about may be driven from outside.</param>
    public DataOptions(Command command, bool takesInputs = false)
    {
        foreach (Option option in (Option[])[_columns, _inputs, _time, _trial, _group, _array, _resample])
            if (takesInputs || option != _inputs)
                command.Add(option.In(SettingGroup.Data));
    }

    /// <summary>What a command line says; null if it says nothing.</summary>
    public DataSelection? Given(ParseResult parsed)
    {
        DataSelection selection = new()
        {
            Columns = parsed.GetValue(_columns) is { } text ? Names(text, "--columns") : null,
            Inputs = parsed.GetValue(_inputs) is { } inputs ? Names(inputs, "--inputs") : null,
            Time = parsed.GetValue(_time),
            Trial = parsed.GetValue(_trial),
            Group = parsed.GetValue(_group),
            Array = parsed.GetValue(_array),
            Resample = parsed.GetValue(_resample) is { } step
                ? step > 0 && double.IsFinite(step) ? step : throw new ArgumentException($"--resample must be positive, not {step}")
                : null,
        };
        return selection == new DataSelection() ? null : selection;
    }

    private static string[] Names(string text, string option)
        => text.Split(',', StringSplitOptions.TrimEntries) is var names && !names.Contains("")
            ? names
            : throw new ArgumentException($"{option} takes names or numbers of columns with commas between them, not '{text}'");
}
