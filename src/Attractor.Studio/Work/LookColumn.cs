using System.Globalization;

namespace Attractor.Studio.Work;

/// <summary>A column of a file of data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Its place, from 1.</param>
/// <param name="Role">What it is taken for.</param>
/// <param name="IsConstant">Whether all of its values are the same.</param>
internal sealed record LookColumn(string Name, int Position, string Role, bool IsConstant)
{
    /// <summary>Cells without a value.</summary>
    public long Missing { get; init; }

    /// <summary>The mean, if it is a variable.</summary>
    public double? Mean { get; init; }

    /// <summary>The standard deviation.</summary>
    public double? Deviation { get; init; }

    /// <summary>The least value.</summary>
    public double? Least { get; init; }

    /// <summary>The largest value.</summary>
    public double? Most { get; init; }

    /// <summary>The dominant period.</summary>
    public double? Period { get; init; }

    /// <summary>What names it on a command line: its name where that is a plain word, else its place.</summary>
    public string Word => Name.Length > 0 && !char.IsAsciiDigit(Name[0]) && Name.All(c => char.IsLetterOrDigit(c) || c == '_')
        ? Name
        : Position.ToString(CultureInfo.InvariantCulture);
}
