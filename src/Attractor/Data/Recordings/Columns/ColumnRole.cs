namespace Attractor.Data;

/// <summary>What a column of a file of data is to its reader.</summary>
public enum ColumnRole
{
    /// <summary>A variable.</summary>
    Variable,

    /// <summary>What drives the variables from outside.</summary>
    Input,

    /// <summary>The number of the row.</summary>
    Index,

    /// <summary>The times of the rows.</summary>
    Time,

    /// <summary>Numbers that rise by the same step from row to row, as times do.</summary>
    Ramp,

    /// <summary>Which trial a row belongs to.</summary>
    Trial,

    /// <summary>A number or name that stays the same over blocks of rows.</summary>
    Identifier,

    /// <summary>Words.</summary>
    Text,

    /// <summary>No value at all.</summary>
    Empty,

    /// <summary>Not asked for.</summary>
    Other,
}
