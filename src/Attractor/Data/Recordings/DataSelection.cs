namespace Attractor.Data;

/// <summary>What is wanted of a file of data; whatever is not said is judged by what the file holds.</summary>
public sealed record DataSelection
{
    /// <summary>The variables, in this order: names, or positions from 1; null for all columns that can be variables.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Columns that drive the system from outside, by name or by position from 1: they are no variables.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>The column of times, by name or position: dates, or numbers that rise; null for one that is seen to be.</summary>
    public string? Time { get; init; }

    /// <summary>
    /// Of a table the column that says which trial a row belongs to, by name or position, or one of its trials, <c>subject=3</c>; of a file
    /// that holds several trials one of them, by its name or its number from 1. Null for all there is.
    /// </summary>
    public string? Trial { get; init; }

    /// <summary>
    /// A column of a table that trials belong to, such as a subject, by name or position: those of the same number in two groups are two.
    /// Without <see cref="Trial"/> each group is one.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>The column in <see cref="Trial"/>, without the one trial that may be named after it.</summary>
    public string? TrialColumn => Trial?.Split('=')[0];

    /// <summary>The array of an archive, by name; null for its only one, or for all where each is a trial.</summary>
    public string? Array { get; init; }

    /// <summary>Time between two rows; null for what the file says.</summary>
    public double? Dt { get; init; }

    /// <summary>
    /// The step of a regular grid on which values are interpolated linearly between the times of the rows, in what
    /// <see cref="DataReading.Dt"/> is measured in; null for the rows as they are. Gaps are not bridged.
    /// </summary>
    public double? Resample { get; init; }

    /// <summary>
    /// The variables that somebody knows already, such as a trained model: where <see cref="Columns"/> are null, a file that names its
    /// columns is read in their order, one that does not must have as many.
    /// </summary>
    public IReadOnlyList<string>? Variables { get; init; }

    /// <summary>Whether a file may do without the columns <see cref="Time"/> and <see cref="Trial"/>.</summary>
    public bool MayLack { get; init; }
}
