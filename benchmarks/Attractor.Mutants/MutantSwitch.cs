using System.Reflection;

namespace Attractor.Mutants;

/// <summary>Which of the changes in a library is made, and which places were come to.</summary>
/// <param name="library">A library that tests/mutate has built.</param>
internal sealed class MutantSwitch(Assembly library)
{
    public const int None = -1;

    private readonly FieldInfo _made = Field(library, "Made"), _seen = Field(library, "Seen");

    /// <summary>The number of the change that is made.</summary>
    public int Made
    {
        set => _made.SetValue(null, value);
    }

    /// <summary>Where it is noted that a place was come to; null for nowhere.</summary>
    public byte[]? Seen
    {
        set => _seen.SetValue(null, value);
    }

    private static FieldInfo Field(Assembly library, string name)
        => library.GetType("Attractor.Change", throwOnError: true)!.GetField(name) ?? throw new MissingFieldException(name);
}
