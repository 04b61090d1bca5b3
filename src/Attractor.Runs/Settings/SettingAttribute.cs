using System.Runtime.CompilerServices;

namespace Attractor.Runs;

/// <summary>
/// Makes a property of a settings record a setting: an option of the command line, a key of <c>config.json</c>, a field of a form.
/// </summary>
/// <remarks>
/// What is said here is said once. The default is the value that the property has in a new record; a property that may be null takes what
/// <see cref="Default"/> says in words, which depends on the data.
/// </remarks>
/// <param name="help">What it is, in a few words.</param>
/// <param name="line">Where it stands in its file: settings are listed in that order.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string help, [CallerLineNumber] int line = 0) : Attribute
{
    /// <summary>What it is, in a few words.</summary>
    public string Help => help;

    /// <summary>Settings of a record are listed by it.</summary>
    public int Line => line;

    /// <summary>The key where it is not the property's name in snake_case.</summary>
    public string? Key { get; init; }

    /// <summary>A short name of the option, such as <c>-n</c>.</summary>
    public string? Alias { get; init; }

    /// <summary>What it is where it is not given, in words, if that depends on other things.</summary>
    public string? Default { get; init; }

    /// <summary>The word of files and command lines for null, such as "0"; null where they leave it out.</summary>
    public string? Null { get; init; }

    /// <summary>The word for what runs did that are older than the setting, whose files lack it; null where that is the default.</summary>
    public string? Before { get; init; }

    /// <summary>What a number counts or is measured in, such as "steps".</summary>
    public string? Unit { get; init; }

    /// <summary>The smallest value.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>What a value must be larger than.</summary>
    public double Above { get; init; } = double.NegativeInfinity;

    /// <summary>What a message asks for where the limits alone would say it worse, such as "not be negative".</summary>
    public string? Demand { get; init; }

    /// <summary>What a message says that its values are, where the type alone would say it worse.</summary>
    public string? Expected { get; init; }

    /// <summary>The words it takes, where they are fewer than its type has.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>Whether it stands before those of records that inherit it.</summary>
    public bool Leads { get; init; }

    /// <summary>Whether it is given by being named, without a value.</summary>
    public bool IsFlag { get; init; }

    /// <summary>Whether a search may try values of it.</summary>
    public bool IsSearched { get; init; }

    /// <summary>Whether its orders of magnitude are what matters: a search draws it evenly in the logarithm.</summary>
    public bool IsScale { get; init; }

    /// <summary>
    /// What it is about; <see cref="SettingGroup.General"/> leaves it to the <see cref="SettingsGroupAttribute"/> of its record.
    /// </summary>
    public SettingGroup Group { get; init; }

    /// <summary>Whether it says how long a training lasts, so that a finished one can be given more of it.</summary>
    public bool IsLength { get; init; }

    /// <summary>Whether it names a file that series are written to.</summary>
    public bool IsOutput { get; init; }
}
