namespace Attractor.Runs;

/// <summary>What the values of a setting are on a command line and in a file.</summary>
public enum SettingKind
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A word, or several between commas.</summary>
    Word,

    /// <summary>There or not.</summary>
    Flag,
}
