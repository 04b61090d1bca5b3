using Attractor.Data;

namespace Attractor.Runs;

/// <summary>The settings of a model that learns from recordings or tables: what of a file of data it takes.</summary>
[SettingsGroup(SettingGroup.Data)]
public abstract record SeriesSettings : ModelSettings
{
    /// <summary>The variables, by name or by number from 1; null for all that can be variables.</summary>
    [Setting("columns of the data to learn, by name or by number from 1",
        Default = "all but an index, times and words", Leads = true)]
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The column of times; null for one that is seen to be.</summary>
    [Setting("column of the data with times, which says the time step and where there are gaps",
        Default = "one that is seen to be", Leads = true)]
    public string? Time { get; init; }

    /// <summary>The column that says which trial a row belongs to, or the one trial that is learnt.</summary>
    [Setting("column of the data that says which trial a row belongs to; column=name, or of a file of trials a name or number, takes one",
        Default = "all", Leads = true)]
    public string? Trial { get; init; }

    /// <summary>The column of groups that trials belong to.</summary>
    [Setting("column of the data with groups, such as subjects: trials of the same number in two groups are two", Default = "none",
        Leads = true)]
    public string? Group { get; init; }

    /// <summary>The array of an archive.</summary>
    [Setting("array of an archive, such as x_train of .npz", Default = "the only one; several are trials", Leads = true)]
    public string? Array { get; init; }

    /// <summary>The step of a regular grid on which the data are interpolated linearly; null for the rows as they are.</summary>
    [Setting("time step of a regular grid on which the data are interpolated linearly; gaps are not bridged",
        Default = "the rows as they are", Leads = true, Above = 0)]
    public double? Resample { get; init; }

    /// <summary>The columns that drive the system from outside; null for none.</summary>
    internal virtual IReadOnlyList<string>? InputColumns => null;

    /// <summary>What of a file of data is taken.</summary>
    internal DataSelection Selection => new()
    {
        Columns = Columns,
        Inputs = InputColumns,
        Time = Time,
        Trial = Trial,
        Group = Group,
        Array = Array,
        Resample = Resample,
        Dt = TimeStep,
    };

    /// <summary>The same with the time step that the data say.</summary>
    internal virtual SeriesSettings WithTimeStep(double dt) => this;
}
